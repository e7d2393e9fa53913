"""From what was said about a point in time to the moment that is meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import weekdays

from voice_assistant.values.kinds import Repeat, When

PARTS = {
    "dawn": time(5),
    "morning": time(8),
    "noon": time(12),
    "afternoon": time(15),
    "evening": time(19),
    "night": time(21),
}
"""The moment that stands for a part of the day where no clock time was said."""


@dataclass(slots=True)
class Said:
    """The parts of a point in time that were said so far."""

    day: date | None = None
    weekday: int | None = None
    """A weekday without "next" or "last": the coming one."""
    week: date | None = None
    """The Monday of a week that was said: "next week"."""
    clock: time | None = None
    fixed: bool = False
    """Whether the clock time is known to be before or after noon."""
    part: str | None = None
    after: timedelta | None = None
    repeat: Repeat | None = None
    excepted: tuple[int, ...] = ()
    """Weekdays that a repetition leaves out."""


def nth_weekday(year: int, month: int, which: int, weekday: int) -> date:
    """The first, second ... such weekday of a month; -1 is the last."""
    start = date(year, month, 1) + relativedelta(day=31 if which < 0 else 1)
    return start + relativedelta(weekday=weekdays[weekday](which))


def resolve(said: Said, now: datetime) -> When | None:
    """The next moment that fits, or None when nothing was said."""
    if said.after is not None and said.clock is None and said.day is None:
        return When(moment=now + said.after, after=said.after)
    _date(said)
    clock, ambiguous = _clock(said)
    if said.excepted and not _except(said):
        return None
    _repeat(said, now)
    half = said.day is None and said.weekday == now.weekday() and ambiguous
    if said.day is None and said.weekday is not None:
        said.day = _weekday(said.weekday, clock, ambiguous, now)
    anything = (said.day, clock, said.part, said.repeat)
    if all(part is None for part in anything):
        return None
    if said.after is not None and clock is None:
        moment = now + said.after
    else:
        at = clock or PARTS.get(said.part or "", time(0))
        moment, ambiguous = _moment(said, at, now, ambiguous=ambiguous, timed=clock is not None)
    return When(
        moment=moment,
        day=said.day,
        clock=moment.time() if clock is not None else None,
        part=said.part,
        after=said.after,
        repeat=said.repeat,
        ambiguous=ambiguous,
        half_over=half and said.day == now.date() and moment.hour >= 12,
    )


def _date(said: Said) -> None:
    """Make a day of a weekday in a week that was said, too."""
    if said.after is not None and said.day is not None and said.weekday is not None:
        # "on Friday in two weeks": the Friday of the week in which that is
        said.day += timedelta(days=said.weekday - said.day.weekday())
        said.weekday = said.after = None
    if said.week is not None and said.weekday is not None and said.repeat is None:
        said.day = said.week + timedelta(days=said.weekday)  # "Friday next week"
        said.weekday = None


def _except(said: Said) -> bool:
    """Leave the excepted weekdays out of what repeats; whether anything repeats by days."""
    if said.repeat is None and said.clock is not None and said.day is None:
        said.repeat = Repeat(every="day")  # "at nine, but not on Sundays"
    if said.repeat is None or said.repeat.every not in ("day", "week"):
        return False
    days = [day for day in said.repeat.days or range(7) if day not in said.excepted]
    said.repeat = replace(said.repeat, every="week", days=tuple(days))
    return True


def _repeat(said: Said, now: datetime) -> None:
    """Take the day that was said for the day on which it repeats."""
    if said.repeat and said.repeat.every == "week" and said.weekday is not None:
        said.repeat = replace(said.repeat, days=said.repeat.days or (said.weekday,))
        said.weekday = None
    if said.repeat and said.repeat.every == "month" and said.day:
        said.repeat = replace(said.repeat, monthday=said.day.day)
        said.day = _monthly(said.day.day, now.date())


def _clock(said: Said) -> tuple[time | None, bool]:
    """The clock time as far as the part of the day settles it, and whether it is still open."""
    clock = said.clock
    if clock is None:
        return None, False
    if said.fixed or said.part is None:
        return clock, not said.fixed and 1 <= clock.hour <= 12
    hour = clock.hour
    if said.part == "evening" and hour < 5:
        said.part = "night"  # 晚上一点
    if (
        said.part in {"afternoon", "evening", "noon"}
        and hour < 12
        and not (said.part == "noon" and hour >= 10)
    ) or (said.part == "night" and 5 <= hour < 12):
        hour += 12
    elif (said.part in {"night", "dawn"} and hour == 12) or (said.part == "morning" and hour == 12):
        hour = 0
    return clock.replace(hour=hour), False


def _weekday(day: int, clock: time | None, ambiguous: bool, now: datetime) -> date:
    ahead = (day - now.weekday()) % 7
    if ahead == 0 and clock is not None:
        latest = clock.replace(hour=(clock.hour % 12) + 12) if ambiguous else clock
        if latest <= now.time():
            ahead = 7
    return now.date() + timedelta(days=ahead)


def _moment(
    said: Said, at: time, now: datetime, *, ambiguous: bool, timed: bool
) -> tuple[datetime, bool]:
    hours = [at.hour % 12, at.hour % 12 + 12] if ambiguous else [at.hour]
    first = said.day or now.date()
    night = said.part == "night" and said.day is not None and timed and at.hour < 5
    for ahead in range(367):
        if said.day is not None and ahead and said.repeat is None:
            break
        day = first + timedelta(days=ahead + (1 if night else 0))
        if not _fits(day, said.repeat, first):
            continue
        for hour in hours:
            moment = datetime.combine(day, at.replace(hour=hour), now.tzinfo)
            if moment > now or (said.day is not None and said.day != now.date()):
                return moment, (ambiguous and said.day != now.date()) or (ambiguous and hour < 12)
    day = first + timedelta(days=1 if night else 0)
    return datetime.combine(day, at.replace(hour=hours[-1]), now.tzinfo), False


def _monthly(number: int, today: date) -> date:
    """The next day of this number, or the last of a shorter month."""
    this_month = today + relativedelta(day=number)
    return this_month if this_month >= today else today + relativedelta(months=1, day=number)


def _fits(day: date, repeat: Repeat | None, first: date) -> bool:
    if repeat is None or not repeat.days:
        if repeat is not None and repeat.every in {"month", "year"}:
            return day == day + relativedelta(day=repeat.monthday or first.day)
        return True
    which = (day.day - 1) // 7 + 1
    last = (day + timedelta(days=7)).month != day.month
    return day.weekday() in repeat.days and (
        repeat.nth in {0, which} or (repeat.nth == -1 and last)
    )


def coming_day(day: int, today: date) -> date:
    """The next day of this number, in the first month that has one."""
    month = today.replace(day=1)
    while (found := month + relativedelta(day=day)) < today or found.day != day:
        month += relativedelta(months=1)
    return found
