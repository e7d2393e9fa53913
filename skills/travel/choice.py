"""Ranking places by what one wishes: weather of a month, kind of place, cost, likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .atlas import Place
from .geo import Spot, distance

TAGS = (
    "beach coast island mountains desert jungle lake river snow hot_springs northern_lights temples "
    "museums art architecture food wine nightlife music shopping nature wildlife hiking diving "
    "gardens history old_town silk_road carnival family romance quiet village city"
).split()
"""What places are for; what tells most about one comes first."""

PLEASANT = 26
"""°C of a warm day that most people like."""

STEP = 2
"""°C that make a place warmer or cooler than another."""

FAR = 150
"""Kilometres from home that outweigh a degree of warmth, where it should be near."""

DRY = 6
"""Rainy days of a month that count as few."""

CONTINENTS = {
    "europe": ("Europe", "Atlantic"),
    "asia": ("Asia", "Indian"),
    "africa": ("Africa",),
    "america": ("America",),
    "oceania": ("Australia", "Pacific"),
}
"""By the first part of the time zone's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; an empty word is no wish."""

    month: int
    weather: str = ""
    """warm, cool, dry, snow or skiing."""
    kind: str = ""
    """A tag."""
    continent: str = ""
    cheap: bool = False
    above: int | None = None
    """°C that a day reaches at least."""
    below: int | None = None
    """°C that a day does not pass."""
    near: bool = False
    """Whether it should be near home."""


def feel(place: Place, month: int) -> str:
    """A word for a month's days."""
    high = place.high[month - 1]
    bounds = ((0, "freezing"), (10, "cold"), (17, "cool"), (23, "mild"), (29, "warm"))
    return next((name for limit, name in bounds if high < limit), "hot")


def fitting(places: Iterable[Place], wish: Wish, home: Spot | None = None) -> list[Place]:
    """The places that fit, the best first; `home` is where one starts, if that is known."""
    at = wish.month - 1
    fits: dict[str, Callable[[Place], bool]] = {
        "warm": lambda place: 22 <= place.high[at] <= 34 and place.rain[at] <= 12,
        "cool": lambda place: 8 <= place.high[at] <= 23,
        "dry": lambda place: place.rain[at] <= DRY,
        "snow": lambda place: place.high[at] <= 4 and "snow" in place.tags,
        "skiing": lambda place: place.high[at] <= 8 and {"snow", "mountains"} <= place.tags,
        "": lambda place: True,
    }
    found = [
        place
        for place in places
        if fits[wish.weather](place)
        and (not wish.kind or wish.kind in place.tags)
        and (not wish.continent or _continent(place) == wish.continent)
        and (not wish.cheap or place.cost <= 2)
        and (wish.above is None or place.high[at] >= wish.above)
        and (wish.below is None or place.high[at] <= wish.below)
    ]
    return sorted(found, key=lambda place: _trouble(place, wish, home))


def _continent(place: Place) -> str:
    first = place.zone.partition("/")[0]
    return next((name for name, zones in CONTINENTS.items() if first in zones), "")


def _trouble(place: Place, wish: Wish, home: Spot | None) -> float:
    """The less, the better: heat or chill against the wish, rain, cost, a month that is not among
    its best, and the way there where that matters."""
    at = wish.month - 1
    wanted = {"cool": 18, "snow": -2, "skiing": -2}.get(wish.weather, PLEASANT)
    if wish.above is not None:
        wanted = max(wanted, wish.above)
    if wish.below is not None:
        wanted = min(wanted, wish.below)
    trouble = abs(place.high[at] - wanted) + 0.6 * place.rain[at]
    if wish.near and home:
        trouble += distance(place.at, home) / FAR
    return trouble + (0 if wish.month in place.best else 4) + (place.cost if wish.cheap else 0)


def alike(places: Iterable[Place], place: Place, wish: str, month: int) -> list[Place]:
    """Places like one, the likest first: cheaper, warmer, cooler, drier, or just alike."""
    at = month - 1
    better: dict[str, Callable[[Place], bool]] = {
        "cheaper": lambda other: other.cost < place.cost,
        "warmer": lambda other: other.high[at] >= place.high[at] + 3,
        "cooler": lambda other: other.high[at] <= place.high[at] - 3,
        "drier": lambda other: other.rain[at] <= place.rain[at] - 3,
        "": lambda other: True,
    }
    others = [other for other in places if other.key != place.key and better[wish](other)]
    others.sort(key=lambda other: -likeness(place, other, climate=wish in ("", "cheaper")))
    return others


def likeness(place: Place, other: Place, *, climate: bool = True) -> float:
    """How alike two places are: what they are for, and the climate of the year."""
    tags = len(place.tags & other.tags) / len(place.tags | other.tags)
    apart = sum(abs(a - b) for a, b in zip(place.high, other.high, strict=True)) / 12
    return tags - (apart / 25 if climate else 0)
