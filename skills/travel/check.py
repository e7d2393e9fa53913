"""Whether the data can be right: every problem is a line that names the file and the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from . import countries, phrasebook
from .atlas import DATA, LANGUAGES
from .choice import TAGS
from .countries import HELP, load

TEXTS = ("best", "arrive", "around", "manners", "children", "wet", "safety", "scams")

KINDS = frozenset(
    "museum palace church temple mosque castle ruin monument square street market park garden "
    "beach lake river mountain view bridge island zoo aquarium theatre show neighbourhood village "
    "cave spring tower walk boat".split()
)

PLUGS = frozenset("ABCDEFGHIJKLMNO")
"""IEC world plugs."""

VOLTS = frozenset({100, 110, 115, 120, 127, 220, 230, 240})

LEAST = {"sights": 8, "food": 4, "trips": 2, "quarters": 3, "tags": 2, "best": 1}
"""How many of each a place has at least."""

_UNSPEAKABLE = re.compile(r"[(){}\[\]<>（）【】/\\|*_#@]|https?:|www\.|\b(?:e\.g|i\.e|etc)\b")


def everything() -> Iterator[str]:
    """All that is wrong with all files."""
    said: dict[str, str] = {}
    for file in sorted((DATA / "places").glob("*.yaml")):
        data = load(f"places/{file.stem}")
        yield from (f"places/{file.name}: {problem}" for problem in place(data))
        for text in _texts(data):
            if (other := said.setdefault(text, file.name)) != file.name:
                yield f"places/{file.name}: '{text}' stands in {other} too"
    yield from (f"countries.yaml: {problem}" for problem in all_countries(load("countries")))
    yield from (f"regions.yaml: {problem}" for problem in regions(load("regions")))
    yield from (f"phrases.yaml: {problem}" for problem in phrases(load("phrases")))


# --- places ------------------------------------------------------------------------------


def place(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a place."""
    missing = {"country", "at", "zone", "cost", "tags", "source", "high", "low", "rain", "best",
               "en", "zh", "quarters", "sights", "food", "trips"} - set(data)  # fmt: skip
    if missing:
        yield f"{', '.join(sorted(missing))}: missing"
        return
    yield from _where(data)
    yield from _climate(data)
    for key, least in LEAST.items():
        if len(data[key]) < least:
            yield f"{key}: there are {len(data[key])}, at least {least} are needed"
    yield from _content(data)
    for text in _texts(data):
        if found := _UNSPEAKABLE.search(text):
            yield f"'{text}' has '{found[0]}', which nobody can say"


