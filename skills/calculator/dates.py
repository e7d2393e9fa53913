"""Ages, and the time between two days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or only its year or month."""

    day: date
    """The first of the month or year, where no day was said."""
    year_only: bool = False
    year_said: bool = True


def _age(born: Day, on: date) -> int:
    """Birthdays had; of a mere year those of that year."""
    early = not born.year_only and (on.month, on.day) < (born.day.month, born.day.day)
    return on.year - born.day.year - early


def _span(one: Day, other: Day) -> tuple[date, date]:
    """Two days in their order: the year that was not said is that of the other."""
    start, end = one.day, other.day
    if one.year_said and not other.year_said:
        end = end.replace(year=start.year)
        end = end if end >= start else end.replace(year=start.year + 1)
    elif end < start and not one.year_said:
        start = start.replace(year=start.year - 1)
    return start, end


def _days(one: Day, other: Day) -> int:
    start, end = _span(one, other)
    return abs((end - start).days)


def _months(one: Day, other: Day) -> int:
    start, end = _span(one, other)
    months = (end.year - start.year) * 12 + end.month - start.month
    return abs(months - (end.day < start.day))


def _years(one: Day, other: Day) -> int:
    return abs(_age(one, other.day) if not one.year_only else other.day.year - one.day.year)


SPANS: Mapping[str, Callable[[Day, Day, date], Fraction | int]] = {
    "age": lambda day, _, today: _age(day, today),
    "age_then": lambda day, other, _: other.day.year - day.day.year,
    "days": lambda day, other, _: _days(day, other),
    "months": lambda day, other, _: _months(day, other),
    "weeks": lambda day, other, _: Fraction(_days(day, other), 7),
    "years": lambda day, other, _: _years(day, other),
    "years_ago": lambda day, _, today: today.year - day.day.year,
    "years_until": lambda day, _, today: day.day.year - today.year,
}
"""By name, of one or two days and today."""
