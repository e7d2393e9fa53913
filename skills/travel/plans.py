"""Days in a place, made of its data: neighbourhood by neighbourhood, with rest, meals and a way out
when it rains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .guide import Guide, Note, Sight

HOURS = 6.0
"""Of sights a day; the rest of it is meals, ways and rest. With children fewer."""

HOURS_WITH_CHILDREN = 4.5

EARLY = frozenset({"market", "temple", "park", "garden", "zoo", "mountain", "beach"})
"""What is best in the morning: cool, awake, or before the crowds."""

LATE = frozenset({"view", "tower", "bridge", "show", "theatre", "street", "neighbourhood"})
"""What is good towards the evening: the light, or the people."""

NIGHT = frozenset({"show", "theatre"})
"""What happens in the evening only."""

LONGEST = 10
"""Days that are planned at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day: sights in order, or an outing."""

    morning: Sequence[Sight] = ()
    afternoon: Sequence[Sight] = ()
    evening: Sequence[Sight] = ()
    quarters: Sequence[str] = ()
    """Names of the neighbourhoods, in the order of the day."""
    meal: Note | None = None
    wet: Sight | None = None
    """Where to go instead when it rains; not on the plan of that day unless nothing else is."""
    trip: Note | None = None
    """The outing."""

    @property
    def sights(self) -> Sequence[Sight]:
        """All of them in order."""
        return (*self.morning, *self.afternoon, *self.evening)


def plan(guide: Guide, days: int, *, children: bool = False, wet: bool = False) -> list[Day]:
    """So many days; fewer where the data does not last. `wet`: only what is indoors."""
    sights = _ordered(guide, children=children, wet=wet)
    hours = HOURS_WITH_CHILDREN if children else HOURS
    days = max(1, min(days, LONGEST))
    in_town = math.ceil(sum(sight.hours for sight in sights) / hours)
    out = [] if wet else guide.trips[: max(0, days - in_town)]
    filled = _fill(sights, days - len(out), hours)
    food, indoors = guide.food, [each for each in guide.sights if each.indoors]
    planned = [
        _day(guide, each, food[number % len(food)], _shelter(indoors, each))
        for number, each in enumerate(filled)
    ]
    for number, trip in enumerate(out, len(planned)):
        wet_day = indoors[number % len(indoors)]
        planned.append(Day(trip=trip, meal=food[number % len(food)], wet=wet_day))
    return planned


def worth(guide: Guide) -> tuple[int, int]:
    """Days for the better half of the sights, and for all of them."""
    hours = [sight.hours for sight in guide.sights]
    half = hours[: (len(hours) + 1) // 2]
    return math.ceil(sum(half) / HOURS), math.ceil(sum(hours) / HOURS)


def _ordered(guide: Guide, *, children: bool, wet: bool) -> list[Sight]:
    """The sights quarter by quarter, the quarter with the best one first. What suits the company
    or the weather comes before the rest."""
    rank = {sight.id: place for place, sight in enumerate(guide.sights)}

    def worth(sight: Sight) -> float:
        unfit = (children and not sight.children) + (wet and not sight.indoors)
        return rank[sight.id] + len(rank) * unfit

    best: dict[str, float] = {}
    for sight in guide.sights:
        best[sight.quarter] = min(best.get(sight.quarter, worth(sight)), worth(sight))
    fit = [s for s in guide.sights if not (wet and not s.indoors)] if wet else list(guide.sights)
    return sorted(fit, key=lambda sight: (best[sight.quarter], sight.quarter, worth(sight)))


def _fill(sights: Sequence[Sight], days: int, hours: float) -> list[list[Sight]]:
    """Days of sights, at least two a day: few are shared out evenly, of many the last are left."""
    days = max(1, min(days, len(sights) // 2))
    share = min(hours, sum(sight.hours for sight in sights) / days)
    made: list[list[Sight]] = [[]]
    spent = 0.0
    for place, sight in enumerate(sights):
        short = len(sights) - place <= 2 * (days - len(made))
        full = spent + sight.hours / 2 > share
        if len(made) < days and len(made[-1]) > 1 and (full or short):
            made.append([])
            spent = 0.0
        if spent + sight.hours <= hours or len(made[-1]) < 2:
            made[-1].append(sight)
            spent += sight.hours
    return made


def _day(guide: Guide, sights: Sequence[Sight], meal: Note, wet: Sight | None) -> Day:
    """Sights in the order of a day: the early neighbourhood first, in each what is early first."""
    night = [sight for sight in sights if sight.kind in NIGHT]
    by_day = [sight for sight in sights if sight not in night]
    late: dict[str, list[int]] = {}
    for sight in by_day:
        late.setdefault(sight.quarter, []).append(_lateness(sight))
    by_day.sort(key=lambda sight: (sum(late[sight.quarter]), sight.quarter, _lateness(sight)))
    half, morning = sum(sight.hours for sight in by_day) / 2, by_day[:1]
    for sight in by_day[1:]:
        if sum(each.hours for each in morning) + sight.hours / 2 > half:
            break
        morning.append(sight)
    inside = dict.fromkeys(sight.quarter for sight in (*by_day, *night))
    return Day(
        morning=morning,
        afternoon=by_day[len(morning) :],
        evening=night,
        quarters=[guide.quarters[each].name for each in inside],
        meal=meal,
        wet=wet,
    )


def _lateness(sight: Sight) -> int:
    return (sight.kind in LATE) - (sight.kind in EARLY)


def _shelter(indoors: Sequence[Sight], sights: Sequence[Sight]) -> Sight | None:
    """Something indoors that is not on the day already, near by if there is one."""
    near = {sight.quarter for sight in sights}
    others = [sight for sight in indoors if sight not in sights]
    others.sort(key=lambda sight: sight.quarter not in near)
    return next(iter(others or indoors), None)
