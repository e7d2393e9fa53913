"""What to pack, computed from the place's climate of the month and the days."""

from __future__ import annotations

from dataclasses import dataclass

from .places import Place

WASH = 7
"""Days after which clothes are washed rather than packed again."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to pack: a key of the phrases, how many, and the reason's key."""

    key: str
    count: int = 1
    why: str = ""


def packing(place: Place, month: int, days: int) -> list[Item]:
    """The list for so many days in a month (1 to 12), for the coldest and wettest likely day."""
    high, low, rain = (series[month - 1] for series in (place.high, place.low, place.rain))
    changes = min(days, WASH)
    items = [
        Item("underwear", changes + 1),
        Item("socks", changes + 1),
        Item("shirts", changes),
        Item("trousers", max(1, (changes + 2) // 3)),
        Item("shoes"),
        Item("toothbrush"),
        Item("medicine"),
        Item("charger"),
        Item("adapter", 1, "plugs"),
        Item("papers"),
    ]
    if low < 15:
        items.append(Item("jumper", 1 if low >= 8 else 2, "cool"))
    if low < 10:
        items.append(Item("warm_coat", 1, "cold"))
    if low < 3:
        items += [Item("gloves", 1, "cold"), Item("hat", 1, "cold")]
    if low < -5:
        items += [Item("thermals", 2, "frost"), Item("boots", 1, "frost")]
    if rain > 8:
        items += [Item("rain_jacket", 1, "wet"), Item("umbrella", 1, "wet")]
    if sunny(place, month):
        items += [Item("sunscreen", 1, "sun"), Item("sunglasses", 1, "sun")]
    if high >= 27:
        items += [Item("shorts", 2, "hot"), Item("sandals", 1, "hot"), Item("swimwear", 1, "hot")]
    return items


def sunny(place: Place, month: int) -> bool:
    """Whether the sun burns: the noon sun stands above 45 degrees (UV index about 3 and more)."""
    declination = -23.4 if month in (12, 1) else 23.4 * (1 - abs(6.5 - month) / 2.75)
    elevation = 90 - abs(place.at[0] - declination)
    return elevation > 45
