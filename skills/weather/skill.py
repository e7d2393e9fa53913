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
from voice_assistant.speaking import say_date, say_duration, say_list, say_moment, say_number
from voice_assistant.values.kinds import When

from .forecasts import Forecast
from .having import FRESH, Having
from .spans import Span, hours_of, span

OUTSIDE = timedelta(hours=3)
"""How long the sky that was told is taken for the one outside."""

LIKELY, UNLIKELY = 55, 25
"""Percent from which rain is a yes, and below which it is a no."""

COLD, MILD = 10, 19
"""Degrees Celsius at most by day below which one wears something warm, and a jacket."""

LONGEST = 48
"""Hours from now that "in the next hours" reaches at most."""

MOST = 4
"""Days that are told one by one at most."""

_WIND = re.compile(r"\b(?:windy?|gusts?|breez[ey]+|storm[sy]?)\b|风")
_THERE = re.compile(r"\bthere\b(?! (?:be|any|a|is|will))|那里|那边|那儿")
_WEEKEND = re.compile(r"weekend|周末")

Words: TypeAlias = Callable[[Turn, Forecast, Span], str | None]
"""What is said of a stretch of time; None where the forecast does not reach it."""

WET = frozenset({"rainy", "snowy", "storm"})


class Weather(Having):
    """Tells the weather of now and of the days to come."""

    permissions = frozenset({"network"})

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
            return turn.phrase("so_warm", degrees=_number(data["now"]["degrees"], turn))

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

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, place: str, date: date | None = None) -> Answer:
        """The same somewhere else."""
        return await self._tell(turn, place, self._day, date or self._day_before)

    @intent("another_day")
    async def another_day(self, turn: Turn, date: date, place: str | None = None) -> Answer:
        """The same on another day."""
        where = place or (self._before[0] if self._before else None)
        words = self._weekend if _WEEKEND.search(turn.text.lower()) else self._day
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

    # --- saying it -----------------------------------------------------------------------

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

    def _moment(self, turn: Turn, data: Forecast, span: Span) -> str:
        now = data["now"]
        return turn.phrase(
            "moment_miles" if self._imperial else "moment",
            sky=turn.phrase(now["sky"]),
            degrees=_number(now["degrees"], turn),
            wind=_number(now["wind"], turn),
        )

    def _day(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        found = span.of(data)
        if found is None:
            return None
        said = turn.phrase(
            "day" if _number(found["low"], turn) != _number(found["high"], turn) else "hour",
            day=span.name,
            sky=turn.phrase(found["sky"]),
            low=_number(found["low"], turn),
            high=_number(found["high"], turn),
        )
        if found["chance"] is not None:
            said += turn.phrase("chance", chance=_number(found["chance"], turn))
        if _WIND.search(turn.asked.lower()) and found.get("wind") is not None:
            key = "gusts_miles" if self._imperial else "gusts"
            said += turn.phrase(key, wind=_number(found["wind"], turn))
        return said + turn.phrase("end")

    def _rain(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        found = span.of(data)
        if found is None:
            return None
        if _asks_for_snow(turn.asked) and found["sky"] != "snowy":
            return turn.phrase(
                "no_snow",
                day=span.name,
                sky=turn.phrase(found["sky"]),
                low=_number(found["low"], turn),
                high=_number(found["high"], turn),
            )
        chance = _chance(found)
        key = "yes" if chance >= LIKELY else "maybe" if chance >= UNLIKELY else "no"
        wet = found["sky"] if found["sky"] in WET else "rainy"
        return turn.phrase(
            f"rain_{key}",
            wet=turn.phrase(f"{wet}_noun"),
            day=span.name,
            chance=_number(chance, turn),
        )

    def _turning(self, turn: Turn, data: Forecast, span: Span, *, wet: bool) -> str | None:
        """When it begins to rain, or ends."""
        now = self.now()
        start = now.replace(minute=0, second=0, microsecond=0, tzinfo=None)
        hours = [each for each in hours_of(data) if each["time"] >= start]
        if not hours:
            return self._wet_days(turn, data, span)
        if _is_wet(hours[0]) == wet:
            return turn.phrase("rains_already" if wet else "is_dry")
        noun = turn.phrase("snowy_noun" if _asks_for_snow(turn.asked) else "rainy_noun")
        for each in hours:
            if _is_wet(each) == wet:
                moment = each["time"].replace(tzinfo=now.tzinfo)
                time = say_moment(moment, turn.language, now)
                return turn.phrase("rain_starts" if wet else "rain_stops", wet=noun, time=time)
        return self._wet_days(turn, data, span) if wet else turn.phrase("rains_on", wet=noun)

    def _outside(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        found, said = span.of(data), self._day(turn, data, span)
        if found is None or said is None:
            return None
        chance = _chance(found)
        key = "no" if chance >= LIKELY else "maybe" if chance >= UNLIKELY else "yes"
        return turn.phrase(f"outside_{key}", day=said)

    def _wet_days(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        snow = _asks_for_snow(turn.asked)
        days = [each for each in data["days"] if each["date"] >= self.now().date().isoformat()]
        if _WEEKEND.search(turn.asked.lower()):
            days = [each for each in days if date.fromisoformat(each["date"]).weekday() > 4]
        wet = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in days
            if (each["sky"] == "snowy" if snow else _chance(each) >= LIKELY)
        ]
        noun = turn.phrase("snowy_noun" if snow else "rainy_noun")
        if wet:
            return turn.phrase("wet_on", wet=noun, days=say_list(wet, turn.language))
        return turn.phrase("wet_never", wet=noun, count=_number(len(days), turn)) if days else None

    def _sunny(self, turn: Turn, data: Forecast, at: Span) -> str | None:
        today = self.now().date().isoformat()
        days = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in data["days"]
            if each["date"] >= today and each["sky"] in ("clear", "fair")
        ]
        if not days:
            return turn.phrase("sunny_never")
        said = say_list(days, turn.language)
        return turn.phrase("sunny_on", days=said, sky=turn.phrase("sunny"))

    def _clothes(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        found, said = span.of(data), self._day(turn, data, span)
        if found is None or said is None:
            return None
        high = found["high"] if not self._imperial else (found["high"] - 32) / 1.8
        clothes = "coat" if high < COLD else "jacket" if high < MILD else "light"
        return turn.phrase(
            "wear_wet" if _chance(found) >= LIKELY else "wear_dry",
            clothes=turn.phrase(f"wear_{clothes}"),
            day=said,
        )

    def _each(self, turn: Turn, data: Forecast, at: Span, *, count: int) -> str | None:
        """A few days, one by one."""
        today = self.now().date()
        days = [today + timedelta(days=n) for n in range(min(count, MOST))]
        return self._told(turn, data, days)

    def _told(self, turn: Turn, data: Forecast, days: Iterable[date]) -> str | None:
        spans = [span(turn, day, None, self.now()) for day in days]
        said = [each for at in spans if (each := self._day(turn, data, at)) is not None]
        return joined(said, turn.language) or None

    def _weekend(self, turn: Turn, data: Forecast, at: Span) -> str | None:
        day = at.day
        saturday = day + timedelta(days=(5 - day.weekday()) % 7 if day.weekday() < 6 else 0)
        days = [saturday, saturday + timedelta(days=1)] if day.weekday() < 6 else [day]
        return self._told(turn, data, days)

    def _days(self, turn: Turn, data: Forecast, at: Span) -> str | None:
        days = [each for each in data["days"] if each["date"] >= self.now().date().isoformat()]
        if not days:
            return None
        wet = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in days
            if each["sky"] in WET and (each["chance"] is None or each["chance"] >= UNLIKELY)
        ]
        said = turn.phrase(
            "week",
            low=_number(min(each["low"] for each in days), turn),
            high=_number(max(each["high"] for each in days), turn),
        )
        return said + (
            turn.phrase("week_wet", days=say_list(wet, turn.language))
            if wet
            else turn.phrase("week_dry")
        )

    def _name(self, day: date, turn: Turn) -> str:
        return say_date(day, turn.language, today=self.now().date())


def _chance(day: Mapping[str, Any]) -> float:
    """The chance of rain or snow on a day, in percent, told or not."""
    told = day["chance"]
    return float(told) if told is not None else 100.0 if day["sky"] in WET else 0.0


def _is_wet(hour: Mapping[str, Any]) -> bool:
    return hour["sky"] in WET or (hour["chance"] or 0) >= LIKELY


def _asks_for_snow(text: str) -> bool:
    return "snow" in text.lower() or "雪" in text


def _number(value: float, turn: Turn) -> str:
    return say_number(round(value), turn.language)
