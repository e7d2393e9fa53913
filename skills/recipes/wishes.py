"""What somebody wants to eat, read from how they say it.

"something vegetarian with eggs and tomatoes under half an hour, no cheese" -> Wish. The router says
that a recipe is wanted; everything else is read here from the whole sentence, in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from voice_assistant import values

from .foods import Food, foods
from .lexis import denies, listed, named, take, words

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
    types: frozenset[str] = frozenset()
    """Kinds of dish, one of which it should be: a bread, a curry."""
    people: int | None = None
    """For how many; it changes nothing in what is found."""
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
            types=other.types or self.types,
            people=other.people or self.people,
            minutes=other.minutes or self.minutes,
            healthy=self.healthy or other.healthy,
            easy=self.easy or other.easy,
        )


_OPPOSITE = {"spicy": "mild", "light": "hearty", "warming": "refreshing"}


def _opposed(characters: frozenset[str]) -> frozenset[str]:
    """The characters that cannot go with these."""
    pairs = {**_OPPOSITE, **{other: one for one, other in _OPPOSITE.items()}}
    return frozenset(pairs[each] for each in characters if each in pairs)


def read(text: str, language: str) -> Wish:
    """The wish in an utterance."""
    text = text.lower().replace("-", " ")
    text = listed("asides", language).sub(lambda m: " " * len(m[0]), text)
    minutes, people = _minutes(text, language), _people(text, language)
    for food, adjective in named("flavours", language).items():
        text = adjective.sub(food, text)
    diets, rest = take("diets", text, language)
    types, rest = _types(rest, language)
    wish = _foods(rest, language)
    for start, end, _ in foods().inside(rest, language):  # "soy sauce" is no wish for a sauce
        rest = rest[:start] + " " * (end - start) + rest[end:]
    courses, _ = take("courses", rest, language)
    seasons, _ = take("seasons", rest, language)
    cuisine, _ = take("cuisines", rest, language)
    return replace(
        wish,
        diets=diets,
        types=types,
        people=people,
        courses=courses,
        season=next(iter(sorted(seasons)), ""),
        cuisine=cuisine,
        characters=_characters(rest, language),
        minutes=minutes or (QUICK if listed("quick", language).search(rest) else None),
        healthy=bool(listed("healthy", language).search(text)),
        easy=bool(listed("easy", language).search(rest)),
    )


def _types(text: str, language: str) -> tuple[frozenset[str], str]:
    """The kinds of dish that are wanted, and the text without them. "Stale bread" is a food."""
    found, rest = set(), text
    for key, pattern in named("types", language).items():
        for match in pattern.finditer(text):
            before = text[: match.start()].rstrip()
            thing = re.search(rf"(?:{listed('thing', language).pattern})$", before)
            if thing and foods().exactly(match[0], language):
                continue
            if not denies(before, language):
                found.add(key)
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return frozenset(found), rest


def _characters(text: str, language: str) -> frozenset[str]:
    """What the dish should be like; of two that overlap ("not spicy", "spicy") the first holds,
    and "they don't like spicy" means its opposite."""
    spans = sorted(
        (match.start(), -match.end(), key)
        for key, pattern in named("characters", language).items()
        for match in pattern.finditer(text)
    )
    wanted, refused = set[str](), set[str]()
    last = (0, 0)
    for start, minus, key in spans:
        if start < last[1] and (start, -minus) != last:
            continue
        last = (start, -minus)
        (refused if denies(text[:start], language) else wanted).add(key)
    wanted -= refused
    if {"spicy", "mild"} <= wanted:  # of a child that likes it hot
        wanted.remove("mild")
    return frozenset(wanted | _opposed(frozenset(refused)))


def _people(text: str, language: str) -> int | None:
    """How many will eat."""
    told = re.search(words(language)["eaters"], text)
    found = values.find("number", told[1], language, ANY_DAY) if told else []
    number = found[0].value if found else None
    return int(number) if isinstance(number, int | float) and number >= 1 else None


def _minutes(text: str, language: str) -> int | None:
    found = values.find("duration", text, language, ANY_DAY)
    lengths = [each.value for each in found if isinstance(each.value, timedelta)]
    return round(lengths[0].total_seconds() / 60) if lengths else None


def _foods(text: str, language: str) -> Wish:
    """What should be in it and what should not: "chicken but no mushrooms or cream"."""
    text = listed("ignore", language).sub(lambda m: " " * len(m[0]), text)
    hits = [hit for hit in food_hits(text, language) if hit[2].id not in {"water", "ice"}]
    kinds = kind_hits(text, language, hits)
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


def food_hits(text: str, language: str) -> list[tuple[int, int, Food]]:
    """Where a text names foods: start, end, food. "Fish" is no fish in particular."""
    kinds = named("kinds", language).values()
    return [
        (start, end, food)
        for start, end, food in foods().inside(text, language)
        if not any(kind.fullmatch(text, start, end) for kind in kinds)
    ]


def kind_hits(
    text: str, language: str, hits: list[tuple[int, int, Food]]
) -> list[tuple[int, int, str]]:
    """Where a text names kinds of food, outside the names of foods: start, end, kind."""
    found = []
    for kind, pattern in named("kinds", language).items():
        for match in pattern.finditer(text):
            inside = any(s < match.end() and match.start() < e for s, e, _ in hits)
            if not inside:
                found.append((match.start(), match.end(), kind))
    return found


def _only_joins(text: str, language: str) -> bool:
    left = listed("joins", language).sub("", text)
    return not re.sub(r"[\s,，、。.]", "", left)
