"""What is told, and asks for nothing."""

from __future__ import annotations

import re
from functools import cache

from voice_assistant.texts import load


def is_told(text: str, language: str) -> bool:
    """Whether a normalised text tells of something that was, to somebody else: the statistical
    match only sees what it is about."""
    tells, asks = _patterns(language)
    return bool(tells.search(text)) and not asks.search(text)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells, and what asks."""
    said = load("telling")[language]
    return re.compile("|".join(said["tells"])), re.compile(said["asks"])
