"""Distances, flights, daylight and clocks, computed from where places are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from math import asin, cos, radians, sin, sqrt

from astral import Observer
from astral.sun import daylight, elevation

EARTH = 6371.0
"""Kilometres; the mean radius."""

CRUISE = 850.0
"""Kilometres an hour of an airliner on its way."""

GROUND = timedelta(minutes=30)
"""What take-off and landing add to a flight."""

Spot = tuple[float, float]
"""Latitude and longitude in degrees."""


def distance(one: Spot, other: Spot) -> float:
    """Kilometres along the great circle (haversine)."""
    (a, b), (c, d) = (tuple(map(radians, spot)) for spot in (one, other))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(h))


def rounded(kilometres: float) -> int:
    """A distance as it is said: to the ten, from a thousand on to the fifty."""
    step = 50 if kilometres >= 1000 else 10
    return max(step, round(kilometres / step) * step)


def flight(kilometres: float) -> timedelta:
    """A direct flight, to the quarter of an hour."""
    minutes = kilometres / CRUISE * 60 + GROUND / timedelta(minutes=1)
    return timedelta(minutes=round(minutes / 15) * 15)


def day_length(spot: Spot, month: int, year: int) -> timedelta:
    """From sunrise to sunset in the middle of a month, to the quarter of an hour; 0 or 24 hours
    where the sun does not rise or set."""
    observer, day = Observer(*spot), date(year, month, 15)
    try:
        rises, sets = daylight(observer, day)
    except ValueError:
        noon = datetime(year, month, 15, 12, tzinfo=UTC) - timedelta(hours=spot[1] / 15)
        return timedelta(hours=24) if elevation(observer, noon) > 0 else timedelta()
    # East of the Pacific's middle the sunset of a date in UTC comes before its sunrise.
    quarters = round((sets - rises) % timedelta(days=1) / timedelta(minutes=15))
    return timedelta(minutes=15 * quarters)


def sun(spot: Spot, month: int, zone: tzinfo, year: int) -> tuple[datetime, datetime] | None:
    """Sunrise and sunset by the clocks there in the middle of a month, to five minutes; None where
    it does not rise or set."""
    try:
        times = daylight(Observer(*spot), date(year, month, 15), tzinfo=zone)
    except ValueError:
        return None
    rises, sets = (datetime.fromtimestamp(round(t.timestamp() / 300) * 300, zone) for t in times)
    return rises, sets


def noon_sun(latitude: float, month: int) -> float:
    """Degrees of the sun above the horizon at noon in the middle of a month, from its declination
    (Cooper 1969)."""
    day = 30.44 * (month - 1) + 15
    declination = 23.45 * sin(radians(360 * (284 + day) / 365))
    return 90 - abs(latitude - declination)


def ahead(zone: tzinfo, other: tzinfo, moment: datetime) -> timedelta:
    """By how much the clocks of a zone are ahead of another's at a moment."""
    here, there = (moment.astimezone(each).utcoffset() or timedelta() for each in (other, zone))
    return there - here
