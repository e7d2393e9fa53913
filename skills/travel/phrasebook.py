"""Phrases in other languages: found by what they are called, each with script and romanisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from . import kana
from .countries import load

NEAR = 80
"""Percent of likeness at which a phrase is still meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase in one language."""

    key: str
    tongue: str
    """ISO 639."""
    said: str
    """In its own script."""
    roman: str
    """In Latin letters; empty where the script is Latin."""
    called: Mapping[str, list[str]]
    """What it is called in the user's language."""

    @property
    def voiced(self) -> str:
        """What a voice reads: of Japanese the kana, for not every voice knows the characters."""
        return kana.read(self.roman) if self.tongue == "ja" else self.said


@cache
def _book() -> Mapping[str, Mapping[str, dict[str, str]]]:
    book: Mapping[str, Mapping[str, dict[str, str]]] = load("phrases")
    return book


@cache
def tongues() -> frozenset[str]:
    """The languages that the phrasebook is written in."""
    return frozenset(tongue for entry in _book().values() for tongue in entry["said"])


def phrase(key: str, tongue: str) -> Phrase | None:
    """A phrase in a language, where it is known."""
    entry = _book()[key]
    if tongue not in entry["said"]:
        return None
    said, _, roman = str(entry["said"][tongue]).partition(" | ")
    called = {language: list(entry[language]) for language in ("en", "zh")}
    return Phrase(key=key, tongue=tongue, said=said, roman=roman, called=called)


def find(said: str, language: str) -> str | None:
    """The key of the phrase that is meant, or None."""
    called = {name.lower(): key for key, entry in _book().items() for name in entry[language]}
    said = said.lower().strip()
    if said in called:
        return called[said]
    match = process.extractOne(said, list(called), scorer=fuzz.ratio, score_cutoff=NEAR)
    return called[match[0]] if match else None


def useful(tongue: str, count: int) -> list[Phrase]:
    """The first phrases of the book in a language."""
    found = (phrase(key, tongue) for key in _book())
    return [each for each in found if each][:count]


def tongue_of(languages: Iterable[str]) -> str | None:
    """The first of a country's languages that the phrasebook has."""
    return next((each for each in languages if each in tongues()), None)
