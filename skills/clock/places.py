"""Where a place is and which clock it keeps: cities, countries, regions and named time zones."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

FILES = ("regions", "countries", "cities")
"""In the order of precedence: Georgia is asked for as a country, Washington as a city."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere with a clock."""

    name: str
    chinese: str
    country: str
    """ISO code; "-" for a region or a named time zone."""
    zone: tzinfo
    latitude: float
    longitude: float

    def called(self, language: str) -> str:
        """Its name in a language."""
        return self.chinese if language == "zh" and self.chinese else self.name


def find(said: str) -> Place | None:
    """The place that is meant; the larger city where several share a name."""
    known = _places()
    key = _key(said)
    for form in (
        key,
        key.removeprefix("the "),
        key.removesuffix(" time"),
        key.removesuffix("时间"),
    ):
        if form in known:
            return known[form]
    for part in (key.partition(",")[0], key.removesuffix("市"), key.rpartition(" ")[0]):
        if len(part) > 1 and part in known:
            return known[part]
    return None


@cache
def names(language: str) -> dict[str, str]:
    """Every name of a language, as it may be said -> as `find` knows it."""
    return {key: key for key in _places() if key.isascii() == (language == "en")}


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().strip())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.replace(".", "").replace("’", "'").replace("-", " ")


@cache
def _places() -> dict[str, Place]:
    places: dict[str, Place] = {}
    data = files(__package__) / "data"
    for name in FILES:
        for line in (data / f"{name}.tsv").read_text("utf-8").splitlines():
            english, chinese, country, zone, latitude, longitude = line.split("\t")
            place = Place(
                name=english.split("|")[0],
                chinese=chinese.split("|")[0],
                country=country,
                zone=ZoneInfo(zone),
                latitude=float(latitude),
                longitude=float(longitude),
            )
            for said in filter(None, (*english.split("|"), *chinese.split("|"))):
                places.setdefault(_key(said), place)
    return places
