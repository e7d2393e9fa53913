"""What is known of places: facts and climate by language-free data, texts in two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from dateutil.tz import gettz
from rapidfuzz import fuzz, process

from voice_assistant.texts import read_yaml

DATA = Path(__file__).parent / "data"

CHECKED = "2026-11"
"""When the data was last gone through."""

NEAR = 82
"""Percent of likeness at which a misheard name is still that place."""

EARTH = 6371.0
"""Kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A destination."""

    key: str
    country: str
    at: tuple[float, float]
    """Latitude and longitude in degrees."""
    zone: str
    high: Sequence[int]
    """Mean daily high of each month, °C."""
    low: Sequence[int]
    rain: Sequence[int]
    """Days with rain of each month."""

    @property
    def timezone(self) -> tzinfo | None:
        """Its time zone."""
        return gettz(self.zone)

    def text(self, language: str) -> Mapping[str, Any]:
        """What is said about it: names, best, around, food, tip, sights."""
        found: Mapping[str, Any] = _yaml(f"texts_{language}")[self.key]
        return found

    def name(self, language: str) -> str:
        """What it is called."""
        said = str(self.text(language)["names"][0])
        return said if language == "zh" else said.title().replace("'A", "'a")

    def facts(self) -> Mapping[str, Any]:
        """Currency, plugs, volts, side of the road, emergency number, tip."""
        found: Mapping[str, Any] = _yaml("countries")[self.country]
        return found


@cache
def _yaml(name: str) -> Any:
    return read_yaml((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def places() -> dict[str, Place]:
    """All destinations by key."""
    return {
        key: Place(key=key, **{**fields, "at": tuple(fields["at"])})
        for key, fields in _yaml("places").items()
    }


@cache
def names(language: str) -> dict[str, str]:
    """Every name of every place, with its key."""
    return {name: key for key in places() for name in _yaml(f"texts_{language}")[key]["names"]}


def find(said: str, language: str) -> Place | None:
    """The place a name means, also when it was misheard a little."""
    known = {**names("en"), **names("zh")}
    said = said.lower().strip()
    if said not in known:
        match = process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
        if match is None:
            return None
        said = match[0]
    return places()[known[said]]


def distance(one: Place, other: Place) -> float:
    """Kilometres along the great circle (haversine)."""
    (a, b), (c, d) = (map(radians, place.at) for place in (one, other))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(h))
