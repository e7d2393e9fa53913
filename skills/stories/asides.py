"""What is said about a story besides what it is about: for whom, how long, how it is to end."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from voice_assistant.texts import read_yaml

FILE = Path(__file__).parent / "data" / "asides.yaml"

_AND = re.compile(r"(?:^|\s)(?:and|with|for|of|about|,)\s*$")
"""A word that joins what has been taken off."""


def without(text: str, language: str) -> str:
    """The text without asides; what is said of somebody in a sentence of its own is joined."""
    for pattern, instead in _patterns(language):
        text = " ".join(pattern.sub(instead, " ".join(text.split())).split())
    return _AND.sub("", text)


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    found = read_yaml(FILE.read_text("utf-8"))[language]
    return [(re.compile(pattern), instead) for pattern, instead in found]
