"""What comes again and when: recurrence rules (RFC 5545) on the wall clock.

All times here are naive local times: "every day at seven" is seven on the wall on both sides of a
change to summer time. `localise` gives them their moment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from dateutil.rrule import rrulestr
from dateutil.tz import resolve_imaginary

from voice_assistant.values.kinds import Repeat, When

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
}


def rule(repeat: Repeat, first: datetime) -> str:
    """The rule of a spoken repetition whose first time is `first`.

    "Monthly on the 31st" means the last day in shorter months, and so does "every year on the 29th
    of February": a bill is due in every month.
    """
    if repeat.every == "year":
        parts = ["FREQ=YEARLY", f"BYMONTH={first.month}", _day_of_month(first.day)]
    elif repeat.nth:
        parts = ["FREQ=MONTHLY", f"BYDAY={repeat.nth}{_DAYS[repeat.days[0]]}"]
    elif repeat.every == "month":
        parts = ["FREQ=MONTHLY", _day_of_month(repeat.monthday or first.day)]
    else:
        parts = [f"FREQ={_FREQUENCIES[repeat.every]}"]
        if repeat.days:
            parts.append("BYDAY=" + ",".join(_DAYS[day] for day in repeat.days))
    if repeat.interval != 1:
        parts.append(f"INTERVAL={repeat.interval}")
    return ";".join(parts)


def _day_of_month(day: int) -> str:
    if day <= 28:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(str(each) for each in range(28, day + 1))};BYSETPOS=-1"


def following(rule: str, first: datetime, after: datetime) -> datetime | None:
    """The next time of a rule that began at `first`, later than `after`; None when it has ended."""
    found: datetime | None = rrulestr(rule, dtstart=first).after(after)
    return found


def localise(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which a wall clock of the zone shows `wall`.

    In the hour that a spring night leaves out, it is the hour after; of an autumn hour that comes
    twice, it is the first.
    """
    moment: datetime = resolve_imaginary(wall.replace(tzinfo=zone, fold=0))
    return moment


def repeat_of(rule: str) -> Repeat:
    """What was said, from its rule."""
    fields = dict(part.split("=") for part in rule.split(";"))
    every = {"YEARLY": "year"} | {name: each for each, name in _FREQUENCIES.items()}
    days = fields.get("BYDAY", "").split(",")
    monthly = every[fields["FREQ"]] == "month"
    return Repeat(
        every=every[fields["FREQ"]],
        days=tuple(_DAYS.index(day[-2:]) for day in days if day),
        nth=int(days[0][:-2] or 0),
        monthday=int(fields.get("BYMONTHDAY", "0").split(",")[-1]) if monthly else 0,
        interval=int(fields.get("INTERVAL", 1)),
    )


def moved(repeat: Repeat, moment: datetime) -> Repeat:
    """A repetition that is put to another time: what comes on one day of the week or the month
    comes on the day of that moment."""
    if repeat.nth:
        return repeat
    days = (moment.weekday(),) if len(repeat.days) == 1 else repeat.days
    return replace(repeat, days=days, monthday=0 if repeat.monthday != moment.day else moment.day)


def without(repeat: Repeat, gone: When) -> Repeat | None:
    """A repetition by days or weeks without some weekdays; none where none is left of it."""
    days = gone.repeat.days if gone.repeat else (gone.moment.weekday(),)
    left = tuple(day for day in repeat.days or range(7) if day not in days)
    return replace(repeat, every="week", days=left) if left else None


def first_time(repeat: Repeat, moment: datetime, now: datetime) -> datetime:
    """The first time of a repetition at the clock time of `moment`, after `now` (both naive)."""
    if not repeat.days or repeat.nth:
        return moment
    clock = moment.time()
    day = now.date()
    for _ in range(8):
        wall = datetime.combine(day, clock)
        if wall > now and day.weekday() in repeat.days:
            return wall
        day += timedelta(days=1)
    return moment
