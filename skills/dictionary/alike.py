"""Chinese words that mean the same or the contrary: a small table of our own, of words that children learn."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def synonyms(word: str) -> list[str]:
    """Words with nearly the same meaning."""
    return [each for group in _rows("synonyms") if word in group for each in group if each != word]


def opposites(word: str) -> list[str]:
    """Words with the contrary meaning."""
    found = []
    for one, other in (sides for sides in _rows("opposites") if word in sides):
        found.append(other if word == one else one)
    return found


@cache
def _rows(name: str) -> list[list[str]]:
    """The words of each line."""
    lines = (DATA / f"{name}_zh.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if line]
