"""Stories by their names: ours, by their titles and by what else people call them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from voice_assistant.normal import normalise

from . import tales
from .tales import Tale

ALIKE = 80
"""How much (of 100) a name that was heard must be like one of ours."""


@cache
def ours(language: str) -> Mapping[str, Tale]:
    """Every name of every tale -> the tale."""
    return {name: tale for tale in tales.library(language) for name in tale.names}


def closest(name: str, language: str) -> Tale | None:
    """The tale of this name, or of one very like it."""
    found = process.extractOne(name, list(ours(language)), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return ours(language)[found[0]] if found else None


def named(text: str, language: str) -> tuple[Tale | None, str]:
    """The tale that everybody knows whose name is in a text; the text without that name."""
    pattern, names = _names(language)
    found = max(pattern.finditer(text), key=lambda match: len(match[0]), default=None)
    if found is None:
        return None, text
    return names[found[0]], text[: found.start()] + text[found.end() :]


@cache
def _names(language: str) -> tuple[re.Pattern[str], Mapping[str, Tale]]:
    names = {normalise(name, language): tale for name, tale in ours(language).items() if tale.known}
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})\b"), names


def offered(language: str, heard: Sequence[str], dice: random.Random) -> Tale:
    """A tale that everybody knows, one that was not told lately where there is one."""
    known = [tale for tale in tales.library(language) if tale.known]
    return dice.choice([tale for tale in known if tale.name not in heard] or known)
