"""Romanised Japanese (Hepburn) as kana: every voice reads these, few read the characters."""

from __future__ import annotations

import re
from functools import cache

from .countries import load

_LONG = {"ā": "aー", "ī": "iー", "ū": "uー", "ē": "eー", "ō": "oー"}
"""Long vowels are read with the mark of length."""


@cache
def _syllables() -> dict[str, str]:
    read: dict[str, str] = load("kana")
    return read


def read(roman: str) -> str:
    """The kana of a romanised text; what is no syllable stays as it is."""
    text = roman.lower().replace("-", "")
    for letter, long in _LONG.items():
        text = text.replace(letter, long)
    text = re.sub(r"([kstpgzjdbcfh])(?=\1)|t(?=ch)", "っ", text)
    syllables = _syllables()
    longest = max(map(len, syllables))
    made, at = "", 0
    while at < len(text):
        size = next(
            (size for size in range(longest, 0, -1) if text[at : at + size] in syllables), 0
        )
        made += syllables[text[at : at + size]] if size else text[at]
        at += size or 1
    return made
