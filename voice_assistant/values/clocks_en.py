"""English times of day: "half past six", "ten to nine", "nineteen hundred"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

from voice_assistant.values import durations, numbers_en
from voice_assistant.values.moments import Said
from voice_assistant.values.words_en import MONTHS

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(am|pm)?$|(\d{1,2})(am|pm)$|(\d{2})(\d{2})(h|hrs)$")


def clock(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    """A time of day: note it, and return where it ends."""
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
