"""A recipe while a language model writes it: given up as soon as it cannot come right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .amounts import data
from .lines import ingredient

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
LONGEST = 340
"""Characters of a step; one that is longer rambles."""


def told(language: str) -> Mapping[str, Any]:
    """`data/invent.yaml`: what the model is told, and how what it writes is mended."""
    found: Mapping[str, Any] = data("invent")[language]
    return found


def hopeless(text: str, language: str) -> str:
    """What is wrong for good with a recipe as far as it is written; empty if it may come right."""
    started, _, steps = text.partition('"steps"')
    _, _, listed = started.partition('"ingredients"')
    lines = _STRING.findall(listed)
    written = _STRING.findall(steps)
    if any(len(line) >= LONGEST for line in written) or len(text) - text.rfind('"') > LONGEST:
        return "a step is too long"
    unknown = [line for line in lines if ingredient(line, language).food is None]
    if unknown:
        return f"{unknown[0]} is no known food with an amount"
    return ""
