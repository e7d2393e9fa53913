"""The stretch of time that a question is about: a day, a part of it ("this evening") or an hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from voice_assistant.skill import Turn
from voice_assistant.speaking import say_date, say_moment
from voice_assistant.values.kinds import When

from .forecasts import Forecast

PARTS = {"morning": (6, 6), "noon": (11, 3), "afternoon": (12, 6), "evening": (17, 6)}
"""The first hour of each part of the day, and how many it has."""

NIGHT = (21, 9)
"""The same of the night, which goes on into the next day."""

GRAVE = ("storm", "snowy", "rainy", "foggy", "cloudy", "fair", "clear")
"""Skies, what matters most first: a wet hour makes a wet evening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A day; or, where `start` is told, some of its hours. Wall time of the place."""

    day: date
    start: datetime | None = None
    hours: int = 24
    name: str
    """As it is said: "tomorrow", "this evening", "at 5 PM"."""

    def of(self, data: Forecast) -> dict[str, Any] | None:
        """What a forecast says of it, as it says it of a day; None where it does not reach."""
        if self.start is not None and (hours := self._hours(data)):
            return _together(hours)
        return next((each for each in data["days"] if each["date"] == self.day.isoformat()), None)

    def _hours(self, data: Forecast) -> list[Mapping[str, Any]]:
        assert self.start is not None
        end = self.start + timedelta(hours=self.hours)
        return [each for each in hours_of(data) if self.start <= each["time"] < end]


def span(turn: Turn, day: date, when: When | None, now: datetime) -> Span:
    """What is asked about: `when` on a day that was said, or else on its own."""
    if when is None or not (when.clock or when.part or when.after):
        return Span(day=day, name=say_date(day, turn.language, today=now.date()))
    if when.part and when.clock is None:
        first, hours = NIGHT if when.part == "night" else PARTS[when.part]
        today = day == now.date()
        key = f"{'today' if today else 'some'}_{when.part}"
        name = turn.phrase(key, day=say_date(day, turn.language, today=now.date()))
        return Span(day=day, start=datetime.combine(day, time(first)), hours=hours, name=name)
    moment = when.moment.replace(minute=0, second=0, microsecond=0, tzinfo=None)
    if when.after is None and when.day is None and day != now.date():
        moment = datetime.combine(day, moment.time())
    said = (
        when.moment
        if when.after
        else moment.replace(minute=when.moment.minute, tzinfo=when.moment.tzinfo)
    )
    name = turn.phrase("at_time", time=say_moment(said, turn.language, now))
    return Span(day=moment.date(), start=moment, hours=1, name=name)


def hours_of(data: Forecast) -> list[dict[str, Any]]:
    """The hours of a forecast; none where it was fetched without."""
    kept: Mapping[str, Sequence[Any]] = data.get("hours") or {}
    rows = zip(*kept.values(), strict=True)
    return [
        dict(zip(kept, row, strict=True)) | {"time": datetime.fromisoformat(row[0])} for row in rows
    ]


def _together(hours: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    skies = {each["sky"] for each in hours}
    chances = [each["chance"] for each in hours if each["chance"] is not None]
    degrees = [each["degrees"] for each in hours]
    return {
        "sky": next(each for each in GRAVE if each in skies),
        "low": min(degrees),
        "high": max(degrees),
        "chance": max(chances, default=None),
        "wind": max(each["wind"] for each in hours),
    }
