"""The weather, where the settings allow the network; kept, and told with its age when it is away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from voice_assistant import values
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Rejected, Unreachable
from voice_assistant.normal import joined, normalise
from voice_assistant.skill import Answer, Home, Turn, intent
from voice_assistant.speaking import say_duration, say_moment
from voice_assistant.values.kinds import When

from .forecasts import Forecast
from .having import FRESH
from .saying import WEEKEND, Saying, number
from .spans import Span, span

OUTSIDE = timedelta(hours=3)
"""How long the sky that was told is taken for the one outside."""

LONGEST = 48
"""Hours from now that "in the next hours" reaches at most."""

_THERE = re.compile(r"\bthere\b(?! (?:be|any|a|is|will))|那里|那边|那儿")

Words: TypeAlias = Callable[[Turn, Forecast, Span], str | None]
"""What is said of a stretch of time; None where the forecast does not reach it."""


class Weather(Saying):
    """Tells the weather of now and of the days to come."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._before: tuple[str | None, date, When | None] | None = None
        """The place, the day and the time of the last question."""

    @intent("now")
    async def now_(self, turn: Turn, place: str | None = None, time: When | None = None) -> Answer:
        """The weather of this moment; of another, where one was said."""
        later = self._time(turn)
        return await self._tell(turn, place, self._day if later else self._moment)

    @intent("forecast")
    async def forecast(
        self,
        turn: Turn,
        date: date | None = None,
        place: str | None = None,
        time: When | None = None,
    ) -> Answer:
        """The weather of a day."""
        return await self._tell(turn, place, self._day, date, time)

    @intent("week")
    async def week(
        self, turn: Turn, place: str | None = None, number: float | None = None
    ) -> Answer:
        """The days to come, all or so many of them."""
        if number is None:
            return await self._tell(turn, place, self._days)
        return await self._tell(turn, place, partial(self._each, count=int(number)))

    @intent("weekend")
    async def weekend(self, turn: Turn, place: str | None = None) -> Answer:
        """Saturday and Sunday."""
        return await self._tell(turn, place, self._weekend)

    @intent("rain")
    async def rain(
        self,
        turn: Turn,
        date: date | None = None,
        place: str | None = None,
        time: When | None = None,
    ) -> Answer:
        """Whether it will rain or snow."""
        return await self._tell(turn, place, self._rain, date, time)

    @intent("wet_days")
    async def wet_days(self, turn: Turn, place: str | None = None) -> Answer:
        """On which of the days to come it will rain or snow."""
        return await self._tell(turn, place, self._wet_days)

    @intent("wear")
    async def wear(
        self,
        turn: Turn,
        date: date | None = None,
        place: str | None = None,
        time: When | None = None,
    ) -> Answer:
        """What to put on."""
        return await self._tell(turn, place, self._clothes, date, time)

    @intent("outdoors")
    async def outdoors(
        self,
        turn: Turn,
        date: date | None = None,
        place: str | None = None,
        time: When | None = None,
    ) -> Answer:
        """Whether it is weather for something outside."""
        return await self._tell(turn, place, self._outside, date, time)

    @intent("starts")
    async def starts(self, turn: Turn, place: str | None = None) -> Answer:
        """When it begins to rain."""
        return await self._tell(turn, place, partial(self._turning, wet=True))

    @intent("stops")
    async def stops(self, turn: Turn, place: str | None = None) -> Answer:
        """When the rain is over."""
        return await self._tell(turn, place, partial(self._turning, wet=False))

    @intent("compare")
    async def compare(self, turn: Turn, place: str, other: str | None = None) -> Answer:
        """Where it is warmer: in a place, or in another one or here."""
        told: list[float] = []

        def degrees(turn: Turn, data: Forecast, span: Span) -> str:
            told.append(data["now"]["degrees"])
            return turn.phrase("so_warm", degrees=number(data["now"]["degrees"], turn))

        said = [await self._tell(turn, each, degrees) for each in (place, other)]
        if len(told) == len(said):
            one, two = told
            key = "warmer" if one > two else "cooler" if one < two else "same"
            said.append(turn.phrase(key, place=place))
        return joined(said, turn.language)

    @intent("soon")
    async def soon(self, turn: Turn, duration: timedelta) -> Answer:
        """Whether it will rain before a time is over."""
        now = self.now()
        hours = min(max(1, round(duration.total_seconds() / 3600)), LONGEST)
        at = Span(
            day=now.date(),
            start=now.replace(minute=0, second=0, microsecond=0, tzinfo=None),
            hours=hours + 1,
            name=turn.phrase("within", length=say_duration(duration, turn.language)),
        )
        return await self._tell(turn, None, lambda turn, data, _: self._rain(turn, data, at))

    @intent("sunny_days")
    async def sunny_days(self, turn: Turn, place: str | None = None) -> Answer:
        """On which of the days to come the sun shines."""
        return await self._tell(turn, place, self._sunny)

    @intent("two_days")
    async def two_days(self, turn: Turn, date: date, other: date) -> Answer:
        """Two days, one after the other."""
        return await self._tell(
            turn, None, lambda turn, data, _: self._told(turn, data, (date, other))
        )

    @intent("than_it")
    async def than(self, turn: Turn, date: date) -> Answer:
        """The day that was spoken of beside another: "比今天冷吗"."""
        where, day, _ = self._before or (None, self.now().date(), None)
        days = (day, date)
        return await self._tell(
            turn, where, lambda turn, data, _: self._told(turn, data, days), day
        )

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, place: str, date: date | None = None) -> Answer:
        """The same somewhere else."""
        return await self._tell(turn, place, self._day, date or self._day_before)

    @intent("another_day")
    async def another_day(self, turn: Turn, date: date, place: str | None = None) -> Answer:
        """The same on another day."""
        where = place or (self._before[0] if self._before else None)
        words = self._weekend if WEEKEND.search(turn.text.lower()) else self._day
        return await self._tell(turn, where, words, date)

    @intent("another_time")
    async def another_time(self, turn: Turn, time: When | None = None) -> Answer:
        """The same at another time of the day that was spoken of."""
        where, _, before = self._before or (None, None, None)
        day = time.day if time and time.day else self._day_before
        return await self._tell(turn, where, self._day, day, time or before)

    @property
    def _day_before(self) -> date | None:
        """The day of the last question."""
        return self._before[1] if self._before else None

    def offers(self) -> Mapping[str, object]:
        """`sky`: what it is like outside, for music that fits."""
        return {"sky": self.sky}

    def sky(self) -> str:
        """The sky where the household is, as it was last told; empty if that is long ago. Asks
        nobody."""
        kept = self.home.store.get(self.home.store.get("outside", ""))
        if not kept or self.now() - datetime.fromisoformat(kept["at"]) > OUTSIDE:
            return ""
        return str(kept["data"]["now"]["sky"])

    # --- telling it ----------------------------------------------------------------------

    async def _tell(
        self,
        turn: Turn,
        place: str | None,
        words: Words,
        day: date | None = None,
        when: When | None = None,
    ) -> str:
        """The words for a forecast, with the place they are about and their age."""
        if place is None and self._before and _THERE.search(turn.text.lower()):
            place = self._before[0]
        try:
            name, data, fetched = await self._forecast(turn, place)
        except NotAllowed:
            return turn.phrase("not_allowed")
        except Rejected as error:
            return turn.phrase("wrong_token" if error.status in (401, 403) else "unreachable")
        except Unreachable:
            return turn.phrase("unreachable")
        if data is None:
            return turn.phrase("which_place" if name is None else "unknown_place", place=name)
        when = when or self._time(turn)
        today = self.now().date()
        day = max(day or (when.moment.date() if when else today), today)
        self._before = place, day, when
        said = words(turn, data, span(turn, day, when, self.now()))
        if said is None:
            return turn.phrase("too_far")
        said = turn.phrase("answer", place=name, words=said)
        if self.now() - fetched > FRESH:
            said += turn.phrase("as_of", time=say_moment(fetched, turn.language, self.now()))
        return said

    def _time(self, turn: Turn) -> When | None:
        """The time of day that was said."""
        found = values.find("time", normalise(turn.asked, turn.language), turn.language, self.now())
        told: Iterable[Any] = (each.value for each in found)
        return next((each for each in told if each.clock or each.part or each.after), None)
