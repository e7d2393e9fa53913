"""The plural of an English noun and the past of a verb: exceptions from a table, the rest by rule."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
"""Words of one syllable whose last letter is doubled: stop, stopped."""


@cache
def _table(name: str) -> dict[str, list[str]]:
    rows = (line.split() for line in (_DATA / f"{name}.txt").read_text("utf-8").splitlines())
    return {first: others for first, *others in rows}


def plural(word: str) -> str:
    """Of a noun in the singular."""
    if word in _table("plurals"):
        return _table("plurals")[word][0]
    if re.search("(?:s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search("[^aeiou]y$", word) else f"{word}s"


def past(word: str) -> list[str]:
    """The past tense of a verb and its past participle."""
    if word in _table("pasts"):
        return _table("pasts")[word]
    if word.endswith("e"):
        said = f"{word}d"
    elif re.search("[^aeiou]y$", word):
        said = f"{word[:-1]}ied"
    else:
        said = f"{word}{word[-1] if _DOUBLED.match(word) else ''}ed"
    return [said, said]
