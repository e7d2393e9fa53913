"""The questions of the bench, and what is wrong with an answer by what stands in the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from voice_assistant.speaking import say_duration, say_number

from . import atlas, countries
from .atlas import DATA, Place
from .grounding import numbers, places_in
from .naming import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question and what its answer must hold."""

    say: str
    goes_on: bool
    """Whether it follows the one before."""
    about: Sequence[Where]
    checks: Sequence[str]


def cases(language: str) -> Iterator[Case]:
    """The questions of a language."""
    for line in (DATA / f"bench_{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        say, about, checks = line.split("\t")
        keys = () if about == "=" else about.split(", ")
        yield Case(
            say=say.removeprefix("+"),
            goes_on=say.startswith("+"),
            about=[atlas.places().get(key) or countries.countries()[key] for key in keys],
            checks=checks.split("; "),
        )


def wrong(case: Case, text: str, language: str) -> str:
    """The first check that fails, with the answer; empty if none does."""
    for check in case.checks:
        if not _holds(check, case, text, language):
            return f"{case.say}: {check}: {text}"
    return ""


def _holds(check: str, case: Case, text: str, language: str) -> bool:
    if check[0] in "=!":
        return (check[1:].lower() in text.lower()) == (check[0] == "=")
    name, *words = check.split()
    if name in ("high", "low", "rain"):
        series = [getattr(where, name)[int(words[0]) - 1] for where in case.about[:1]]
        return all(bool(numbers(value, language) & _said(text)) for value in series)
    if name in _OF_ALL:
        return _OF_ALL[name](text, language, words)
    if name in ("km", "h"):
        return _far(name, float(words[0]), text, language)
    if name == "cheaper":
        found = places_in(text, language)[0:]
        return any(place.cost < case.about[0].cost for place in found)  # type: ignore[union-attr]
    return _field(name, case.about[0], text, language)


def _said(text: str) -> set[str]:
    """Every run of figures or of Chinese numerals, as numbers are said."""
    bare = set(re.findall(r"(?<![\w-])-?\d+(?: days?)?|[负零一二三四五六七八九十两百千]+天?", text))
    return bare | {each.split()[0].rstrip("天") for each in bare}


def _far(unit: str, value: float, text: str, language: str) -> bool:
    """Whether a distance or a length of time that is near enough is in the text."""
    if unit == "km":
        near = range(round(value * 0.95), round(value * 1.05) + 1)
        return any(say_number(each, language) in text for each in near)
    minutes = range(round(value * 60) - 60, round(value * 60) + 61)
    return any(say_duration(timedelta(minutes=each), language) in text for each in minutes)


def _named(text: str, language: str, words: Sequence[str]) -> bool:
    return atlas.places()[words[0]].name(language) in text


def _warm(text: str, language: str, words: Sequence[str]) -> bool:
    month = int(words[0]) - 1
    return bool(found := places_in(text, language)) and all(p.high[month] >= 20 for p in found)


def _tagged(text: str, language: str, words: Sequence[str]) -> bool:
    found = places_in(text, language)
    return bool(found) and all(words[0] in place.tags for place in found)


def _zoned(text: str, language: str, words: Sequence[str]) -> bool:
    found = places_in(text, language)
    return bool(found) and all(place.zone.startswith((words[0], "Atlantic")) for place in found)


_OF_ALL: Mapping[str, Callable[[str, str, Sequence[str]], bool]] = {
    "named": _named,
    "warm": _warm,
    "tag": _tagged,
    "zone": _zoned,
}


@cache
def _countries() -> Mapping[str, Any]:
    """The file itself: what the skill makes of it is what is judged."""
    entries: Mapping[str, Any] = countries.load("countries")
    return entries


def _field(name: str, where: Where, text: str, language: str) -> bool:
    """Whether a field of the place's or the country's entry is in the text."""
    code = where.country if isinstance(where, Place) else where.key
    country = _countries()[code]
    if name == "plugs":
        return all(re.search(rf"(?<![A-Za-z]){plug}(?![A-Za-z])", text) for plug in country[name])
    if name == "volts":
        return say_number(country["volts"], language) in text
    if name == "help":
        entry = country["emergency"]
        wanted = entry.values() if isinstance(entry, dict) else [entry]
        return all(str(number) in text.replace(" ", "") for number in wanted)
    if name == "tip":
        shares = str(country["tip"]).split("-")
        return all(say_number(int(each), language) in text for each in shares if each != "0")
    if isinstance(where, Place):
        return _of_place(name, where, text, language)
    return str(country[language][name]) in text


def _of_place(name: str, place: Place, text: str, language: str) -> bool:
    data = atlas.whole(place.key)
    wanted: dict[str, tuple[list[Any], int]] = {
        "food": (data["food"], 99),
        "trips": (data["trips"], 99),
        "quarters": (list(data["quarters"].values()), 99),
        "sights": (data["sights"], 3),
        "plan": (data["sights"], 2),
        "indoors": ([sight for sight in data["sights"] if sight["indoors"]], 99),
        "children": ([sight for sight in data["sights"] if sight["children"]], 99),
    }
    if name not in wanted:
        return str(data[language][name]) in text
    notes, least = wanted[name]
    there = sum(note[language]["name"].lower() in text.lower() for note in notes)
    return there >= min(least, len(notes))
