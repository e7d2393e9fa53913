"""Days with a name: feasts, holidays and solar terms, on their next date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from dateutil.rrule import weekdays
from lunar_python import Lunar, Solar

from voice_assistant.texts import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day that comes every year."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    rule: str
    """`12-25`; `easter -2`; `nth 11 4 3` (month, which one, weekday); `lunar 8-15`; `term 清明`;
    `eve` (the last day of the lunar year)."""

    def called(self, language: str) -> str:
        """Its name in a language."""
        return (self.chinese if language == "zh" else self.english)[0]

    def after(self, today: date) -> date:
        """Its next date, today included."""
        return next(day for day in self._dates(today.year - 1) if day >= today)

    def of(self, year: int) -> date:
        """Its date in a year."""
        return _on(self.rule, year)

    def _dates(self, year: int) -> Iterator[date]:
        while True:
            yield _on(self.rule, year)
            year += 1


def find(said: str) -> NamedDay | None:
    """The day that is meant."""
    return known().get(said.lower().removeprefix("the ").strip())


@cache
def known() -> dict[str, NamedDay]:
    """Every name -> its day."""
    entries = read_yaml((files(__package__) / "data" / "days.yaml").read_text("utf-8"))
    found = {}
    for rule, (english, chinese) in entries.items():
        day = NamedDay(
            english=tuple(english.split("|")), chinese=tuple(chinese.split("|")), rule=rule
        )
        found.update({name.lower(): day for name in (*day.english, *day.chinese)})
    return found


def _on(rule: str, year: int) -> date:
    """The date of a rule in a year; a lunar date is of the lunar year that begins in it."""
    kind, _, rest = rule.partition(" ")
    if kind == "easter":
        return easter(year) + timedelta(days=int(rest))
    if kind == "nth":
        month, which, weekday = map(int, rest.split())
        start = date(year, month, 1) + (
            relativedelta(months=1, days=-1) if which < 0 else relativedelta()
        )
        return start + relativedelta(weekday=weekdays[weekday](which))
    if kind == "lunar":
        month, day = map(int, rest.split("-"))
        return _date(Lunar.fromYmd(year, month, day).getSolar())
    if kind == "term":
        return _date(Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()[rest])
    if kind == "eve":
        return _date(Lunar.fromYmd(year + 1, 1, 1).getSolar()) - timedelta(days=1)
    month, day = map(int, rule.split("-"))
    return date(year, month, day)


def _date(solar: Any) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
