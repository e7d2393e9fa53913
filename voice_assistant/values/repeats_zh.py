"""What comes again, in Chinese: 每个工作日, 隔周三, 每月最后一个星期五."""

from __future__ import annotations

import re
from datetime import date, datetime

from voice_assistant.values import numbers_zh
from voice_assistant.values.kinds import Repeat
from voice_assistant.values.moments import Said
from voice_assistant.values.words_zh import DAYS, NUMBER, WEEK, WEEKDAY

_REPEAT = re.compile(
    rf"(?:每隔|隔)(?P<gap>{NUMBER}|两)?(?:个)?(?P<gapunit>天|周|星期|礼拜|小时|分钟|月)"
    rf"(?P<gapday>(?<=[周期拜])[一二三四五六日])?|"
    rf"(?:每个?|逢)(?P<n>{NUMBER}|两|半个?(?=小时|钟头))?(?P<unit>天|日|周|星期|礼拜|月|年|小时|个小时|分钟|个月|个星期|个礼拜)"
    rf"(?P<days>(?:{WEEKDAY}(?![点时])(?:到|至)?[和、,跟及]?(?:{WEEK})?)*)|"
    rf"(?:每个?)?(?P<set>工作日|周末|平日|上[班学](?:日|的日子|天))(?P<each>每天|天天)?|(?P<daily>天天|每(?=早|晚|天))|"
    rf"(?P<week>{WEEK}一[到至]{WEEK}?五|{WEEK}{WEEKDAY}[到至]{WEEK}?{WEEKDAY}(?=每天|天天))(?:每天|天天)?"
)
_NTH = re.compile(
    rf"每个?月的?(?:(?:第([一二三四])|最后一)个?{WEEK}([一二三四五六日天])|最后一天|月底)"
)
_UNITS = {"天": "day", "日": "day", "月": "month", "年": "year", "小时": "hour", "分钟": "minute"}
"""What comes again by a unit; all others are weeks."""
_EXCEPT = re.compile(
    rf"除(?:了|去)?(?P<days>(?:{WEEK}?{WEEKDAY}(?:到|至)?[和、,跟及]?)+)(?:以外|之外|外)?(?:的?其他时间)?都?"
)


def again(text: str, said: Said, now: datetime) -> int:
    """每天, 隔天, 每周一和周三, 每两小时, 工作日."""
    match = _REPEAT.match(text)
    if match is None:
        return 0
    if match["gap"] or match["gapunit"]:
        gap = numbers_zh.whole(match["gap"] or "一") or 1
        unit = _UNITS.get(match["gapunit"], "week")
        days = _listed(match["gapday"] or "")
        said.repeat = Repeat(
            every=unit, days=days, interval=gap if unit in ("hour", "minute") else gap + 1
        )
    elif match["set"] or match["week"]:
        days = (5, 6) if match["set"] == "周末" else _listed(match["week"] or "一到五")
        if match["set"] == "周末" and not (match[0].startswith("每") or match["each"]):
            return 0
        said.repeat = Repeat(every="week", days=days)
    elif match["daily"] or match[0] in ("每天", "每日"):
        said.repeat = said.repeat or Repeat(every="day")
    elif (match["n"] or "").startswith("半"):
        said.repeat = Repeat(every="minute", interval=30)
    else:
        interval = numbers_zh.whole(match["n"]) if match["n"] else 1
        unit = _UNITS.get(match["unit"].removeprefix("个"), "week")
        said.repeat = Repeat(
            every=unit,
            days=_listed(match["days"] or "") if unit == "week" else (),
            interval=interval or 1,
        )
        if unit != "week":
            return match.start("days")
    return match.end()


def excepted(text: str, said: Said, now: datetime) -> int:
    """除了周末, 除周日以外."""
    match = _EXCEPT.match(text)
    if match is None:
        return 0
    said.excepted = _listed(match["days"].replace("周末", "六日").replace("礼拜", ""))
    return match.end()


def nth(text: str, said: Said, now: datetime) -> int:
    """每个月第一个周一, 每月最后一个星期五, 每月最后一天."""
    match = _NTH.match(text)
    if match is None:
        return 0
    if match[2] is None:
        said.repeat, said.day = Repeat(every="month"), date(2000, 1, 31)
        return match.end()
    which = "一二三四".index(match[1]) + 1 if match[1] else -1
    said.repeat = Repeat(every="month", days=(DAYS[match[2]],), nth=which)
    return match.end()


def _listed(text: str) -> tuple[int, ...]:
    if "末" in text:
        return (5, 6)
    days: list[int] = []
    through = False
    for char in text:
        if char in "到至":
            through = True
        elif char in DAYS:
            if through and days:
                days.extend(range(days[-1] + 1, DAYS[char]))
                through = False
            days.append(DAYS[char])
    return tuple(sorted(set(days)))
