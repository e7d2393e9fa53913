"""English days: "tomorrow", "next Friday", "the second Sunday in May", "3 June 2027"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import numbers_en
from voice_assistant.values.kinds import Repeat
from voice_assistant.values.moments import Said, coming_day, nth_weekday
from voice_assistant.values.words_en import DAYS, FEASTS, MONTHS, NEAR, NTH, PART_WORDS

_DATE = re.compile(r"(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?)$")


def phrase(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """Days that have a name of several words, and "first thing"."""
    at += words[at] == "the" and at + 1 < len(words)
    rest = " ".join(words[at : at + 6]) + " "
    for phrase, days in NEAR.items():
        if rest.startswith(phrase + " "):
            said.day = now.date() + timedelta(days=days)
            return at + len(phrase.split())
    for phrase in ("end of the month", "last day of the month"):
        if rest.startswith(phrase + " "):
            said.day = now.date() + relativedelta(day=31)
            return at + len(phrase.split())
    if rest.startswith("first thing "):
        said.part = "morning"
        return at + 2
    return None


def day_named(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """A weekday, a feast, "tonight", "next week"."""
    today = now.date()
    word = words[at]
    if word == "tonight":
        said.day, said.part = today, "night"
        return at + 1
    if word in {"this", "next", "last", "coming"} and at + 1 < len(words):
        return _relative(words, at, said, now)
    if word in DAYS and said.weekday is not None:  # "Monday, Wednesday and Friday"
        days = {said.weekday, *(said.repeat.days if said.repeat else ()), DAYS[word]}
        said.repeat = Repeat(every="week", days=tuple(sorted(days)))
        return at + 1
    if word in DAYS:
        said.weekday = DAYS[word]
        if words[at + 1 : at + 2] == ["week"]:
            said.day = today + timedelta(days=(DAYS[word] - today.weekday()) % 7 + 7)
            return at + 2
        return at + 1
    if word == "weekend":
        said.day = today + timedelta(days=(5 - today.weekday()) % 7)
        return at + 1
    for feast in sorted(FEASTS, key=len, reverse=True):
        if " ".join([*words[at : at + 3], ""]).startswith(feast + " "):
            month, day = FEASTS[feast]
            said.day = _coming(today, month, day)
            return at + len(feast.split())
    return None


def nth_of(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """ "The second Sunday in December", "the last Friday of next month"."""
    today = now.date()
    at += words[at] == "the" and at + 3 < len(words)
    if words[at] not in NTH or at + 2 >= len(words) or words[at + 1] not in DAYS:
        return None
    end = at + 3 if words[at + 2 : at + 3] in (["of"], ["in"]) else at + 2
    if end >= len(words):
        return None
    month, years = MONTHS.get(words[end]), words[end + 1 : end + 2]
    if month is None:
        step = {"this": 0, "the": 0, "next": 1}.get(words[end])
        if step is None or years != ["month"]:
            return None
        coming = today + relativedelta(months=step)
        year, month, end = coming.year, coming.month, end + 2
    else:
        dated = bool(years) and bool(re.fullmatch(r"(?:19|20)\d\d", years[0]))
        year, end = int(years[0]) if dated else today.year, end + 1 + dated
        if not dated and nth_weekday(year, month, NTH[words[at]], DAYS[words[at + 1]]) < today:
            year += 1
    said.day = nth_weekday(year, month, NTH[words[at]], DAYS[words[at + 1]])
    return end


def _relative(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    today = now.date()
    which, what = words[at], words[at + 1]
    step = {"this": 0, "coming": 0, "next": 1, "last": -1}[which]
    monday = today - timedelta(days=today.weekday())
    if what in DAYS:
        if which in {"this", "coming"}:
            said.weekday = DAYS[what]
        elif which == "last":
            said.day = today - timedelta(days=(today.weekday() - DAYS[what] - 1) % 7 + 1)
        else:
            said.day = monday + timedelta(days=7 + DAYS[what])
    elif what == "week":
        said.week = monday + timedelta(days=7 * step)
        said.day = today if step == 0 else said.week
    elif what == "weekend":
        said.day = monday + timedelta(days=5 + 7 * step)
    elif what == "month":
        said.day = (today + relativedelta(months=step)).replace(day=1)
    elif what == "year":
        year = today.year + step
        said.day = said.day + relativedelta(year=year) if said.day else date(year, 1, 1)
    elif what in PART_WORDS:
        said.day = today + timedelta(days=step)
        said.part = PART_WORDS[what]
    else:
        return None
    return at + 2


def dated(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """ "The third of June", "June 3 2027", "3/6/2027"."""
    today = now.date()
    if match := _DATE.match(words[at]):
        year, month, day = (
            (match[1], match[2], match[3]) if match[1] else (match[6], match[4], match[5])
        )
        said.day = _valid(year, int(month), int(day), today)
        return at + 1 if said.day else None
    if (words[at] in MONTHS and words[at] != "may") or words[at : at + 1] == ["may"]:
        month = MONTHS[words[at]]
        number = _day_number(words, at + 1)
        if number is None:
            return None
        return _with_year(words, number[1], said, today, month, number[0])
    start = at + 1 if words[at] == "the" else at
    number = _day_number(words, start)
    if number is None:
        return None
    day, end = number
    behind = end + 1 if words[end : end + 1] == ["of"] else end
    if behind < len(words) and words[behind] in MONTHS:
        return _with_year(words, behind + 1, said, today, MONTHS[words[behind]], day)
    if not _ordinal_said(words, start):
        return None
    said.day = coming_day(day, today)
    if words[end : end + 3] == ["of", "next", "month"]:
        coming = today + relativedelta(months=1)
        said.day = _valid(str(coming.year), coming.month, day, today)
        end += 3
    return end if said.day else None


def _ordinal_said(words: Sequence[str], at: int) -> bool:
    return numbers_en.read_ordinal(words, at) is not None


def _day_number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    if words[at : at + 1] == ["the"]:
        at += 1
    found = numbers_en.read_ordinal(words, at)
    if found is None and at < len(words):
        if words[at].isdigit():
            found = int(words[at]), at + 1
        else:
            plain = numbers_en.read(words[: at + 2], at)
            found = (plain[0], plain[1]) if plain and isinstance(plain[0], int) else None
    return found if found and 1 <= found[0] <= 31 else None


def _with_year(
    words: Sequence[str], at: int, said: Said, today: date, month: int, day: int
) -> int | None:
    year = None
    if at < len(words):
        if re.fullmatch(r"(?:19|20)\d\d", words[at]):
            year, at = words[at], at + 1
        else:
            found = numbers_en.read(words, at)
            if found and isinstance(found[0], int) and 1900 <= found[0] <= 2100:
                year, at = str(found[0]), found[1]
    said.day = _valid(year, month, day, today)
    return at if said.day else None


def _valid(year: str | None, month: int, day: int, today: date) -> date | None:
    try:
        if year is None:
            return _coming(today, month, day)
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int) -> date:
    this_year = today.year if (month, day) != (2, 29) else today.year + (-today.year) % 4
    found = date(this_year, month, day)
    return (
        found
        if found >= today
        else date(this_year + (4 if (month, day) == (2, 29) else 1), month, day)
    )


def part(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """ "In the morning", "late at night"."""
    start = at
    while start < len(words) and words[start] in {"in", "the", "at", "during", "early", "late"}:
        start += 1
    if start < len(words) and words[start] in PART_WORDS:
        said.part = PART_WORDS[words[start]]
        return start + 1
    return None
