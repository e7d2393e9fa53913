"""Lengths of time: "an hour and a half", 三分半."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from voice_assistant.values import numbers_en, numbers_zh
from voice_assistant.values.kinds import Number

UNITS_EN = {
    word: seconds
    for names, seconds in (
        ("second seconds sec secs s", 1),
        ("minute minutes min mins m", 60),
        ("hour hours hr hrs h", 3600),
        ("day days", 86400),
        ("week weeks wk wks", 7 * 86400),
        ("fortnight fortnights", 14 * 86400),
        ("month months", 30 * 86400),
        ("year years", 365 * 86400),
    )
    for word in names.split()
}
"""Seconds. A month is 30 days and a year 365: nobody sets a timer by the calendar."""

PARTS = tuple(
    (tuple(said.split()), part)
    for part, ways in (
        (Fraction(3, 4), ("three quarters of an", "three quarters of a")),
        (
            Fraction(1, 4),
            ("quarter of an", "a quarter of an", "a quarter of a", "quarter", "a quarter"),
        ),
        (Fraction(1, 2), ("half an", "half a", "half of an", "a half an", "a half", "half")),
    )
    for said in ways
)
"""Parts of a unit, as they are said in front of it."""
_PARTED = {said[0] for said, _ in PARTS}

FEW = {"few": 3, "several": 5}
EXTRA = {"another", "more", "extra", "additional", "about", "around", "exactly", "roughly"}
WORDS_EN = sorted({*UNITS_EN, *FEW, *EXTRA, "half", "quarter", "of", "the", "long", "time"})
LONGEST = 100 * 365 * 86400
"""Seconds; anything longer is not meant."""


def duration_en(text: str) -> timedelta | None:
    """A text that is a length of time and nothing else."""
    words = tokens(text)
    found = read(words)
    return found[0] if found and found[1] == len(words) else None


def tokens(text: str) -> list[str]:
    """Words, with "10min" and "1h30m" taken apart."""
    text = re.sub(
        r"(\d)(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?=\d|\b)", r"\1 \2 ", text
    )
    return text.split()


def read(words: Sequence[str], at: int = 0) -> tuple[timedelta, int] | None:
    """The longest length of time that starts at a word, and the place behind it."""
    if (
        list(words[at : at + 1]) == ["another"]
        and at + 1 < len(words)
        and words[at + 1] in UNITS_EN
    ):
        words = [*words[:at], "one", *words[at + 1 :]]
    while at < len(words) and words[at] in EXTRA:
        at += 1
    if words[at : at + 1] == ["the"]:
        at += 1
    total: Number = 0
    smallest = LONGEST
    end = at
    while (part := _one(words, end, smallest)) is not None:
        seconds, end, smallest = part
        total += seconds
        follow = end + 1 if words[end : end + 1] == ["and"] else end
        if _one(words, follow, smallest) is None:
            break
        end = follow
    if end == at or not 0 < total <= LONGEST:
        return None
    while end < len(words) and words[end] in {"more", "long", "extra"}:
        end += 1
    if words[end : end + 2] in (["of", "time"],):
        end += 2
    return timedelta(seconds=float(total)), end


def _one(words: Sequence[str], at: int, below: int) -> tuple[Number, int, int] | None:
    """Seconds of one number and unit, the place behind it, and the unit's seconds."""
    amount, at_unit = _amount(words, at)
    if amount is None:
        return None
    if at_unit < len(words) and words[at_unit] in EXTRA:
        at_unit += 1
    unit = UNITS_EN.get(words[at_unit]) if at_unit < len(words) else None
    if unit is None:
        article = words[at] in {"a", "an"}  # "thirty minutes a day"
        bare = below in {3600, 60} and at_unit > at and not article and 0 < amount < 60
        if bare and amount.denominator == 1 and not isinstance(amount, float):
            return amount * (below // 60), at_unit, below // 60
        return None
    if unit >= below:
        return None
    seconds, end = amount * unit, at_unit + 1
    tail = " ".join(words[end : end + 3])
    for said, part in ((("and a half"), Fraction(1, 2)), (("and a quarter"), Fraction(1, 4))):
        if tail == said and (end + 3 >= len(words) or words[end + 3] not in UNITS_EN):
            return seconds + part * unit, end + 3, unit
    return seconds, end, unit


def _amount(words: Sequence[str], at: int) -> tuple[int | Fraction | None, int]:
    rest = tuple(words[at : at + 5])
    for said, value in PARTS if _PARTED.intersection(rest[:1]) else ():
        behind = rest[len(said)] if len(rest) > len(said) else ""
        if rest[: len(said)] == said and behind in UNITS_EN:
            return value, at + len(said)
    if rest[:1] == ("a",) and rest[1:2] and rest[1] in FEW:
        return Fraction(FEW[rest[1]]), at + 2
    if rest[:1] and rest[0] in FEW:
        return Fraction(FEW[rest[0]]), at + 1
    found = numbers_en.read(words, at)
    if found is not None:
        return Fraction(found[0]).limit_denominator(1000), found[1]
    if rest[:1] and rest[0] in {"a", "an", "one"}:
        return Fraction(1), at + 1
    if rest[:1] and rest[0] in {"hour", "minute"} and rest[1:3] == ("and", "a"):
        return Fraction(1), at
    return None, at


UNITS_ZH = (
    ("秒钟", 1),
    ("秒", 1),
    ("分钟", 60),
    ("刻钟", 900),
    ("分", 60),
    ("小时", 3600),
    ("钟头", 3600),
    ("个钟", 3600),
    ("h", 3600),
    ("min", 60),
    ("天", 86400),
    ("日", 86400),
    ("周", 7 * 86400),
    ("星期", 7 * 86400),
    ("礼拜", 7 * 86400),
    ("个月", 30 * 86400),
    ("年", 365 * 86400),
)
_SECONDS_ZH = dict(UNITS_ZH)
_NUMBER = rf"[{numbers_zh.CHARS}]+"
_ONE = re.compile(
    rf"(?P<number>几|好几|{_NUMBER}?)(?P<each>个)?(?P<half>半)?(?P<unit>"
    + "|".join(sorted((name for name, _ in UNITS_ZH), key=len, reverse=True))
    + r")(?P<and>半)?(?P<bell>钟)?[零又加和多]?"
)
CHARS_ZH = numbers_zh.CHARS + "几好个秒分钟刻小时头天日周星期礼拜月年多加和"


def duration_zh(text: str) -> timedelta | None:
    """A text that is a length of time and nothing else."""
    text = re.sub(r"^(?:大概|大约|差不多|再|还有|还|约)|(?:左右|的时间|时间|吧|多|的)$", "", text)
    total: Number = 0
    smallest = LONGEST
    at = 0
    while at < len(text):
        match = _ONE.match(text, at)
        if match is None or match.end() == at:
            return _tail(text[at:], total, smallest)
        seconds = _seconds(match)
        unit = _SECONDS_ZH[match["unit"]]
        if seconds is None or unit >= smallest:
            return None
        total, smallest, at = total + seconds, unit, match.end()
    return timedelta(seconds=float(total)) if 0 < total <= LONGEST else None


def _seconds(match: re.Match[str]) -> Number | None:
    unit = _SECONDS_ZH[match["unit"]]
    said = match["number"]
    if said in {"几", "好几"}:
        amount: Number | None = 3 if said == "几" else 5
    elif said:
        amount = numbers_zh.number(said)
    else:
        amount = 0 if match["half"] else None
    if amount is None:
        return None
    amount = Fraction(amount).limit_denominator(1000)
    if match["half"] or match["and"]:
        amount += Fraction(1, 2)
    return amount * unit


def _tail(text: str, total: Number, smallest: int) -> timedelta | None:
    """ "一小时二十": the twenty are minutes."""
    if smallest not in {3600, 60}:
        return None
    value = numbers_zh.whole(text)
    if value is None or not 0 < value < 60:
        return None
    return timedelta(seconds=float(total + value * (smallest // 60)))
