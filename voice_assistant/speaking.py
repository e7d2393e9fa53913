"""Durations, times, dates, numbers and lists as a person says them, in English and Mandarin.

English keeps digits ("10 minutes", "7:30 AM"): they read well on a card and the spoken form turns
them into words. Chinese is written out (十分钟, 两个小时, 早上七点半): a digit loses 二 and 两.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from voice_assistant.values.kinds import Repeat

WEEKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)

_ZH_DIGITS = "零一二三四五六七八九"
_ZH_UNITS = ("", "十", "百", "千")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ZH_DAYS = "一二三四五六日"
_ZH_PERIODS = {
    "minute": "分钟",
    "hour": "小时",
    "day": "天",
    "week": "周",
    "month": "个月",
    "year": "年",
}
_ZH_RELATIVE = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}
_EN_RELATIVE = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def say_number(value: float, language: str) -> str:
    """A number: "1,234.5", 一千二百三十四点五."""
    if language != "zh":
        return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
    if value < 0:
        return "负" + say_number(-value, language)
    whole, _, decimals = f"{value:.10g}".partition(".")
    if "e" in whole + decimals:
        whole, decimals = str(int(value)), ""
    said = _zh_whole(int(whole))
    return said + ("点" + "".join(_ZH_DIGITS[int(d)] for d in decimals) if decimals else "")


def say_ordinal(value: int, language: str) -> str:
    """A place in an order: "3rd", 第三."""
    if language == "zh":
        return "第" + _zh_whole(value)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value % 100 in (11, 12, 13) else ending}"


def say_count(value: int, noun: str, language: str, plural: str | None = None) -> str:
    """So many things: "1 timer", "2 timers"; 两个计时器 (`noun` with its measure word)."""
    if language == "zh":
        return ("两" if value == 2 else _zh_whole(value)) + noun
    return f"{say_number(value, language)} {noun if value == 1 else plural or noun + 's'}"


def say_list(
    items: Sequence[str], language: str, *, either: bool = False, asked: bool = True
) -> str:
    """Things one after another: "a, b and c"; `either` joins with "or", for which Chinese has
    another word where nothing is `asked`."""
    *first, last = items or [""]
    if not first:
        return last
    if language == "zh":
        choice = "还是" if asked else "或者"
        return "、".join(first) + (choice if either else "和") + last
    return ", ".join(first) + (" or " if either else " and ") + last


def say_duration(length: timedelta, language: str) -> str:
    """A length of time in days, hours, minutes and seconds: "1 hour and 30 minutes", 一个半小时."""
    seconds = round(length.total_seconds())
    if language == "zh":
        return _zh_duration(seconds)
    parts = [
        say_count(count, noun, language)
        for count, noun in zip(_split(seconds), ("day", "hour", "minute", "second"), strict=True)
        if count
    ]
    return say_list(parts, language) if parts else "0 seconds"


def say_roughly(length: timedelta, language: str) -> str:
    """A length of time without needless precision: seconds only in the last minutes."""
    seconds = round(length.total_seconds())
    if seconds >= 86400:
        seconds = round(seconds / 3600) * 3600
    elif seconds >= 600:
        seconds = round(seconds / 60) * 60
    return say_duration(timedelta(seconds=seconds), language)


def say_time(moment: datetime | time, language: str) -> str:
    """A time of day: "7:30 AM", "noon", 早上七点半."""
    hour, minute = moment.hour, moment.minute
    if language == "zh":
        return _zh_time(hour, minute)
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''} {'AM' if hour < 12 else 'PM'}"


def say_weekday(day: date | int, language: str) -> str:
    """A day of the week (a date, or 0 for Monday): "Friday", 星期五."""
    index = day if isinstance(day, int) else day.weekday()
    return "星期" + _ZH_DAYS[index] if language == "zh" else _EN_DAYS[index]


def say_date(day: date, language: str, *, today: date | None = None, full: bool = False) -> str:
    """A date: relative to `today` when near ("tomorrow", "Friday"), else "Friday, November 27".

    `full` always names the day and month. The year is said when it is not that of `today`.
    """
    day = day.date() if isinstance(day, datetime) else day
    today = today.date() if isinstance(today, datetime) else today
    away = (day - today).days if today else None
    if away is not None and not full:
        near = (_ZH_RELATIVE if language == "zh" else _EN_RELATIVE).get(away)
        if near:
            return near
        if 0 < away < 7:
            return _zh_week(day, today) if language == "zh" else say_weekday(day, language)
    year = today is not None and day.year != today.year
    if language == "zh":
        said = f"{_zh_whole(day.month)}月{_zh_whole(day.day)}号"
        said = f"{''.join(_ZH_DIGITS[int(d)] for d in str(day.year))}年{said}" if year else said
        return f"{said}{say_weekday(day, language)}"
    said = f"{say_weekday(day, language)}, {_EN_MONTHS[day.month - 1]} {day.day}"
    return f"{said}, {day.year}" if year else said


def say_year(year: int, language: str) -> str:
    """A year: "2026", 二〇二六年."""
    if language == "zh":
        return "".join(_ZH_DIGITS[int(d)] for d in str(year)).replace("零", "〇") + "年"
    return str(year)


def say_moment(moment: datetime, language: str, now: datetime) -> str:
    """A day and time: "7:30 AM", "7:30 AM tomorrow", "7:30 AM on Friday"; 明天早上七点半."""
    clock = say_time(moment, language)
    if language == "zh":
        return say_date(moment, language, today=now) + clock
    if moment.date() == now.date():
        return clock
    day = say_date(moment, language, today=now)
    return f"{clock} {day}" if day in _EN_RELATIVE.values() else f"{clock} on {day}"


def _split(seconds: int) -> tuple[int, int, int, int]:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return days, hours, minutes, seconds


def _zh_whole(value: int) -> str:
    if value >= 100_000_000:
        return _zh_group(value, 100_000_000, "亿")
    if value >= 10_000:
        return _zh_group(value, 10_000, "万")
    said, gap = "", False
    for place, digit in zip(range(len(str(value)) - 1, -1, -1), str(value), strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _ZH_DIGITS[int(digit)] + _ZH_UNITS[place]
        gap = False
    return (said[1:] if 10 <= value < 20 else said) or "零"


def _zh_group(value: int, size: int, unit: str) -> str:
    many, rest = divmod(value, size)
    gap = "零" if rest and rest < size // 10 else ""
    return _zh_whole(many) + unit + gap + (_zh_long(rest) if rest else "")


def _zh_long(value: int) -> str:
    """A number inside a larger one: 一万一十五, not 一万十五."""
    return ("一" if 10 <= value < 20 else "") + _zh_whole(value)


def _zh_count(value: int) -> str:
    return "两" if value == 2 else _zh_whole(value)


def _zh_duration(seconds: int) -> str:
    days, hours, minutes, rest = _split(seconds)
    said = f"{_zh_count(days)}天" if days else ""
    if minutes == 30 and hours and not rest:
        return f"{said}{_zh_count(hours)}个半小时"
    if hours:
        said += f"{_zh_count(hours)}个小时" if not (minutes or rest) else f"{_zh_count(hours)}小时"
    if minutes:
        said += f"{_zh_count(minutes)}分钟" if not rest else f"{_zh_count(minutes)}分"
    if rest or not said:
        said += f"{_zh_count(rest)}秒" if said else f"{_zh_count(rest)}秒钟"
    return said


def _zh_time(hour: int, minute: int) -> str:
    part = next(name for start, name in _ZH_PARTS if hour >= start)
    said = f"{part}{_zh_count(hour % 12 or (12 if hour else 0))}点"
    if minute == 0:
        return said
    if minute == 30:
        return said + "半"
    return said + (f"零{_ZH_DIGITS[minute]}分" if minute < 10 else f"{_zh_whole(minute)}分")


_ZH_PARTS = ((18, "晚上"), (13, "下午"), (12, "中午"), (9, "上午"), (5, "早上"), (0, "凌晨"))
"""When each part of the day begins, latest first."""


def _zh_week(day: date, today: date | None) -> str:
    assert today is not None
    same = day.isocalendar()[:2] == today.isocalendar()[:2]
    return ("这周" if same else "下周") + _ZH_DAYS[day.weekday()]


def _in_a_row(days: Sequence[int]) -> bool:
    """Whether weekdays are so many in a row that the first and the last of them say it."""
    return len(days) > 3 and days[-1] - days[0] == len(days) - 1


def say_repeat(repeat: Repeat, language: str) -> str:
    """How often something comes again: "every weekday", "every second Saturday", 每个工作日."""
    if language == "zh":
        return _zh_repeat(repeat)
    days = repeat.days
    if repeat.nth:
        which = "last" if repeat.nth < 0 else say_ordinal(repeat.nth, "en")
        return f"on the {which} {say_weekday(days[0], 'en')} of every month"
    if repeat.monthday and repeat.interval == 1:
        day = "last day" if repeat.monthday == 31 else say_ordinal(repeat.monthday, "en")
        return f"on the {day} of every month"
    if days in (WEEKDAYS, WEEKEND):
        named = "weekday" if days == WEEKDAYS else "weekend day"
    elif len(days) == 7:
        named = "day"
    elif days:
        names = [say_weekday(day, "en") for day in days]
        named = f"{names[0]} to {names[-1]}" if _in_a_row(days) else say_list(names, "en")
    else:
        named = repeat.every
    if repeat.interval == 1:
        return f"every {named}"
    if repeat.every in ("minute", "hour"):
        return f"every {repeat.interval} {named}s"
    nth = "second" if repeat.interval == 2 else say_ordinal(repeat.interval, "en")
    return f"every {nth} {named}"


def _zh_repeat(repeat: Repeat) -> str:
    days = repeat.days
    if repeat.nth:
        which = "最后一" if repeat.nth < 0 else f"第{_zh_whole(repeat.nth)}"
        return f"每个月{which}个周{_ZH_DAYS[days[0]]}"
    if repeat.monthday and repeat.interval == 1:
        day = "最后一天" if repeat.monthday == 31 else f"{_zh_whole(repeat.monthday)}号"
        return f"每个月{day}"
    if days == WEEKDAYS:
        named = "个工作日"
    elif days == WEEKEND:
        named = "个周末"
    elif days and len(days) < 7:
        names = [f"周{_ZH_DAYS[day]}" for day in days]
        named = f"{names[0]}到{names[-1]}" if _in_a_row(days) else say_list(names, "zh")
    else:
        named = _ZH_PERIODS["day" if days else repeat.every]
    if repeat.interval == 1:
        return f"每{named}"
    unit = _ZH_PERIODS[repeat.every]
    each = f"每{_zh_count(repeat.interval)}{unit}"
    return each + (f"的{named}" if days else "")
