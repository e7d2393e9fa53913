"""What to pack, computed from the climate of the month, the days, and who does what there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .atlas import Place
from .geo import noon_sun

WASH = 7
"""Days after which people wash rather than pack more; with a machine at hand, half of that."""

CHILL = 4
"""Degrees that a likely cold night is below the month's mean low (one standard deviation of daily
lows in temperate climates)."""

WET = 8
"""Rainy days a month from which rain is to be reckoned with every few days."""

BURNING = 40.0
"""Degrees of the noon sun from which the UV index reaches 3 (WHO: protection needed)."""

GROUPS = ("papers", "clothes", "weather", "things", "bath", "activities", "children")
"""In the order they are read in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What the list depends on."""

    place: Place
    month: int
    days: int
    people: int = 1
    """Grown-ups and children."""
    children: int = 0
    activities: frozenset[str] = frozenset()
    laundry: bool = False
    """Whether they will wash on the way."""

    @property
    def coldest(self) -> int:
        """A likely cold night, °C."""
        return self.place.low[self.month - 1] - CHILL

    @property
    def warmest(self) -> int:
        """A usual day, °C."""
        return self.place.high[self.month - 1]

    @property
    def wet_days(self) -> int:
        """Days with rain of the month."""
        return self.place.rain[self.month - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to pack: its phrase is `item_KEY`, its reason `why_WHY`."""

    key: str
    group: str
    count: int = 1
    why: str = ""


def packing(stay: Stay) -> list[Item]:
    """The list, group by group."""
    items = [*_always(stay), *_clothes(stay), *_weather(stay), *_doing(stay), *_children(stay)]
    return sorted(items, key=lambda item: GROUPS.index(item.group))


def changes(stay: Stay) -> int:
    """How many days the clothes of a person must last."""
    return min(stay.days, WASH // 2 + 1 if stay.laundry else WASH)


def sunny(place: Place, month: int) -> bool:
    """Whether the sun burns there at noon."""
    return noon_sun(place.at[0], month) >= BURNING


def _always(stay: Stay) -> Iterator[Item]:
    for key in ("passport", "cards", "tickets"):
        yield Item(key=key, group="papers", count=stay.people if key == "passport" else 1)
    for key in ("charger", "adapter"):
        yield Item(key=key, group="things", why="plugs" if key == "adapter" else "")
    yield Item(key="toothbrush", group="bath", count=stay.people)
    for key in ("medicine", "plasters"):
        yield Item(key=key, group="bath")
    if stay.laundry:
        yield Item(key="detergent", group="bath", why="laundry")


def _clothes(stay: Stay) -> Iterator[Item]:
    lasting, each = changes(stay), stay.people
    why = "laundry" if stay.laundry and stay.days > lasting else ""
    why = why or ("wash" if stay.days > WASH else "days")
    yield Item(key="underwear", group="clothes", count=(lasting + 1) * each, why=why)
    yield Item(key="socks", group="clothes", count=(lasting + 1) * each, why=why)
    warm, short = (lasting + 1) // 2, stay.warmest >= 22
    if short:
        yield Item(key="t_shirts", group="clothes", count=lasting * each, why="warm")
    else:
        yield Item(
            key="shirts",
            group="clothes",
            count=lasting * each,
            why="mild" if stay.warmest >= 12 else why,
        )
    yield Item(key="trousers", group="clothes", count=max(1, (lasting + 2) // 3) * each)
    if stay.warmest >= 27:
        yield Item(key="shorts", group="clothes", count=max(1, warm // 2) * each, why="hot")
    yield Item(key="nightwear", group="clothes", count=each)
    yield Item(key="shoes", group="clothes", count=each)


def _weather(stay: Stay) -> Iterator[Item]:
    each, cold = stay.people, stay.coldest
    if cold < 16:
        yield Item(key="jumper", group="weather", count=(2 if cold < 5 else 1) * each, why="cool")
    if stay.place.low[stay.month - 1] < 10:
        yield Item(key="coat" if cold < 4 else "jacket", group="weather", count=each, why="cold")
    if cold < 2:
        yield Item(key="gloves", group="weather", count=each, why="frost")
        yield Item(key="hat", group="weather", count=each, why="frost")
    if cold < -8:
        yield Item(key="thermals", group="weather", count=2 * each, why="frost")
        yield Item(key="boots", group="weather", count=each, why="frost")
    if stay.wet_days > WET:
        yield Item(key="rain_jacket", group="weather", count=each, why="wet")
    if stay.wet_days > WET and stay.coldest > -8:
        yield Item(key="umbrella", group="weather", count=(each + 1) // 2, why="wet")
    if sunny(stay.place, stay.month):
        yield Item(key="sunscreen", group="weather", why="sun")
        yield Item(key="sunglasses", group="weather", count=each, why="sun")
    if sunny(stay.place, stay.month) and stay.warmest >= 24:
        yield Item(key="sun_hat", group="weather", count=each, why="sun")
    if stay.warmest >= 24 and "tropics" in _air(stay.place):
        yield Item(key="repellent", group="weather", why="insects")


def _air(place: Place) -> frozenset[str]:
    """Whether it lies in the tropics, in degrees of latitude."""
    return frozenset({"tropics"} if abs(place.at[0]) < 23.5 else ())


def _doing(stay: Stay) -> Iterator[Item]:
    each, doing, tags = stay.people, stay.activities, stay.place.tags
    swims = "beach" in doing or "diving" in doing
    if swims or (stay.warmest >= 25 and tags & {"beach", "island"}):
        yield Item(key="swimwear", group="activities", count=each, why="beach")
        yield Item(key="sandals", group="activities", count=each, why="beach")
    elif "hot_springs" in tags:
        yield Item(key="swimwear", group="activities", count=each, why="springs")
    if "temples" in tags:
        yield Item(key="scarf", group="activities", count=each, why="temples")
    for activity, keys in _GEAR.items():
        if activity in doing:
            for key in keys:
                yield Item(key=key, group="activities", count=each, why=activity)


_GEAR = {
    "hiking": ("hiking_boots", "daypack", "bottle"),
    "business": ("suit", "dress_shoes"),
    "skiing": ("ski_suit", "goggles", "ski_gloves"),
    "diving": ("mask",),
    "wildlife": ("binoculars", "dull_clothes"),
    "photography": ("camera",),
}
"""Things by activity."""


def _children(stay: Stay) -> Iterator[Item]:
    if stay.children:
        for key in ("spare_clothes", "toy", "snacks"):
            yield Item(key=key, group="children", count=stay.children, why="children")
        yield Item(key="wipes", group="children", why="children")
