"""Days with a name, how far off they are, and public holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import (
    say_count,
    say_date,
    say_list,
)

from . import days
from .dates import Dates
from .saying import dated, year_said

_SINCE = re.compile(r"\bsince\b|\bago\b|\bpassed\b|过去(?:了|多少|几)|到现在|到今天")


class Feasts(Dates):
    """The part of `clock` that tells feasts and how long it is until a day."""

    _feast: str | None = None
    """The feast that was spoken of last; None where it was another day."""

    @intent("until")
    async def until(
        self,
        turn: Turn,
        date: date | None = None,
        day: str | None = None,
        span: str = "day",
        event: str | None = None,
    ) -> Answer:
        """How many days, weeks or months until (or since) a date."""
        named = days.find(day) if day else None
        if day and named is None:
            return turn.phrase("unknown_day", day=day)
        today = self.now().date()
        target = named.after(today) if named else date
        if target and target > today and _SINCE.search(turn.asked.lower()):
            target = named.of(today.year) if named else target.replace(year=today.year)
            target = target if target <= today else target - relativedelta(years=1)
        if target is None:
            return turn.phrase("which_day")
        self._day, self._feast = target, day
        name = named.called(turn.language) if named else dated(target, turn.language, today)
        if target == today:
            return turn.phrase("is_today", day=name)
        return turn.phrase(
            "until" if target > today else "since",
            count=_apart(turn, today, target, span),
            day=name,
            date=say_date(target, turn.language, today=today, full=True),
        )

    @intent("named_day")
    async def named_day(self, turn: Turn, day: str) -> Answer:
        """When a named day is."""
        named = days.find(day)
        if named is None:
            return turn.phrase("unknown_day", day=day)
        self._feast = day
        return self._on(turn, named, year_said(turn.asked, self.now().date()))

    def _on(self, turn: Turn, named: days.NamedDay, year: int | None) -> str:
        """When a named day is in a year, or next."""
        today = self.now().date()
        date = self._day = named.of(year) if year else named.after(today)
        key = "is_today" if date == today else "named_day" if date > today else "named_day_past"
        return turn.phrase(
            key,
            day=named.called(turn.language),
            date=say_date(date, turn.language, today=today, full=True),
        )

    @intent("until_it")
    async def until_it(self, turn: Turn, span: str = "day") -> Answer:
        """How long it is until the day that was just spoken of."""
        return await self.until(turn, self._day, span=span)

    @intent("other_year")
    async def other_year(self, turn: Turn, year: str) -> Answer:
        """The feast that was just spoken of in another year; else that day of the year."""
        if self._feast and (named := days.find(self._feast)):
            return self._on(turn, named, self.now().year + int(year))
        day = self._day or self.now().date()
        return await self.what_date(turn, day + relativedelta(year=self.now().year + int(year)))

    @intent("holiday")
    async def holiday(self, turn: Turn, date: date | None = None) -> Answer:
        """The next public holidays, or whether a day is one."""
        country = str(self.home.place.get("country") or "")
        if not country:
            return turn.phrase("no_country")
        today = self.now().date()
        free = _holidays(country, (today.year, today.year + 1), turn.language)
        if date is not None:
            key = "is_holiday" if date in free else "no_holiday"
            said = say_date(date, turn.language, today=today)
            return turn.phrase(key, date=said, holiday=free.get(date, ""))
        coming = sorted(day for day in free if day >= today)[:2]
        said = say_list(
            [
                turn.phrase(
                    "holiday_item",
                    holiday=free[day],
                    date=say_date(day, turn.language, today=today, full=True),
                )
                for day in coming
            ],
            turn.language,
        )
        return turn.phrase("holidays", holidays=said)


def _apart(turn: Turn, today: date, target: date, span: str) -> str:
    """The time between two days in days, or in whole weeks or months and the days left over."""
    start, end = sorted((today, target))
    parts = [((end - start).days, "day")]
    if span == "week":
        parts = [(parts[0][0] // 7, "week"), (parts[0][0] % 7, "day")]
    elif span == "month":
        between = relativedelta(end, start)
        parts = [(between.years * 12 + between.months, "month"), (between.days, "day")]
    told = [
        say_count(count, turn.phrase(f"noun_{noun}"), turn.language)
        for count, noun in parts
        if count
    ]
    return "零".join(told) if turn.language == "zh" else say_list(told, turn.language)


def _holidays(country: str, years: Iterable[int], language: str) -> Mapping[date, str]:
    from holidays import country_holidays

    tongue = {"zh": "zh_CN"}.get(language, "en_US")
    try:
        return dict(country_holidays(country, years=list(years), language=tongue))
    except NotImplementedError:
        return {}