def _where(data: Mapping[str, Any]) -> Iterator[str]:
    if data["country"] not in countries.countries():
        yield f"country: {data['country']} is not in countries.yaml"
    latitude, longitude = data["at"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        yield f"at: {data['at']} is nowhere on earth"
    if data["zone"] not in available_timezones():
        yield f"zone: there is no time zone {data['zone']}"
    if data["cost"] not in (1, 2, 3, 4):
        yield f"cost: {data['cost']} is not 1, 2, 3 or 4"
    if unknown := set(data["tags"]) - set(TAGS):
        yield f"tags: {', '.join(sorted(unknown))} is unknown"


def _climate(data: Mapping[str, Any]) -> Iterator[str]:
    """Plausible for the latitude: summers are warmer than winters outside the tropics, and no
    month is far from what the sun allows."""
    high, low, rain, latitude = data["high"], data["low"], data["rain"], data["at"][0]
    if any(len(series) != 12 for series in (high, low, rain)):
        yield "high, low, rain: need twelve months each"
        return
    for month in range(12):
        if not low[month] < high[month] <= low[month] + 25:
            yield f"low, high: {low[month]} and {high[month]} in month {month + 1}"
        if not 0 <= rain[month] <= 31:
            yield f"rain: {rain[month]} days in month {month + 1}"
    if not all(isinstance(month, int) and 1 <= month <= 12 for month in data["best"]):
        yield "best: months are numbers from 1 to 12"
    summer, winter = (sum(high[m] for m in months) / 3 for months in ((5, 6, 7), (11, 0, 1)))
    north = summer - winter if latitude > 0 else winter - summer
    if abs(latitude) > 28 and north < 3:
        yield f"high: summer is not warmer than winter at latitude {latitude}"
    mean = (sum(high) + sum(low)) / 24
    if not -0.0075 * latitude**2 + 8 <= mean <= 33 - 0.004 * latitude**2:
        yield f"high, low: a mean of {mean:.0f} degrees is odd for latitude {latitude}"


def _content(data: Mapping[str, Any]) -> Iterator[str]:
    for language in LANGUAGES:
        if not data[language].get("names"):
            yield f"{language}.names: missing"
        for key in TEXTS:
            if not data[language].get(key):
                yield f"{language}.{key}: missing"
    for key, notes in (("quarters", data["quarters"].values()), ("sights", data["sights"]),
                       ("food", data["food"]), ("trips", data["trips"])):  # fmt: skip
        for note in notes:
            if not all(note.get(each, {}).get(part) for each in LANGUAGES for part in _NOTE):
                yield f"{key}: {note} lacks a name or a text"
    yield from _sights(data)


_NOTE = ("name", "text")


def _sights(data: Mapping[str, Any]) -> Iterator[str]:
    ids = [sight["id"] for sight in data["sights"]]
    if len(set(ids)) < len(ids):
        yield "sights: two have the same id"
    for sight in data["sights"]:
        if sight["quarter"] not in data["quarters"]:
            yield f"sights.{sight['id']}.quarter: there is no {sight['quarter']}"
        if sight["kind"] not in KINDS:
            yield f"sights.{sight['id']}.kind: {sight['kind']} is unknown"
        if not 0.25 <= sight["hours"] <= 10:
            yield f"sights.{sight['id']}.hours: {sight['hours']}"
    for key in ("indoors", "children"):
        if sum(bool(sight[key]) for sight in data["sights"]) < 2:
            yield f"sights: at least two with {key}: true are needed"


def _texts(data: Mapping[str, Any]) -> Iterator[str]:
    """Every sentence of a place."""
    for language in LANGUAGES:
        yield from (str(data[language][key]) for key in TEXTS if key in data[language])
        notes: Iterable[Any] = (*data["quarters"].values(), *data["sights"], *data["food"],
                                *data["trips"])  # fmt: skip
        yield from (str(note[language]["text"]) for note in notes if language in note)


# --- countries and phrases ---------------------------------------------------------------


def all_countries(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the countries."""
    money, tongues = load("currencies"), load("tongues")
    for key, entry in data.items():
        if not re.fullmatch("[A-Z]{2}", str(key)):
            yield f"{key}: is no ISO 3166 code"
        if entry["currency"] not in money:
            yield f"{key}.currency: {entry['currency']} has no name in currencies.yaml"
        if not entry["plugs"] or set(entry["plugs"]) - PLUGS:
            yield f"{key}.plugs: {entry['plugs']}"
        if entry["volts"] not in VOLTS:
            yield f"{key}.volts: {entry['volts']}"
        if entry["drives"] not in ("left", "right"):
            yield f"{key}.drives: {entry['drives']}"
        if not re.fullmatch(r"\d{1,2}(-\d{1,2})?", str(entry["tip"])):
            yield f"{key}.tip: {entry['tip']} is no percentage"
        if unknown := [each for each in entry["languages"] if each not in tongues]:
            yield f"{key}.languages: {unknown} has no name in tongues.yaml"
        numbers = entry["emergency"]
        if isinstance(numbers, dict) and set(numbers) - set(HELP):
            yield f"{key}.emergency: {set(numbers) - set(HELP)} is none of {HELP}"
        for language in LANGUAGES:
            if not all(entry.get(language, {}).get(part) for part in ("name", "manners")):
                yield f"{key}.{language}: a name and manners are needed"


def regions(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the regions."""
    for key, entry in data.items():
        for place_key in entry["places"]:
            if not (DATA / "places" / f"{place_key}.yaml").is_file():
                yield f"{key}.places: there is no {place_key}"


def phrases(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the phrasebook."""
    for key, entry in data.items():
        for language in LANGUAGES:
            if not entry.get(language):
                yield f"{key}.{language}: missing"
        if lacking := sorted(phrasebook.tongues() - set(entry["said"])):
            yield f"{key}.said: lacks {', '.join(lacking)}"
