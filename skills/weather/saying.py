"""A forecast in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from voice_assistant.normal import joined
from voice_assistant.skill import Turn
from voice_assistant.speaking import say_date, say_list, say_moment, say_number

from .forecasts import Forecast
from .having import Having
from .spans import Span, hours_of, span

LIKELY, UNLIKELY = 55, 25
"""Percent from which rain is a yes, and below which it is a no."""

COLD, MILD = 10, 19
"""Degrees Celsius at most by day below which one wears something warm, and a jacket."""

MOST = 4
"""Days that are told one by one at most."""

_WIND = re.compile(r"\b(?:windy?|gusts?|breez[ey]+|storm[sy]?)\b|风")
WEEKEND = re.compile(r"weekend|周末")
"""Whether a question is about the weekend."""

WET = frozenset({"rainy", "snowy", "storm"})


class Saying(Having):
    """The part of `weather` that puts a stretch of a forecast into words; None where the forecast
    does not reach it."""

    def _moment(self, turn: Turn, data: Forecast, span: Span) -> str:
        now = data["now"]
        return turn.phrase(
            "moment_miles" if self._imperial else "moment",
            sky=turn.phrase(now["sky"]),
            degrees=number(now["degrees"], turn),
            wind=number(now["wind"], turn),
        )

    def _day(self, turn: Turn, data: Forecast, span: Span) -> str | None:
        found = span.of(data)
        if found is None:
            return None
        said = turn.phrase(
            "day" if number(found["low"], turn) != number(found["high"], turn) else "hour",
            day=span.name,
            sky=turn.phrase(found["sky"]),
            low=number(found["low"], turn),
            high=number(found["high"], turn),
        )
        if found["chance"] is not None:
            said += turn.phrase("chance", chance=number(found["chance"], turn))
        if _WIND.search(turn.asked.lower()) and found.get("wind") is not None:
            key = "gusts_miles" if self._imperial else "gusts"
            said += turn.phrase(key, wind=number(found["wind"], turn))
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
                low=number(found["low"], turn),
                high=number(found["high"], turn),
            )
        chance = _chance(found)
        key = "yes" if chance >= LIKELY else "maybe" if chance >= UNLIKELY else "no"
        wet = found["sky"] if found["sky"] in WET else "rainy"
        return turn.phrase(
            f"rain_{key}",
            wet=turn.phrase(f"{wet}_noun"),
            day=span.name,
            chance=number(chance, turn),
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
        if WEEKEND.search(turn.asked.lower()):
            days = [each for each in days if date.fromisoformat(each["date"]).weekday() > 4]
        wet = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in days
            if (each["sky"] == "snowy" if snow else _chance(each) >= LIKELY)
        ]
        noun = turn.phrase("snowy_noun" if snow else "rainy_noun")
        if wet:
            return turn.phrase("wet_on", wet=noun, days=say_list(wet, turn.language))
        return turn.phrase("wet_never", wet=noun, count=number(len(days), turn)) if days else None

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
            low=number(min(each["low"] for each in days), turn),
            high=number(max(each["high"] for each in days), turn),
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


def number(value: float, turn: Turn) -> str:
    """A figure as it is spoken: rounded."""
    return say_number(round(value), turn.language)
