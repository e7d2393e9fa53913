"""Values mentioned in an utterance that reached its skill without them: a request in words that no
template has still says for how long, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from voice_assistant import values
from voice_assistant.answers import NEVER
from voice_assistant.jobs import Job
from voice_assistant.normal import core, normalise
from voice_assistant.recurrence import first_time, localise, rule
from voice_assistant.turn import Turn
from voice_assistant.values.kinds import Those, When

T = TypeVar("T")

_HALF_DAY = timedelta(hours=12)

_NIGHT = 6
"""The hour before which it is night."""

_BACK = {
    "en": re.compile(r"(?:cancel|forget)(?: (?:it|that|this|about it|about that))?"),
    "zh": re.compile(r"(?:取消|算了)(?:吧|了)?"),
}
"""What takes back the request before, and is a "stop" everywhere else."""

_ASKS = re.compile(r"\b(?:what|how) about\b|呢")

_WEEKDAY = re.compile(
    r"(?<!next )(?<!this )(?<!coming )\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"(?<![这本下每个])(?:周|星期|礼拜)[一二三四五六日天]"
)
"""The name of a day of any week."""

_EARLIER = re.compile(r"\b(?:earlier|forward)\b|提前|往前|提早|早")


def mentioned(kind: str, turn: Turn, now: datetime) -> Any:
    """The first value of a kind (`values.KINDS`) in what was said, or None."""
    found = values.find(kind, normalise(turn.text, turn.language), turn.language, now)
    return found[0].value if found else None


def refers_back(turn: Turn, skill: str) -> bool:
    """Whether a "stop" says "cancel it", and it is what this skill was just asked for."""
    before = turn.session.context
    if before is None or before.route is None or before.route.skill != skill:
        return False
    if before.interrupted and not before.receipts:
        return False  # it was asking, and did nothing
    text = core(normalise(turn.text, turn.language), turn.language)
    return _BACK[turn.language].fullmatch(text) is not None


def that(jobs: Iterable[Job], it: int | None) -> Job | None:
    """The job that "it" means: the one with the `id` that was spoken of last; None where it is not
    among these."""
    return next((job for job in jobs if job.id == it), None)


def pointed(turn: Turn, things: Sequence[T], it: Iterable[T] | None = None) -> list[T] | None:
    """What an utterance points at ("the second one", "all but the last") among things in their
    order; None where it points at none. The others are those besides `it`, which was spoken of
    before: where nothing was, nobody can tell which they are."""
    text = normalise(turn.asked, turn.language)
    found = values.find("those", text, turn.language, NEVER)
    longest = max(found, key=lambda each: each.end - each.start, default=None)
    if longest is None or not isinstance(longest.value, Those):
        return None
    if longest.value.other and it is None and len(things) > 1:
        return []
    return values.picked(longest.value, things, it or ())


def asks_after(turn: Turn) -> bool:
    """Whether an utterance asks how it is with something: it does nothing to it."""
    return _ASKS.search(turn.text.lower()) is not None


def rhythm(said: str, turn: Turn, now: datetime) -> When | None:
    """When a part of an utterance says, such as "every weekday"; None where it says none."""
    when = values.parse("time", said, turn.language, now)
    return when if isinstance(when, When) else None


def same_hour(day: datetime, before: datetime) -> datetime:
    """A day at the time of day that something was at `before`."""
    return datetime.combine(day.date(), before.time(), day.tzinfo)


def in_week_of(turn: Turn, moment: datetime, before: datetime, now: datetime) -> datetime:
    """A day, in the week of what it changes where only the name of its weekday was said: what is on
    next Wednesday and goes to Thursday stays next week."""
    if not _WEEKDAY.search(turn.text.lower()):
        return moment
    weeks = (_monday(before) - _monday(moment)).days
    there = moment + timedelta(days=weeks)
    return there if there > now else moment


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def at_clock(moment: datetime, when: When) -> bool:
    """Whether a moment is at the clock time that was said, in either half of the day where none
    was; at any, where no clock time was."""
    if when.clock is None:
        return True
    half = 12 if when.ambiguous else 24
    return (moment.hour - when.clock.hour) % half == 0 and moment.minute == when.clock.minute


def direction(turn: Turn) -> int:
    """-1 where something is to be earlier by what was said, else 1."""
    return -1 if _EARLIER.search(turn.text) else 1


def split_off(kind: str, text: str, language: str, now: datetime) -> tuple[Any, str]:
    """A value at the beginning or the end of a text, and the text without it; None when there is
    no such value (one in the middle belongs to what is said: "tape the seven o'clock news")."""
    for found in values.find(kind, text, language, now):
        before, behind = text[: found.start].strip(), text[found.end :].strip()
        if not before or not behind:
            return found.value, _bare(before or behind, language)
    return None, text


def _bare(text: str, language: str) -> str:
    """A text without the preposition that led to the value cut off it."""
    if language == "zh":
        return text
    return re.sub(r"^(?:to|that|about) | (?:at|on|by|in|for|from)$", "", text)


def after(now: datetime, length: timedelta) -> datetime:
    """The moment a length of time from now, also over a shift of the clock."""
    return (now.astimezone(UTC) + length).astimezone(now.tzinfo)


def left(due: datetime, now: datetime) -> timedelta:
    """The time from now to a moment, also over a shift of the clock."""
    return timedelta(seconds=due.timestamp() - now.timestamp())


def morning(when: When, now: datetime) -> datetime:
    """The moment of an alarm: "seven" is seven in the morning, whenever it is said, and "seven on
    Monday" next Monday's once it is eight there; who means today says so."""
    moment = when.moment
    if when.half_over and moment.hour >= 16:
        return moment - _HALF_DAY + timedelta(days=7)
    if when.ambiguous and moment.hour >= 16:
        earlier = moment - _HALF_DAY
        if earlier > now:
            return earlier
        return moment if when.day is not None else earlier + timedelta(days=1)
    return moment


