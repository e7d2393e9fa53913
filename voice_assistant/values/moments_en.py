"""English points in time: "half past six on weekdays", "the day after tomorrow at noon"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import durations, numbers_en
from voice_assistant.values.kinds import Repeat, When
from voice_assistant.values.moments import PARTS, Said, coming_day, nth_weekday, resolve

DAYS = {
    word: day
    for day, words in enumerate(
        (
            "monday mondays mon",
            "tuesday tuesdays tue tues",
            "wednesday wednesdays wed",
            "thursday thursdays thu thurs",
            "friday fridays fri",
            "saturday saturdays sat",
            "sunday sundays sun",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
            "september sep sept|october oct|november nov|december dec"
        ).split("|"),
        start=1,
    )
    for word in words.split()
}
FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "new year": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "valentine's": (2, 14),
}
_PARTS = {
    "morning": "morning",
    "mornings": "morning",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "night": "night",
    "nights": "night",
    "lunchtime": "noon",
    "dinnertime": "evening",
    "bedtime": "night",
}
_NEAR = {
    "day after tomorrow": 2,
    "overmorrow": 2,
    "day before yesterday": -2,
    "tomorrow": 1,
    "today": 0,
    "yesterday": -1,
}
_POSSESSIVE = {f"{day}'s" for day in (*DAYS, "today", "tomorrow")}
_SPANS = {"week", "weekend", "month", "year"}
FILLERS = {"at", "on", "by", "around", "about", "the", "of", "in", "for", "this", "and", "sharp"}
FILLERS |= {
    "exactly",
    "starting",
    "from",
    "time",
    "day",
    "ish",
    "o'clock",
    "oclock",
    "coming",
    "before",
}
WORDS = sorted(
    {*DAYS, *MONTHS, *_PARTS, *FILLERS, *durations.WORDS_EN, *numbers_en.WORDS}
    | {"am", "pm", "a", "p", "noon", "midnight", "midday", "past", "to", "after", "till", "quarter"}
    | {"today", "tomorrow", "tonight", "yesterday", "now", "next", "last", "every", "each", "other"}
    | {
        "daily",
        "weekly",
        "monthly",
        "yearly",
        "nightly",
        "hourly",
        "weekday",
        "weekdays",
        "hundred",
    }
    | {"weekend", "weekends", "half", "ago", "later", "end", "first", "eve", "boxing", "hence"}
    | {word for feast in FEASTS for word in feast.split()}
    | {*numbers_en.ORDINALS, *_POSSESSIVE}
    | {
        "everyday",
        "through",
        "except",
        "excluding",
        "but",
        "not",
        "workday",
        "workdays",
        "school",
        "work",
        "working",
        "days",
        "single",
        "thing",
        "week",
        "month",
        "year",
        "date",
    }
)
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
"""Which such weekday of a month."""

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(am|pm)?$|(\d{1,2})(am|pm)$|(\d{2})(\d{2})(h|hrs)$")
_DATE = re.compile(r"(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?)$")


def read(text: str, now: datetime) -> When | None:
    """A text that is a point in time and nothing else."""
    words = _words(text)
    if words[:1] and words[0] in _PARTS and words[1:2] == ["for"]:
        return None  # "movie night for friday": the night is part of a name
    if words[:1] == ["coming"] and words[1:2] and words[1] not in {*DAYS, *_SPANS}:
        return None  # "grandma is coming at four"
    said = Said()
    at = 0
    while at < len(words):
        for reader in (_except, _repeat, _after, _nth_of, _phrase, _day, _date, _part, _clock):
            end = reader(words, at, said, now)
            if end is not None:
                at = end
                break
        else:
            if words[at] not in FILLERS:
                return None
            at += 1
    return resolve(said, now)


def _words(text: str) -> list[str]:
    text = re.sub(r"\b([ap]) m\b", r"\1m", text.replace("o clock", "o'clock"))
    text = re.sub(r"\b(\d{1,2}) (\d{2})(?= ?[ap]m\b)", r"\1:\2", text)
    text = re.sub(r"\b(?:school|work|working) day(s?)\b", r"weekday\1", text)
    text = re.sub(r"\b(?:every|each) (\w+) of the month\b", r"the \1 of every month", text)
    return [
        word.removesuffix("'s") if word in _POSSESSIVE else word for word in durations.tokens(text)
    ]


def _except(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
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


def _repeat(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    word = words[at]
    plain = {"daily": "day", "everyday": "day", "weekly": "week", "monthly": "month"}
    plain |= {"yearly": "year", "hourly": "hour", "nightly": "day"}
    if word in plain:
        said.repeat = Repeat(every=plain[word])
        said.part = "night" if word == "nightly" else said.part
        return at + 1
    mornings = words[at + 1 : at + 2] and words[at + 1] in _PARTS
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
    elif word in _PARTS:
        said.repeat = Repeat(every="day", interval=interval)
        said.part = _PARTS[word]
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


def _after(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    if words[at] == "now":
        said.after = timedelta(0)
        return at + 1
    leads = words[at] in {"in", "after", "within"}
    start = at + 1 if leads else at
    found = durations.read(words, start)
    if found is None:
        return None
    length, end = found
    tail = words[end : end + 2]
    if tail == ["from", "now"] or tail[:1] in (["later"], ["hence"]):
        end += 2 if tail == ["from", "now"] else 1
    elif tail[:1] == ["from"] and tail[1:] and tail[1] in {"today", "tomorrow", *DAYS}:
        inner = Said()
        behind = _phrase(words, end + 1, inner, now) or _day(words, end + 1, inner, now)
        when = resolve(inner, now) if behind else None
        if when and when.day:
            said.day = when.day + length
            return behind
        return None
    elif tail[:1] in (["before"], ["to"], ["past"]) or not leads:
        return None
    units = {word.rstrip("s") for word in words[start:end]}
    if units & {"month", "year"} and length.days >= 28:
        whole = "year" if "year" in units else "month"
        count = length.days // (365 if whole == "year" else 30)
        step = relativedelta(years=count) if whole == "year" else relativedelta(months=count)
        said.day = (now + step).date()
    elif length.seconds == 0:
        said.day = (now + length).date()
        said.after = length
    else:
        said.after = length
    return end


def _phrase(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """Days that have a name of several words, and "first thing"."""
    at += words[at] == "the" and at + 1 < len(words)
    rest = " ".join(words[at : at + 6]) + " "
    for phrase, days in _NEAR.items():
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


def _day(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
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


def _nth_of(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
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
        said.day = today if step == 0 else monday + timedelta(days=7 * step)
    elif what == "weekend":
        said.day = monday + timedelta(days=5 + 7 * step)
    elif what == "month":
        said.day = (today + relativedelta(months=step)).replace(day=1)
    elif what == "year":
        year = today.year + step
        said.day = said.day + relativedelta(year=year) if said.day else date(year, 1, 1)
    elif what in _PARTS:
        said.day = today + timedelta(days=step)
        said.part = _PARTS[what]
    else:
        return None
    return at + 2


def _date(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
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


def _part(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    start = at
    while start < len(words) and words[start] in {"in", "the", "at", "during", "early", "late"}:
        start += 1
    if start < len(words) and words[start] in _PARTS:
        said.part = _PARTS[words[start]]
        return start + 1
    return None


def _clock(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    word = words[at]
    if said.clock is not None:
        return None
    if word in {"noon", "midday", "midnight"}:
        said.clock = time(0 if word == "midnight" else 12)
        said.fixed = True
        return at + 1
    if match := _CLOCK.match(word):
        return _digits(match, words, at, said)
    return _relative_clock(words, at, said) or _plain_clock(words, at, said)


def _digits(match: re.Match[str], words: Sequence[str], at: int, said: Said) -> int | None:
    hour = int(match[1] or match[4] or match[6])
    minute = int(match[2] or match[7] or 0)
    half = match[3] or match[5]
    leading = (match[1] or match[4] or "").startswith("0") or match[6] is not None
    end = at + 1
    return _set_clock(words, end, said, hour, minute, half, fixed=leading)


def _relative_clock(words: Sequence[str], at: int, said: Said) -> int | None:
    """ "half past six", "ten to nine", "quarter after eight"."""
    if words[at : at + 1] == ["a"]:
        at += 1
    minutes: int | None = None
    if words[at : at + 1] == ["half"]:
        minutes, end = 30, at + 1
    elif words[at : at + 1] == ["quarter"]:
        minutes, end = 15, at + 1
    elif (found := numbers_en.read(words[: at + 2], at)) and isinstance(found[0], int):
        minutes, end = found[0], found[1]
    if minutes is None or not 0 < minutes < 60:
        return None
    if words[end : end + 1] in (["minutes"], ["minute"]):
        end += 1
    way = words[end] if end < len(words) else ""
    if way not in {"past", "after", "to", "till", "til", "of", "before"}:
        if minutes == 30 and words[at] == "half" and (hour := _hour(words, end)):
            return _set_clock(words, hour[1], said, hour[0], 30, None)
        return None
    if words[end + 1 : end + 2] in (["noon"], ["midnight"]):
        hour = (12 if words[end + 1] == "noon" else 0), end + 2
        said.fixed = True
    else:
        hour = _hour(words, end + 1)
    if hour is None:
        return None
    total = hour[0] * 60 + (minutes if way in {"past", "after"} else -minutes)
    return _set_clock(words, hour[1], said, total // 60 % 24, total % 60, None)


def _hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    if at < len(words):
        word = words[at]
        if word.isdigit() and len(word) <= 2:
            return (int(word), at + 1) if int(word) < 25 else None
        if word in numbers_en.ONES:
            return numbers_en.ONES[word], at + 1
        if word == "twenty" and at + 1 < len(words) and numbers_en.ONES.get(words[at + 1], 9) < 4:
            return 20 + numbers_en.ONES[words[at + 1]], at + 2
    return None


def _plain_clock(words: Sequence[str], at: int, said: Said) -> int | None:
    """ "seven", "seven thirty", "six oh five", "nineteen hundred"."""
    zero = words[at] in {"oh", "zero"} and at + 1 < len(words) and _hour(words, at + 1) is not None
    found = _hour(words, at + 1 if zero else at)
    if found is None:
        if (
            words[at].isdigit()
            and len(words[at]) in {3, 4}
            and int(words[at]) % 100 < 60
            and int(words[at]) < 2400
        ):
            hour, minute = divmod(int(words[at]), 100)
            fixed = hour > 12 or words[at].startswith("0")
            return _set_clock(words, at + 1, said, hour, minute, None, fixed=fixed)
        return None
    hour, end = found
    minute = 0
    fixed = zero
    if words[end : end + 1] == ["hundred"]:
        end += 1
        fixed = True
        if words[end : end + 1] == ["hours"]:
            end += 1
    elif end < len(words):
        minute, end = _minutes(words, end)
    if end < len(words) and words[end] in durations.UNITS_EN and words[end] not in {"hours"}:
        return None
    return _set_clock(words, end, said, hour, minute, None, fixed=fixed)


def _minutes(words: Sequence[str], at: int) -> tuple[int, int]:
    if (
        words[at] in {"oh", "o"}
        and at + 1 < len(words)
        and numbers_en.ONES.get(words[at + 1], 0) in range(1, 10)
    ):
        return numbers_en.ONES[words[at + 1]], at + 2
    found = numbers_en.read(words[: at + 2], at)
    if found and isinstance(found[0], int) and 10 <= found[0] < 60:
        behind = words[found[1]] if found[1] < len(words) else ""
        if behind not in MONTHS:
            return found[0], found[1]
    return 0, at


def _set_clock(
    words: Sequence[str],
    at: int,
    said: Said,
    hour: int,
    minute: int,
    half: str | None,
    *,
    fixed: bool = False,
) -> int | None:
    if words[at : at + 1] in (["o'clock"], ["oclock"]):
        at += 1
    if half is None and at < len(words) and words[at] in {"am", "pm"}:
        half, at = words[at], at + 1
    if hour > 24 or minute > 59 or (half and not 0 < hour < 24):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    said.fixed = said.fixed or fixed or half is not None or hour > 12 or hour == 0
    said.clock = time(hour % 24, minute)
    return at


__all__ = ["DAYS", "MONTHS", "PARTS", "WORDS", "read"]
