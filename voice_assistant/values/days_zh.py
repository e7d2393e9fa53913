"""Chinese days: 下周三, 五月二十号, 下个月最后一个周五, 中秋."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import lunar_days, numbers_zh
from voice_assistant.values.kinds import Repeat
from voice_assistant.values.moments import Said, coming_day, nth_weekday
from voice_assistant.values.words_zh import DAYS, FEASTS, NUMBER, WEEK, WEEKDAY

_NEAR = re.compile(r"(大前|前|昨|今|明|大后|后)(?:天|日)|(昨|今|明|当)(?=晚|早|夜)|(今|明|昨)儿个?")
_STEP = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_FEAST = re.compile("|".join(FEASTS))
_THIS_WEEK = re.compile(rf"(这个?|本|下下个?|下个?|上个?|上上个?)?{WEEK}(?:的?{WEEK})?({WEEKDAY})")
_WHOLE = re.compile(rf"(这个?|本|下下个?|下个?|上个?){WEEK}")
_MONTH = re.compile(
    r"(这个|本|下下个|下个|上个)月(?:的)?(?:(底)|([一二三四五六七八九十廿0-9]+)[号日])?|(月底)|(年底)"
)
_DATE = re.compile(
    rf"(?:(今|明|后|去|前|\d{{4}}|[一二三四五六七八九零〇]{{4}})年(?:的)?)?({NUMBER})月(?:份)?({NUMBER})[号日]?"
)
_DAY = re.compile(rf"({NUMBER})[号日](?!线)")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_NTH_OF = re.compile(
    rf"(?:(?:(今|明|去|\d{{4}})年)?({NUMBER})月份?|(下|这|本|上)个?月)的?(?:第([一二三四])|最后一)个?"
    rf"{WEEK}([一二三四五六日天])"
)


def near_day(text: str, said: Said, now: datetime) -> int:
    """明天, 大前天, 今 of 今晚."""
    match = _NEAR.match(text)
    if match is None:
        return 0
    step = _STEP[match[1] or match[2] or match[3]]
    said.day = now.date() + timedelta(days=step)
    return match.end()


def week_day(text: str, said: Said, now: datetime) -> int:
    """周五, 下周三, 下周的周五, 这个周末; of 下周 alone its Monday."""
    match = _THIS_WEEK.match(text)
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    if match is None:
        if whole := _WHOLE.match(text):
            said.day = (
                today
                if whole[1] in {"这", "这个", "本"}
                else monday + timedelta(days=7 * _weeks(whole[1]))
            )
            return whole.end()
        return 0
    weekday = 5 if match[2] == "末" else DAYS[match[2]]
    if match[1] is None:
        if weekday == 5 and match[2] == "末":
            said.day = today + timedelta(days=(5 - today.weekday()) % 7)
        elif said.weekday not in (None, weekday):  # 周六和周日
            days = {said.weekday, weekday, *(said.repeat.days if said.repeat else ())}
            said.repeat = Repeat(
                every="week", days=tuple(sorted(day for day in days if day is not None))
            )
        else:
            said.weekday = weekday
    else:
        said.day = monday + timedelta(days=7 * _weeks(match[1]) + weekday)
    return match.end()


def _weeks(which: str) -> int:
    which = which.removesuffix("个")
    return {"这": 0, "本": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}[which]


def month_day(text: str, said: Said, now: datetime) -> int:
    """下个月五号, 月底, 年底."""
    match = _MONTH.match(text)
    if match is None:
        return 0
    today = now.date()
    if match[5]:
        said.day = date(today.year, 12, 31)
        return match.end()
    step = 0 if match[4] else {"这个": 0, "本": 0, "下个": 1, "下下个": 2, "上个": -1}[match[1]]
    first = (today + relativedelta(months=step)).replace(day=1)
    day = numbers_zh.whole(match[3]) if match[3] else None
    if match[2] or match[4]:
        said.day = first + relativedelta(day=31)
    elif day is None:
        said.day = first
    elif 1 <= day <= 31:
        said.day = first + relativedelta(day=day)
    return match.end() if said.day else 0


def numbered_day(text: str, said: Said, now: datetime) -> int:
    """五月二十号, 明年三月一日, 二十号, 2026-12-24."""
    today = now.date()
    match = _ISO.match(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        end = match.end()
    elif match := _DATE.match(text):
        named = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2}
        spoken = match[1]
        found_month, found_day = numbers_zh.whole(match[2]), numbers_zh.whole(match[3])
        if found_month is None or found_day is None:
            return 0
        month, day, end = found_month, found_day, match.end()
        year = (
            0
            if spoken is None
            else today.year + named[spoken]
            if spoken in named
            else numbers_zh.whole(spoken) or 0
        )
    elif match := _DAY.match(text):
        found_day = numbers_zh.whole(match[1])
        if found_day is None or not 1 <= found_day <= 31:
            return 0
        said.day = coming_day(found_day, today)
        return match.end()
    else:
        return 0
    said.day = _valid(year, month, day, today)
    return end if said.day else 0


def _valid(year: int, month: int, day: int, today: date) -> date | None:
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def lunar_day(text: str, said: Said, now: datetime) -> int:
    """农历八月十五, 腊月二十三."""
    found = lunar_days.read(text, now.date())
    if found is None or said.day is not None:
        return 0
    said.day = found[0]
    return found[1]


def feast_day(text: str, said: Said, now: datetime) -> int:
    """元旦, 国庆节, 圣诞."""
    match = _FEAST.match(text)
    if match is None:
        return 0
    month, day = FEASTS[match[0]]
    said.day = _valid(0, month, day, now.date())
    return match.end()


def nth_day(text: str, said: Said, now: datetime) -> int:
    """十二月第二个星期天, 下个月最后一个周五."""
    match = _NTH_OF.match(text)
    if match is None:
        return 0
    which, weekday = "一二三四".index(match[4]) + 1 if match[4] else -1, DAYS[match[5]]
    if match[3]:
        coming = now + relativedelta(months={"下": 1, "上": -1}.get(match[3], 0))
        said.day = nth_weekday(coming.year, coming.month, which, weekday)
        return match.end()
    month = numbers_zh.whole(match[2])
    if month is None or not 1 <= month <= 12:
        return 0
    steps = {"今": 0, "明": 1, "去": -1}
    year = now.year + steps[match[1]] if match[1] in steps else int(match[1] or now.year)
    said.day = nth_weekday(year, month, which, weekday)
    if not match[1] and said.day < now.date():
        said.day = nth_weekday(year + 1, month, which, weekday)
    return match.end()
