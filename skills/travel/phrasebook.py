"""Phrases in other languages: found by what they are called, said by a voice of that language."""

from __future__ import annotations

from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from voice_assistant.texts import read_yaml

from .places import DATA

NEAR = 80


@cache
def _phrases() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml((DATA / "phrases.yaml").read_text(encoding="utf-8"))
    return data


def find(said: str, language: str) -> str | None:
    """The key of the phrase that is meant, or None."""
    called = {name: key for key, entry in _phrases().items() for name in entry[language]}
    match = process.extractOne(
        said.lower().strip(), list(called), scorer=fuzz.ratio, score_cutoff=NEAR
    )
    return called[match[0]] if match else None


def said_in(key: str, tongue: str) -> tuple[str, str] | None:
    """The phrase in a language (ISO 639) and its romanisation, empty for Latin script."""
    text = _phrases()[key]["said"].get(tongue)
    if text is None:
        return None
    original, _, roman = text.partition(" | ")
    return original, roman
