"""The destinations there is data about: one file each, whose head is enough to find and compare."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from voice_assistant.texts import read_yaml

from .geo import Spot, distance

DATA = Path(__file__).parent / "data"

CHECKED = "2026-11"
"""When the data was last gone through."""

NEAR = 86
"""Percent of likeness at which a misheard name is still that place."""

LANGUAGES = ("en", "zh")

READ = 12
"""Whole files kept in memory: a conversation is about few places."""


LARGE = 6
"""Places of a country up to which its leading one can stand for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A destination, as far as one needs it to choose among all."""

    key: str
    country: str
    """ISO 3166, two letters."""
    at: Spot
    zone: str
    cost: int
    """1 cheap to 4 very dear, among the world's destinations."""
    tags: frozenset[str]
    high: Sequence[int]
    """Mean daily high of each month, °C."""
    low: Sequence[int]
    rain: Sequence[int]
    """Days of each month with at least a millimetre of rain."""
    best: Sequence[int]
    """The months to go, 1 to 12."""
    names: Mapping[str, Sequence[str]]
    """By language; the first is what we say."""

    @property
    def timezone(self) -> ZoneInfo:
        """Its clocks."""
        return ZoneInfo(self.zone)

    @property
    def names_its_time(self) -> bool:
        """Whether the clocks of its country are called after it: Asia/Tokyo."""
        return self.zone.rpartition("/")[2].lower() == self.key

    def name(self, language: str) -> str:
        """What it is called."""
        return self.names[language][0]


def read(key: str, text: str) -> Place:
    """A place from the head of its file."""
    head = read_yaml(text.partition("\nquarters:")[0])
    return Place(
        key=key,
        country=head["country"],
        at=(head["at"][0], head["at"][1]),
        zone=head["zone"],
        cost=head["cost"],
        tags=frozenset(head["tags"]),
        high=tuple(head["high"]),
        low=tuple(head["low"]),
        rain=tuple(head["rain"]),
        best=tuple(head["best"]),
        names={each: tuple(map(str, head[each]["names"])) for each in LANGUAGES},
    )


@cache
def places() -> Mapping[str, Place]:
    """All destinations by key."""
    files = sorted((DATA / "places").glob("*.yaml"))
    return {file.stem: read(file.stem, file.read_text(encoding="utf-8")) for file in files}


@lru_cache(maxsize=READ)
def whole(key: str) -> Mapping[str, Any]:
    """Everything in a place's file."""
    text = (DATA / "places" / f"{key}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_yaml(text)
    return data


@cache
def names() -> Mapping[str, str]:
    """Every name of every place as `plain` has it, with its key; of two the one that is said."""
    known: dict[str, str] = {}
    for rank in range(2):
        for place in places().values():
            for said in place.names.values():
                for name in said[rank : None if rank else 1]:
                    known.setdefault(plain(name), place.key)
    return known


def find(said: str) -> Place | None:
    """The place a name means, also when it was misheard a little."""
    key = look_up(said, names())
    return places()[key] if key else None


def look_up(said: str, known: Mapping[str, str]) -> str | None:
    """What a name stands for among names as `plain` has them."""
    said = plain(said)
    if said in known:
        return known[said]
    match = process.extractOne(said, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return known[match[0]] if match else None


@cache
def plain(name: str) -> str:
    """A name without capitals, accents, hyphens and a leading article."""
    letters = unicodedata.normalize("NFKD", name.lower().strip().replace("ł", "l"))
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    bare = bare.replace("-", " ").replace("’", "'").replace(".", "")
    return unicodedata.normalize("NFC", bare.removeprefix("the "))


def leading(inside: Sequence[Place]) -> Place | None:
    """The place that stands for its country, where one does: of a large one none can."""
    named = [place for place in inside if place.names_its_time]
    return named[0] if len(named) == 1 and len(inside) <= LARGE else None


def nearest(spot: Spot, count: int, besides: str = "") -> list[Place]:
    """The places closest to a spot."""
    others = (place for place in places().values() if place.key != besides)
    return sorted(others, key=lambda place: distance(place.at, spot))[:count]
