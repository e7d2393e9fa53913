"""English repeats: "every other Friday", "the last day of each month", "except weekends"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from voice_assistant.values import numbers_en
from voice_assistant.values.kinds import Repeat
from voice_assistant.values.moments import Said
from voice_assistant.values.words_en import DAYS, NTH, PART_WORDS


def excepted(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """ "Except weekends", "but not on Sundays"."""
    if words[at] not in {"except", "excluding", "but"}:
        return None
    at += 1
    while at < len(words) and words[at] in {"not", "for", "on", "at", "the"}:
        at += 1
    days: list[int] = []
    while at < len(words):
        if words[at] in {"weekend", "weekends"}:
            days += [5, 6]
        elif words[at] in DAYS:
            days.append(DAYS[words[at]])
        elif not days or words[at] not in {"and", "or"}:
            break
        at += 1
    said.excepted = tuple(days)
    return at if days else None


def repeat(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """A repeat that begins with a word: note it, and return where it ends; None if none does. All
    readers of these modules do so."""
    word = words[at]
    plain = {"daily": "day", "everyday": "day", "weekly": "week", "monthly": "month"}
    plain |= {"yearly": "year", "hourly": "hour", "nightly": "day"}
    if word in plain:
        said.repeat = Repeat(every=plain[word])
        said.part = "night" if word == "nightly" else said.part
        return at + 1
    mornings = words[at + 1 : at + 2] and words[at + 1] in PART_WORDS
    if word in {"weekdays", "workdays"} or (word in {"weekday", "workday"} and mornings):
        said.repeat = Repeat(every="week", days=(0, 1, 2, 3, 4))
        return at + 1
    if word == "weekends" or (word == "weekend" and mornings and words[at + 1].endswith("s")):
        said.repeat = Repeat(every="week", days=(5, 6))
        return at + 1
    if word in DAYS and word.endswith("s") and word not in {"tues", "thurs"}:
        return _days(words, at, said)
    if word == "monday" and words[at + 1 : at + 2] in (["to"], ["through"], ["till"]):
        return _working_week(words, at + 2, said)
    if end := _nth(words, at, said):
        return end
    if word in {"every", "each"} and at + 1 < len(words):
        return _every(words, at + 1, said)
    return None


def _nth(words: Sequence[str], at: int, said: Said) -> int | None:
    """ "The first Monday of every month", "every last Friday of the month", "the last day of"."""
    every = words[at] in {"every", "each"}
    at += 1 if every or words[at] == "the" else 0
    if at + 3 >= len(words) or words[at] not in NTH:
        return None
    month_end = list(words[at : at + 2]) == ["last", "day"]
    if words[at + 1] not in DAYS and not month_end:
        return None
    behind = list(words[at + 2 : at + 5])
    behind = behind[1:] if behind[0] in {"of", "in"} else behind
    if behind[:2] not in (["every", "month"], ["each", "month"], ["the", "month"]):
        return None
    if behind[0] == "the" and not every:
        return None  # this month's alone
    if month_end:
        said.repeat, said.day = Repeat(every="month"), date(2000, 1, 31)
    else:
        said.repeat = Repeat(every="month", days=(DAYS[words[at + 1]],), nth=NTH[words[at]])
    return at + (5 if words[at + 2] in {"of", "in"} else 4)


def _every(words: Sequence[str], at: int, said: Said) -> int | None:
    if words[at] == "single":
        at += 1
    interval = 1
    if words[at] in {"other", "second"}:
        interval, at = 2, at + 1
    elif (found := numbers_en.read(words, at)) and isinstance(found[0], int) and found[0] > 0:
        interval, at = found[0], found[1]
    if at >= len(words):
        return None
    word = words[at]
    if word == "half" and (
        words[at + 1 : at + 2] == ["hour"] or words[at + 1 : at + 3] == ["an", "hour"]
    ):
        said.repeat = Repeat(every="minute", interval=30)
        return at + 2 + (words[at + 1] == "an")
    if word in DAYS:
        return _days(words, at, said, interval)
    if word in {"weekday", "workday"}:
        said.repeat = Repeat(every="week", days=(0, 1, 2, 3, 4))
    elif word == "weekend":
        said.repeat = Repeat(every="week", days=(5, 6))
    elif word.rstrip("s") in {"hour", "day", "week", "month", "year", "minute"}:
        said.repeat = Repeat(every=word.rstrip("s"), interval=interval)
    elif word in PART_WORDS:
        said.repeat = Repeat(every="day", interval=interval)
        said.part = PART_WORDS[word]
    else:
        return None
    return at + 1


def _working_week(words: Sequence[str], at: int, said: Said) -> int | None:
    """ "Monday to Friday", or to the end of the week."""
    last = DAYS.get(words[at], 0) if at < len(words) else 0
    if last < 4:
        return None
    said.repeat = Repeat(every="week", days=tuple(range(last + 1)))
    return at + 1


def _days(words: Sequence[str], at: int, said: Said, interval: int = 1) -> int:
    days: list[int] = []
    while at < len(words) and (words[at] in DAYS or (days and words[at] in {"and", "every"})):
        if words[at] in DAYS:
            days.append(DAYS[words[at]])
        elif at + 1 >= len(words) or words[at + 1] not in DAYS:
            break
        at += 1
    said.repeat = Repeat(every="week", days=tuple(sorted(set(days))), interval=interval)
    return at
