"""Dates, weekdays, weeks, months and years."""

from __future__ import annotations

import re
from calendar import isleap, month_name, monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import (
    say_count,
    say_date,
    say_number,
    say_ordinal,
    say_weekday,
    say_year,
)

from .saying import dated, year_said

_NEXT_LEAP = re.compile("next leap|下(?:一?个|一?次)闰年|哪一?年是闰年")
_WAS = re.compile(r"\bwas\b")
_WHOLE_YEAR = re.compile("year|今年有|一年")


class Dates(Skill):
    """The part of `clock` that tells dates."""

    _day: date | None = None
    """The day that was spoken of last."""

    @intent("date")
    async def what_date(self, turn: Turn, date: date | None = None) -> Answer:
        """Which date it is, or a day has."""
        today = self.now().date()
        self._day = date or today
        if date is None or date == today:
            return turn.phrase(
                "today",
                date=say_date(today, turn.language, full=True),
                year=say_year(today.year, turn.language),
            )
        return turn.phrase("that_day", date=say_date(date, turn.language, today=today, full=True))

    @intent("year")
    async def year(self, turn: Turn) -> Answer:
        """Which year it is."""
        return turn.phrase("year", year=say_year(self.now().year, turn.language))

    @intent("in_days")
    @intent("in_days_it")
    async def in_days(self, turn: Turn, duration: timedelta) -> Answer:
        """Which date it will be after some days."""
        return self._that_day(turn, self.now().date() + duration)

    @intent("days_on")
    async def days_on(self, turn: Turn, duration: timedelta) -> Answer:
        """Which date it is so much later than the day that was just spoken of."""
        return self._that_day(turn, (self._day or self.now().date()) + duration)

    def _that_day(self, turn: Turn, day: date) -> str:
        self._day = day
        return turn.phrase(
            "that_day", date=say_date(day, turn.language, today=self.now(), full=True)
        )

    @intent("year_left")
    async def year_left(self, turn: Turn) -> Answer:
        """How much of the year is over, and how much is left."""
        today = self.now().date()
        gone = today.timetuple().tm_yday
        left = 365 + isleap(today.year) - gone
        noun = turn.phrase("noun_day")
        return turn.phrase(
            "year_left",
            gone=say_count(gone, noun, turn.language),
            left=say_count(left, noun, turn.language),
        )

    @intent("weekday_it")
    async def weekday_it(self, turn: Turn) -> Answer:
        """Which day of the week the day is that was just spoken of."""
        return await self.weekday(turn, self._day or self.now().date())

    @intent("weekday")
    async def weekday(self, turn: Turn, date: date, who: str | None = None) -> Answer:
        """Which day of the week a date is."""
        if _WAS.search(turn.asked.lower()) and date > self.now().date():
            date -= relativedelta(years=1)  # "what day was the fourth of July"
        self._day = date
        past = date < self.now().date()
        return turn.phrase(
            "weekday_past" if past else "weekday",
            date=dated(date, turn.language, self.now().date()),
            weekday=say_weekday(date, turn.language),
        )

    @intent("leap")
    async def leap(self, turn: Turn, date: date | None = None, year: int | None = None) -> Answer:
        """Whether a year is a leap year, and which is next."""
        now = self.now().year
        asked = int(year) if year else date.year if date else None
        following = next(
            each for each in range(max(asked or now, now) + 1, now + 9999) if isleap(each)
        )
        said = {"following": say_year(following, turn.language)}
        if asked is None and _NEXT_LEAP.search(turn.asked.lower()):
            return turn.phrase("next_leap", **said)
        asked = asked or year_said(turn.asked, self.now().date()) or now
        key = "leap_year" if isleap(asked) else "no_leap"
        return turn.phrase(key, year=say_year(asked, turn.language), **said)

    @intent("length")
    async def length(self, turn: Turn, month: str | None = None) -> Answer:
        """How many days a month or this year has."""
        today = self.now().date()
        year = year_said(turn.asked, today) or today.year
        if month is None and _WHOLE_YEAR.search(turn.asked.lower()):
            days, name = 365 + isleap(year), say_year(year, turn.language)
        else:
            first = date(year, int(month or today.month), 1)
            days, name = monthrange(first.year, first.month)[1], _month(first.month, turn.language)
        count = say_count(days, turn.phrase("noun_day"), turn.language)
        return turn.phrase("length", month=name, count=count)

    @intent("week")
    async def week(self, turn: Turn, date: date | None = None) -> Answer:
        """The number of the week (ISO 8601: weeks begin on Monday)."""
        number = (date or self.now().date()).isocalendar().week
        said = say_ordinal(number, "zh") if turn.language == "zh" else number
        return turn.phrase("week", week=said)


def _month(month: int, language: str) -> str:
    return f"{say_number(month, 'zh')}月" if language == "zh" else month_name[month]
