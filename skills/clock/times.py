"""What time it is, here and elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import (
    say_date,
    say_duration,
    say_time,
    say_weekday,
)
from voice_assistant.values.kinds import When

from . import places, sky
from .dates import Dates


class Times(Dates):
    """The part of `clock` that tells times of day."""

    _places: tuple[str, ...] = ()
    """The last two places whose time was asked for."""

    @intent("time")
    async def what_time(self, turn: Turn, place: str | None = None) -> Answer:
        """What time it is, here or elsewhere."""
        now = self.now()
        if place is None:
            key = "clock_wrong" if self.home.scheduler.behind else "time"
            return turn.phrase(key, time=say_time(now, turn.language))
        found = places.find(place)
        if found is None:
            return turn.phrase("unknown_place", place=place)
        there = now.astimezone(found.zone)
        self._places = (*self._places[-1:], place)
        return turn.phrase(
            "time_there",
            place=found.called(turn.language),
            time=say_time(there, turn.language),
            day=self._day_shift(turn, there, now),
        )

    @intent("time_when")
    async def time_when(
        self, turn: Turn, time: When, place: str | None = None, other: str | None = None
    ) -> Answer:
        """What time it is in one place when it is some time in another; either may be here."""
        zones, called = [], ""
        for name in (other, place):
            found = places.find(name) if name else None
            if name and found is None:
                return turn.phrase("unknown_place", place=name)
            zones.append(found.zone if found else self.now().tzinfo)
            called = found.called(turn.language) if found else ""
        there = time.moment.replace(tzinfo=zones[0])
        here = there.astimezone(zones[1])
        return turn.phrase(
            "then_there" if place else "then_here",
            place=called,
            time=say_time(here, turn.language),
            day=self._day_shift(turn, here, there),
        )

    @intent("day_there")
    async def day_there(self, turn: Turn) -> Answer:
        """Which day it is in the place whose time was asked for last; else here."""
        found = places.find(self._places[-1]) if self._places else None
        if found is None:
            return await self.what_date(turn)
        there = self.now().astimezone(found.zone)
        return turn.phrase(
            "day_there",
            place=found.called(turn.language),
            date=say_date(there.date(), turn.language),
            weekday=say_weekday(there, turn.language),
        )

    def _day_shift(self, turn: Turn, there: datetime, here: datetime) -> str:
        """The weekday there, where it is another day already."""
        if there.date() == here.date():
            return ""
        return turn.phrase("other_day", day=say_weekday(there, turn.language))

    @intent("in_hours")
    async def in_hours(self, turn: Turn, duration: timedelta) -> Answer:
        """What time it will be after some hours."""
        then = self.now() + duration
        return turn.phrase(
            "time_then",
            time=say_time(then, turn.language),
            day=self._day_shift(turn, then, self.now()),
        )

    @intent("difference")
    async def difference(self, turn: Turn, place: str, other: str | None = None) -> Answer:
        """How far the clocks of two places are apart."""
        first, second = places.find(place), places.find(other) if other else None
        if first is None or (other and second is None):
            return turn.phrase("unknown_place", place=place if first is None else other)
        now = self.now()
        base = now.astimezone(second.zone) if second else now
        ahead = (now.astimezone(first.zone).utcoffset() or timedelta()) - (
            base.utcoffset() or timedelta()
        )
        key = "same_time" if not ahead else "ahead" if ahead > timedelta() else "behind"
        return turn.phrase(
            key,
            place=first.called(turn.language),
            other=second.called(turn.language) if second else turn.phrase("here"),
            length=say_duration(abs(ahead), turn.language),
        )

    @intent("difference_it")
    async def apart(self, turn: Turn, place: str = "", ours: str = "") -> Answer:
        """How far the clocks of the places are apart that were just asked for; of the last of them
        from another `place`, or from `ours` where that is said."""
        if not self._places:
            return turn.phrase("which_place")
        *first, last = self._places
        if place or ours or not first:
            return await self.difference(turn, last, place or None)
        return await self.difference(turn, last, first[0])

    @intent("timezone")
    async def timezone(self, turn: Turn, place: str | None = None) -> Answer:
        """Which time zone a place keeps."""
        found = places.find(place) if place else None
        if place and found is None:
            return turn.phrase("unknown_place", place=place)
        there = self.now().astimezone(found.zone) if found else self.now()
        offset = there.utcoffset() or timedelta()
        return turn.phrase(
            "zone" if offset else "zone_utc",
            place=found.called(turn.language) if found else turn.phrase("our_time"),
            length=say_duration(abs(offset), turn.language),
            side=turn.phrase("east" if offset > timedelta() else "west"),
            time=say_time(there, turn.language),
        )

    @intent("change")
    async def change(self, turn: Turn, place: str | None = None) -> Answer:
        """When the clocks go forward or back next."""
        there = places.find(place) if place else None
        now = self.now().astimezone(there.zone) if there else self.now()
        changes = sky.next_change(now)
        if changes is None:
            return turn.phrase("no_change")
        day, ahead = changes
        said = say_date(day, turn.language, today=self.now(), full=True)
        return turn.phrase("forward" if ahead else "backward", date=said)
