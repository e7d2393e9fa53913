"""The weather, where the settings allow the network; kept, and told with its age when it is away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
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
_NEW = re.compile(
    r"\b(?:weather|forecast|outside|here|now|today)\b|天气|预报|外[面头]|这[里儿]|现在|这会儿|今[天儿]"
)
"""What a question says that is about here, or now, whatever the one before was about."""

Words: TypeAlias = Callable[[Turn, Forecast, Span], str | None]
"""What is said of a stretch of time; None where the forecast does not reach it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question was about."""

    words: Words
    place: str | None = None
    day: date | None = None
    when: When | None = None


class Weather(Saying):
    """Tells the weather of now and of the days to come."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._before = Asked(words=self._day)
        """The last question."""

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
    @intent("week_it")
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
        words = self._weekend if WEEKEND.search(turn.asked.lower()) else self._rain
        return await self._tell(turn, place, words, date, time)

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
        before = self._before
        days = (before.day or self.now().date(), date)
        return await self._tell(
            turn, before.place, lambda turn, data, _: self._told(turn, data, days), before.day
        )

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, place: str, date: date | None = None) -> Answer:
        """The same somewhere else."""
        return await self._tell(turn, place, self._same, date or self._before.day)

    @intent("another_day")
    async def another_day(self, turn: Turn, date: date, place: str | None = None) -> Answer:
        """The same on another day."""
        words = self._weekend if WEEKEND.search(turn.text.lower()) else self._same
        return await self._tell(turn, place or self._before.place, words, date)

    @intent("another_time")
    async def another_time(self, turn: Turn, time: When | None = None) -> Answer:
        """The same at another time of the day that was spoken of."""
        before = self._before
        day = time.day if time and time.day else before.day
        return await self._tell(turn, before.place, self._same, day, time or before.when)

    @property
    def _same(self) -> Words:
        """The words of the question before, where another day has them too."""
        return self._before.words if self._before.words in self._of_days else self._day

    @property
    def _of_days(self) -> tuple[Words, ...]:
        """What can be said of any day."""
        return self._rain, self._clothes, self._outside

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
        asked = self._completed(turn, Asked(words=words, place=place, day=day, when=when))
        words, place, day = asked.words, asked.place, asked.day
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
        when = asked.when or self._time(turn)
        today = self.now().date()
        day = max(day or (when.moment.date() if when else today), today)
        self._before = Asked(words=words, place=place, day=day, when=when)
        said = words(turn, data, span(turn, day, when, self.now()))
        if said is None:
            return turn.phrase("too_far")
        said = turn.phrase("answer", place=name, words=said)
        if self.now() - fetched > FRESH:
            said += turn.phrase("as_of", time=say_moment(fetched, turn.language, self.now()))
        return said

    def _completed(self, turn: Turn, asked: Asked) -> Asked:
        """A question with what it leaves to the one before: of two in a row, "will it rain" is about
        the place and the day of "Paris tomorrow", and "in the morning" about the place."""
        before, said = self._before, turn.asked.lower()
        if asked.place is not None:
            return asked
        last = turn.session.context
        goes_on = last is not None and last.route and last.route.skill == self.home.name
        if (goes_on and not _NEW.search(said)) or _THERE.search(said):
            asked = replace(asked, place=before.place)
        if not goes_on or asked.day or asked.when or self._time(turn) or _NEW.search(said):
            return asked
        told_then = asked.words == self._moment != before.words
        words = self._day if told_then else asked.words
        return replace(asked, words=words, day=before.day, when=before.when)

    def _time(self, turn: Turn) -> When | None:
        """The time of day that was said."""
        found = values.find("time", normalise(turn.asked, turn.language), turn.language, self.now())
        told: Iterable[Any] = (each.value for each in found)
        return next((each for each in told if each.clock or each.part or each.after), None)
