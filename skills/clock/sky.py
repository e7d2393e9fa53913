"""The sun and the moon over a place, with `astral` (US Naval Observatory's and NOAA's methods)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from astral import Observer, moon
from astral.sun import daylight, sunrise, sunset

LUNATION = 29.530588
"""Days from one new moon to the next, on average."""

_EIGHTHS = (
    "new",
    "waxing_crescent",
    "first",
    "waxing_gibbous",
    "full",
    "waning_gibbous",
    "last",
    "waning_crescent",
)


def next_change(now: datetime) -> tuple[date, bool] | None:
    """The next day on which the clocks of `now`'s zone change within a year, and whether they go
    forward then; None where they keep still."""
    for step in range(1, 367):
        day, before = (now + timedelta(days=step), now + timedelta(days=step - 1))
        shift = (day.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        if shift:
            return day.date(), shift > timedelta()
    return None


def rise_and_set(
    latitude: float, longitude: float, day: date, zone: tzinfo
) -> tuple[datetime, datetime] | None:
    """Sunrise and sunset on a day; None where the sun stays up or down."""
    observer = Observer(latitude, longitude)
    try:
        return sunrise(observer, day, zone), sunset(observer, day, zone)
    except ValueError:
        return None


def day_length(latitude: float, longitude: float, day: date) -> timedelta | None:
    """From sunrise to sunset; None where there is no such thing."""
    try:
        start, end = daylight(Observer(latitude, longitude), day)
    except ValueError:
        return None
    return end - start


def phase(day: date) -> str:
    """The moon's phase on a day: new, waxing_crescent, first, waxing_gibbous, full ..."""
    return _EIGHTHS[int((_age(day) / LUNATION * 8) + 0.5) % 8]


def next_phase(name: str, day: date) -> date:
    """The next day, from the day after, on which the moon is new or full."""
    target = {"new": 0.0, "first": 0.25, "full": 0.5, "last": 0.75}[name] * LUNATION
    return min(
        (day + timedelta(days=n) for n in range(1, 31)),
        key=lambda each: min(abs(_age(each) - target), LUNATION - abs(_age(each) - target)),
    )


def _age(day: date) -> float:
    """Days since new moon; astral counts 0 to 27.99 for a whole lunation."""
    return float(moon.phase(day)) / 28 * LUNATION
