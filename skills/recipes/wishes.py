"""What somebody wants to eat, read from how they say it.

"something vegetarian with eggs and tomatoes under half an hour, no cheese" -> Wish. The router says
that a recipe is wanted; everything else is read here from the whole sentence, in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from voice_assistant import values
from voice_assistant.texts import read_yaml

from .amounts import DATA
from .foods import Food, foods

QUICK = 30
"""Minutes that "quick" means."""

ANY_DAY = datetime(2000, 1, 1).astimezone()
"""Stands in for now: a length of time does not depend on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a dish should be like. Empty fields do not matter."""

    foods: tuple[Food, ...] = ()
    """What should be in it, or is in the house."""
    without: tuple[Food, ...] = ()
    kinds: frozenset[str] = frozenset()
    no_kinds: frozenset[str] = frozenset()
    diets: frozenset[str] = frozenset()
    courses: frozenset[str] = frozenset()
    season: str = ""
    """A season, or `now`."""
    cuisine: frozenset[str] = frozenset()
    characters: frozenset[str] = frozenset()
    """What the dish should be like: see character.py."""
    minutes: int | None = None
    healthy: bool = False
    easy: bool = False

    def __bool__(self) -> bool:
        return self != Wish()

    def and_also(self, other: Wish) -> Wish:
        """This wish, with another on top: what contradicts, the later one decides."""
        kept = tuple(food for food in self.foods if food not in other.without)
        return Wish(
            foods=kept + tuple(food for food in other.foods if food not in kept),
            without=tuple(f for f in self.without if f not in other.foods) + other.without,
            kinds=(self.kinds - other.no_kinds) | other.kinds,
            no_kinds=(self.no_kinds - other.kinds) | other.no_kinds,
            diets=self.diets | other.diets,
            courses=other.courses or self.courses,
            season=other.season or self.season,
            cuisine=other.cuisine or self.cuisine,
            characters=(self.characters - _opposed(other.characters)) | other.characters,
            minutes=other.minutes or self.minutes,
            healthy=self.healthy or other.healthy,
            easy=self.easy or other.easy,
        )


_OPPOSITE = {"spicy": "mild", "light": "hearty", "warming": "refreshing"}


def _opposed(characters: frozenset[str]) -> frozenset[str]:
    """The characters that cannot go with these."""
    pairs = {**_OPPOSITE, **{other: one for one, other in _OPPOSITE.items()}}
    return frozenset(pairs[each] for each in characters if each in pairs)


@cache
def words(language: str) -> dict[str, Any]:
    """The words of a language for diets, courses and so on."""
    book: dict[str, Any] = read_yaml((DATA / "words.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = book[language]
    return found


def say(key: str, language: str) -> str:
    """A diet, allergen, course or food, as one says it."""
    known = words(language)["say"].get(key)
    food = foods().by_id.get(key)
    return str(known) if known else food.name(language) if food else key


def _pattern(phrases: list[str], language: str) -> re.Pattern[str]:
    ordered = sorted(map(re.escape, phrases), key=len, reverse=True)
    text = "|".join(ordered)
    return re.compile(text if language == "zh" else rf"\b(?:{text})\b")


@cache
def _named(group: str, language: str) -> dict[str, re.Pattern[str]]:
    return {key: _pattern(list(v), language) for key, v in words(language)[group].items()}


@cache
def listed(group: str, language: str) -> re.Pattern[str]:
    """The words of a group, to be looked for in a text."""
    return _pattern(list(words(language)[group]), language)


def _take(group: str, text: str, language: str) -> tuple[frozenset[str], str]:
    """The keys of a group that a text names, and the text without them."""
    found, rest = set(), text
    for key, pattern in _named(group, language).items():
        if pattern.search(text):
            found.add(key)
            rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    return frozenset(found), rest


def read(text: str, language: str) -> Wish:
    """The wish in an utterance."""
    text = text.lower().replace("-", " ")
    minutes = _minutes(text, language)
    diets, rest = _take("diets", text, language)
    wish = _foods(rest, language)
    for start, end, _ in foods().inside(rest, language):  # "soy sauce" is no wish for a sauce
        rest = rest[:start] + " " * (end - start) + rest[end:]
    courses, _ = _take("courses", rest, language)
    seasons, _ = _take("seasons", rest, language)
    cuisine, _ = _take("cuisines", rest, language)
    characters = _characters(rest, language)
    quick = bool(listed("quick", language).search(rest))
    return replace(
        wish,
        diets=diets,
        courses=courses,
        season=next(iter(sorted(seasons)), ""),
        cuisine=cuisine,
        characters=characters,
        minutes=minutes or (QUICK if quick else None),
        healthy=bool(listed("healthy", language).search(rest)),
        easy=bool(listed("easy", language).search(rest)),
    )


def _characters(text: str, language: str) -> frozenset[str]:
    """What the dish should be like; of two that overlap ("not spicy", "spicy") the longer holds."""
    spans = [
        (match.start(), match.end(), key)
        for key, pattern in _named("characters", language).items()
        for match in pattern.finditer(text)
    ]
    return frozenset(
        key
        for start, end, key in spans
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
    )


def _minutes(text: str, language: str) -> int | None:
    found = values.find("duration", text, language, ANY_DAY)
    lengths = [each.value for each in found if isinstance(each.value, timedelta)]
    return round(lengths[0].total_seconds() / 60) if lengths else None


def _foods(text: str, language: str) -> Wish:
    """What should be in it and what should not: "chicken but no mushrooms or cream"."""
    text = listed("ignore", language).sub(lambda m: " " * len(m[0]), text)
    hits = foods().inside(text, language)
    hits = [hit for hit in hits if hit[2].id not in {"water", "ice"}]
    kinds = _kind_hits(text, language, hits)
    places = sorted([(s, e, f, "") for s, e, f in hits] + [(s, e, None, k) for s, e, k in kinds])
    wanted: list[tuple[Food | None, str]] = []
    unwanted: list[tuple[Food | None, str]] = []
    end, denied = 0, False
    for start, stop, food, kind in places:
        between = text[end:start]
        denied = bool(listed("without", language).search(between)) or (
            denied and _only_joins(between, language)
        )
        (unwanted if denied else wanted).append((food, kind))
        end = stop
    return Wish(
        foods=tuple(dict.fromkeys(f for f, _ in wanted if f)),
        without=tuple(dict.fromkeys(f for f, _ in unwanted if f)),
        kinds=frozenset(k for _, k in wanted if k),
        no_kinds=frozenset(k for _, k in unwanted if k),
    )


def _kind_hits(
    text: str, language: str, hits: list[tuple[int, int, Food]]
) -> list[tuple[int, int, str]]:
    found = []
    for kind, pattern in _named("kinds", language).items():
        for match in pattern.finditer(text):
            inside = any(s < match.end() and match.start() < e for s, e, _ in hits)
            if not inside:
                found.append((match.start(), match.end(), kind))
    return found


def _only_joins(text: str, language: str) -> bool:
    left = listed("joins", language).sub("", text)
    return not re.sub(r"[\s,，、。.]", "", left)


def taboo(text: str, language: str, *, allergy: bool) -> frozenset[str]:
    """The entries of a profile that a text names: allergens, kinds or ids of foods.

    Of an allergy the whole allergen is meant ("walnuts" -> tree nuts): too much is left out rather
    than too little.
    """
    text = text.lower().replace("-", " ")
    named = {key for key, pattern in _named("allergens", language).items() if pattern.search(text)}
    hits = foods().inside(text, language)
    ids = {food.id for _, _, food in hits}
    if allergy:
        inside = set().union(*(food.allergens for _, _, food in hits if food.kind != "sauce"))
        return frozenset(named | inside | {f.id for _, _, f in hits if not f.allergens & named})
    kinds = {kind for _, _, kind in _kind_hits(text, language, hits)}
    return frozenset(kinds | ids)
