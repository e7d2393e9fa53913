"""A recipe while a language model writes it: given up as soon as it cannot come right."""

from __future__ import annotations

import re

from .reading import ingredient

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
LONGEST = 280
"""Characters of a step, after which the grammar ends it (see recipe.gbnf): it is cut off."""


def hopeless(text: str, language: str) -> str:
    """What is wrong for good with a recipe as far as it is written; empty if it may come right."""
    started, _, steps = text.partition('"steps"')
    _, _, listed = started.partition('"ingredients"')
    lines = _STRING.findall(listed)
    told = _STRING.findall(steps)
    for found in (lines, told):
        if len(set(found)) < len(found):
            return "a line is there twice"
    if any(len(line) >= LONGEST for line in told) or len(text) - text.rfind('"') > LONGEST:
        return "a step is too long"
    unknown = [line for line in lines if ingredient(line, language).food is None]
    if unknown:
        return f"{unknown[0]} is no known food with an amount"
    return ""