def daytime(when: When, *, late: bool = False) -> datetime:
    """The moment of an appointment or a reminder: "three" is never three at night, nor (`late`) that
    of a dinner before noon."""
    moment = when.moment
    earliest = 12 if late else 7 if when.day is not None else 6
    if when.ambiguous and moment.hour < earliest:
        return moment + _HALF_DAY
    return moment


def nearest(moment: datetime, when: When, before: datetime) -> datetime:
    """A moment in that half of the day that is nearer to what was `before`, where no half was
    said: a lunch that is moved to one is not moved into the night."""
    if when.ambiguous and abs(moment.hour - before.hour) > 6:
        moment += _HALF_DAY if moment.hour < 12 else -_HALF_DAY
    if when.ambiguous and moment.hour < _NIGHT <= before.hour:
        return moment + _HALF_DAY
    return moment


def clock_of(day: When | None, now: datetime) -> datetime:
    """From when on a time of day counts that is asked for after its day: "Saturday" - "at eleven"
    is in the morning, though it is evening now."""
    if day is None or day.part or not (day.day or day.repeat):
        return now
    midnight = day.moment if day.day else now
    midnight = midnight.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if day.repeat else max(now, midnight)


def on_day(when: When, day: date) -> When:
    """The same time of day on a day that was said apart from it."""
    moment = datetime.combine(day, when.moment.time(), when.moment.tzinfo)
    return replace(when, moment=moment, day=day)


def often(when: When) -> bool:
    """Whether it comes again within a day, and so needs no time of day: "every two hours"."""
    each = when.repeat
    return each is not None and each.every in ("minute", "hour") and when.clock is None


def first_due(when: When, moment: datetime, now: datetime) -> tuple[datetime, str]:
    """When a job at `when` is due first, and the rule by which it repeats, empty for once.
    `moment` is what the skill takes its clock time for (`morning`, `daytime`)."""
    if when.after is not None and when.clock is None:
        return after(now, when.after), ""
    if when.repeat is None:
        return moment, ""
    if often(when):
        due = after(now, timedelta(**{f"{when.repeat.every}s": when.repeat.interval}))
        return due, rule(when.repeat, due.replace(tzinfo=None))
    wall = first_time(when.repeat, moment.replace(tzinfo=None), now.replace(tzinfo=None))
    due = localise(wall, moment.tzinfo or now.tzinfo)  # type: ignore[arg-type]
    return due, rule(when.repeat, wall)
