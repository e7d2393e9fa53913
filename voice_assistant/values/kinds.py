"""What spoken values become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How often something comes back."""

    every: str
    """`minute`, `hour`, `day`, `week`, `month` or `year`."""
    days: tuple[int, ...] = ()
    """The days of a weekly repetition, Monday is 0."""
    nth: int = 0
    """Which such day of a month, -1 is the last; 0 is every one, in every week."""
    monthday: int = 0
    """The day of a monthly repetition, if it was said; in shorter months it is the last."""
    interval: int = 1
    """2: every other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A point in time as it was said: the moment that is meant, and which parts were said."""

    moment: datetime
    """The next moment that fits, in the zone of the `now` it was read with."""
    day: date | None = None
    """The day, if one was said."""
    clock: time | None = None
    """The time of day, if one was said ("at seven", "noon")."""
    part: str | None = None
    """The part of the day, if one was said: morning, afternoon, evening or night."""
    after: timedelta | None = None
    """The wait, if that was said ("in ten minutes")."""
    repeat: Repeat | None = None
    """The repetition, if one was said ("every weekday")."""
    ambiguous: bool = False
    """Whether a clock time was said that may be before or after noon; `moment` is the sooner."""
    half_over: bool = False
    """Whether that clock time of a weekday which is today's was over before noon: `moment` is today,
    but "seven on Monday" may be next week's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of a unit."""

    amount: int | float | Fraction
    unit: str
    """The unit's name in data/units.yaml: `cup`, `kilometre`, `celsius`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of a currency."""

    amount: int | float | Fraction
    currency: str
    """ISO 4217."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Those:
    """Which of several things are meant, by their order."""

    places: tuple[int, ...] = ()
    """From 1; from the end, -1 is the last."""
    but: bool = False
    """Whether all are meant but these."""
    other: bool = False
    """Whether it is all that was not spoken of before: "the other one"."""


Number: TypeAlias = "int | float | Fraction"
Value: TypeAlias = (
    "timedelta | When | date | Quantity | Money | Those | int | float | Fraction | str | Expression"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum and what it comes to."""

    value: Fraction | float | None
    """None where it has no value: a division by zero, the root of a negative number."""
    too_large: bool = False
    """Whether it has none because nobody could listen to all its digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value inside a longer text."""

    value: Value
    start: int
    end: int


def plain(value: Any) -> Any:
    """A slot's value as JSON can hold it: lengths of time in seconds, moments in ISO 8601."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        return int(seconds) if seconds.is_integer() else seconds
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    if is_dataclass(value) and not isinstance(value, type):
        said = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: plain(part) for name, part in said.items() if part not in (None, (), False)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value
