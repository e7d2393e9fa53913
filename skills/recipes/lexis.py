"""The words of a language for diets, courses, dishes and the like: `data/words.yaml`, to be found."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .amounts import data
from .foods import foods


def words(language: str) -> dict[str, Any]:
    """The words of a language, by group."""
    found: dict[str, Any] = data("words")[language]
    return found


def say(key: str, language: str) -> str:
    """A diet, allergen, course or food, as one says it."""
    known = words(language)["say"].get(key)
    food = foods().by_id.get(key)
    return str(known) if known else food.name(language) if food else key


def _pattern(phrases: list[str], language: str) -> re.Pattern[str]:
    ordered = sorted(map(re.escape, phrases), key=len, reverse=True)
    text = "|".join(ordered) or r"(?!)"
    return re.compile(text if language == "zh" else rf"\b(?:{text})\b")


@cache
def named(group: str, language: str) -> dict[str, re.Pattern[str]]:
    """For each key of a group, what it is called."""
    return {key: _pattern(list(v), language) for key, v in words(language)[group].items()}


@cache
def listed(group: str, language: str) -> re.Pattern[str]:
    """The words of a group, to be looked for in a text."""
    return _pattern(list(words(language)[group]), language)


def take(group: str, text: str, language: str) -> tuple[frozenset[str], str]:
    """The keys of a group that a text names, and the text without them."""
    found, rest = set(), text
    for key, pattern in named(group, language).items():
        if pattern.search(text):
            found.add(key)
            rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    return frozenset(found), rest


def denies(before: str, language: str) -> bool:
    """Whether what stands before a word takes it back: "they don't like", "not too", "别太"."""
    before = re.sub(
        r"(?:\s|\b(?:too|very|so|that|really|anything|much|food)\b|太|很|那么|特别)+$", "", before
    )
    match = re.search(rf"(?:{listed('without', language).pattern})$", before)
    return match is not None
