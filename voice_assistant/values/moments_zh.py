"""Chinese points in time: 下周三下午三点半, 每个工作日早上七点."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import clocks_zh, days_zh, durations, lunar_days, repeats_zh
from voice_assistant.values.kinds import When
from voice_assistant.values.moments import Said, resolve
from voice_assistant.values.words_zh import FEASTS, PARTS

_RATHER = re.compile(r"(?<![今明昨当后])[早晚]一?点儿?(?![一二三四五六七八九十两半钟整刻过\d])")
"""晚一点 is later, and no one at night."""
_LATER = re.compile(
    rf"(?:再?过|等)?(?P<length>[{durations.CHARS_ZH}]+?)(?:钟)?(?P<tail>之后|以后|过后|后|之前|以前|前)?(?:的)?$"
)
_SKIP = re.compile(
    r"^(?:在|的|于|是|到|之前|以前|从|大概|大约|左右|整|开始|起|那天|时候|、|,|和| |这)+"
)
CHARS = (
    durations.CHARS_ZH
    + lunar_days.CHARS
    + "".join({char for name in (*PARTS, *FEASTS) for char in name})
    + r"今明昨前大后号末底这本下上个每隔逢工作平过再等之以差整点刻在的:\-到至、儿和去起第最一除了以外之都班学子"
)


def read(text: str, now: datetime) -> When | None:
    """A text that is a point in time and nothing else."""
    text = text.replace(" ", "")
    if _RATHER.search(text):
        return None
    said = Said()
    whole = _later(text, said, now)
    rest = "" if whole else text
    while rest:
        rest = _SKIP.sub("", rest)
        if not rest:
            break
        for reader in _READERS:
            used = reader(rest, said, now)
            if used:
                rest = rest[used:]
                break
        else:
            return None
    return resolve(said, now)


def _later(text: str, said: Said, now: datetime) -> bool:
    """ "三天后", "再过十分钟": the whole text, a clock time may follow."""
    for end in range(len(text), 1, -1):
        match = _LATER.match(text[:end])
        leads = re.match(r"再?过|等", text)
        if match is None or not (leads or match["tail"]):
            continue
        said_length = match["length"]  # 刻钟 is a unit with its 钟
        length = durations.duration_zh(said_length) or durations.duration_zh(said_length + "钟")
        if length is None:
            continue
        if (match["tail"] or "") in {"之前", "以前", "前"}:
            length = -length
        rest = text[end:]
        if length.seconds == 0 and length.days:
            said.day = _months(match["length"], length, now)
            said.after = length
        else:
            said.after = length
        while rest:
            used = next(
                (
                    u
                    for reader in (clocks_zh.part, clocks_zh.clock, days_zh.week_day, _skip)
                    if (u := reader(rest, said, now))
                ),
                0,
            )
            if not used:
                said.after = said.day = said.part = said.clock = None
                return False
            rest = rest[used:]
        return True
    if text in {"现在", "马上", "立刻", "立即"}:
        said.after = timedelta(0)
        return True
    return False


def _months(text: str, length: timedelta, now: datetime) -> date:
    if text.endswith("月"):
        return (now + relativedelta(months=round(length.days / 30))).date()
    if text.endswith("年"):
        return (now + relativedelta(years=round(length.days / 365))).date()
    return (now + length).date()


def _skip(text: str, said: Said, now: datetime) -> int:
    match = _SKIP.match(text)
    return match.end() if match else 0


_READERS: tuple[Callable[[str, Said, datetime], int], ...] = (
    repeats_zh.excepted,
    repeats_zh.nth,
    days_zh.nth_day,
    repeats_zh.again,
    days_zh.near_day,
    days_zh.week_day,
    days_zh.month_day,
    days_zh.lunar_day,
    days_zh.numbered_day,
    days_zh.feast_day,
    clocks_zh.clock,
    clocks_zh.part,
)
