"""What holds in a whole country: money, plugs, the side of the road, numbers for help, manners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from voice_assistant.texts import read_yaml

from .atlas import DATA, LANGUAGES, Place, look_up, places, plain
from .atlas import names as place_names

HELP = ("police", "ambulance", "fire")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country."""

    key: str
    """ISO 3166, two letters."""
    currency: str
    """ISO 4217."""
    plugs: Sequence[str]
    """Letters of the plugs that fit (IEC world plugs)."""
    volts: int
    drives: str
    """left or right."""
    emergency: Mapping[str, str]
    """Number by who comes: police, ambulance, fire; only what is certain."""
    tip: str
    """Percent of a restaurant's bill that is usual: "0", "10", "10-15"."""
    languages: Sequence[str]
    """ISO 639, the most spoken first."""
    names: Mapping[str, str]
    manners: Mapping[str, str]

    def name(self, language: str) -> str:
        """What it is called inside a sentence."""
        article = "the " if language == "en" and self.key in _articles() else ""
        return article + self.names[language]

    @property
    def help(self) -> str | None:
        """The one number for all help, where there is one."""
        numbers = {self.emergency.get(who) for who in HELP}
        return numbers.pop() if len(numbers) == 1 else None


def read(key: str, entry: Mapping[str, Any]) -> Country:
    """A country from its entry."""
    number = entry["emergency"]
    return Country(
        key=key,
        currency=entry["currency"],
        plugs=tuple(entry["plugs"]),
        volts=entry["volts"],
        drives=entry["drives"],
        emergency=dict.fromkeys(HELP, str(number))
        if not isinstance(number, dict)
        else {who: str(number[who]) for who in HELP if who in number},
        tip=str(entry["tip"]),
        languages=tuple(entry["languages"]),
        names={each: str(entry[each]["name"]) for each in LANGUAGES},
        manners={each: str(entry[each]["manners"]) for each in LANGUAGES},
    )


def load(name: str) -> Any:
    """A file of the data folder."""
    return read_yaml((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def _articles() -> frozenset[str]:
    return frozenset(load("the"))


@cache
def countries() -> Mapping[str, Country]:
    """All countries by ISO code."""
    return {key: read(key, entry) for key, entry in load("countries").items()}


@cache
def names() -> Mapping[str, str]:
    """Every name of every country as `plain` has it, with its code."""
    known = {plain(name): c.key for c in countries().values() for name in c.names.values()}
    known |= {plain(name): key for key, said in load("called").items() for name in said}
    return known


def find(said: str) -> Country | None:
    """The country a name means."""
    key = look_up(said, names())
    return countries()[key] if key else None


def inside(country: Country) -> list[Place]:
    """The destinations in a country."""
    return [place for place in places().values() if place.country == country.key]


@cache
def regions() -> Mapping[str, Sequence[Place]]:
    """The destinations of a region by each of its names as `plain` has them."""
    return {
        plain(name): tuple(places()[key] for key in entry["places"] if key in places())
        for entry in load("regions").values()
        for name in entry["names"]
        if plain(name) not in place_names()
    }


@cache
def _currencies() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = load("currencies")
    return found


def currency(code: str, language: str) -> str:
    """What a currency is called, in the plural where there is one."""
    return _currencies()[code][language]


@cache
def _tongues() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = load("tongues")
    return found


def tongues(codes: Iterable[str], language: str) -> list[str]:
    """What languages are called."""
    return [_tongues()[code][language] for code in codes]
