"""Chinese times of day: 下午三点半, 差一刻九点, 零点."""

from __future__ import annotations

import re
from datetime import datetime, time

from voice_assistant.values import numbers_zh
from voice_assistant.values.moments import Said
from voice_assistant.values.words_zh import NUMBER, PARTS

_PART = re.compile("|".join(sorted(PARTS, key=len, reverse=True)))
_CLOCK = re.compile(
    rf"(?P<digits>\d{{1,2}}):(?P<dm>\d{{2}})|(?:差(?P<less>{NUMBER}|一刻)分?钟?(?:到)?)?"
    rf"(?P<hour>{NUMBER})(?:点钟|点整|点|时整|时)(?:过|又)?"
    rf"(?:(?P<half>半)|(?P<quarter>[一三1-3])刻|差(?P<less2>{NUMBER}|一刻)分?|零?(?P<minute>{NUMBER})分?)?钟?(?:整)?|"
    r"(?P<name>零点|午夜|正午)"
)


def part(text: str, said: Said, now: datetime) -> int:
    """早上, 下午, 半夜."""
    match = _PART.match(text)
    if match is None or (said.part and said.clock):
        return 0  # 下午两点和晚上十点 are two
    said.part = PARTS[match[0]]
    return match.end()


def clock(text: str, said: Said, now: datetime) -> int:
    """三点半, 差五分九点, 14:30, 正午."""
    match = _CLOCK.match(text)
    if match is None or said.clock is not None:
        return 0
    if match["name"]:
        said.clock, said.fixed = time(12 if match["name"] == "正午" else 0), True
        return match.end()
    hour = int(match["digits"]) if match["digits"] else numbers_zh.whole(match["hour"])
    minute = _minute(match)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return 0
    said.fixed = hour > 12 or hour == 0 or (match["digits"] or "").startswith("0")
    if minute < 0:
        hour, minute = (hour - 1) % 24, minute + 60
    said.clock = time(hour % 24, minute)
    return match.end()


def _minute(match: re.Match[str]) -> int | None:
    if match["dm"]:
        return int(match["dm"])
    if less := match["less"] or match["less2"]:
        return -(15 if less == "一刻" else numbers_zh.whole(less) or 0)
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 * (numbers_zh.whole(match["quarter"]) or 0)
    if not match["minute"]:
        return 0
    minute = numbers_zh.whole(match["minute"])
    at, end = match.span("minute")
    bare = match.string[at - 1] != "零" and match.string[end : end + 1] != "分"
    return None if bare and end - at == 1 and minute != 10 else minute  # "三点一起": no minute
