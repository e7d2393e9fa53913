"""Days of the Chinese calendar as they are said: 农历八月十五, 腊月二十三, 大年三十."""

from __future__ import annotations

import re
from datetime import date, timedelta

from voice_assistant.values import numbers_zh

CHARS = "农阴旧历正冬腊初廿闰大"

_NUMBER = rf"[{''.join(numbers_zh.DIGITS)}十廿]+"
_DAY = re.compile(
    rf"(?:(?P<year>今|明|后|去|前)年的?)?(?P<kind>(?:农|阴|旧)历的?)?(?:"
    rf"(?P<eve>大年三十|除夕)|(?P<leap>闰)?(?P<month>正|冬|腊|大年|{_NUMBER}(?=月))月?"
    rf"(?P<day>初{_NUMBER}|{_NUMBER})(?![点时个分])[日号]?|(?P<only>初{_NUMBER}))"
)
_MONTHS = {"正": 1, "大年": 1, "冬": 11, "腊": 12}
_YEARS = {"去": -1, "前": -2, "今": 0, "明": 1, "后": 2}
_LONGEST = 30
"""Days of a lunar month at most."""


def read(text: str, today: date) -> tuple[date, int] | None:
    """The day that a text begins with, and how many characters say it: the next one, where no year
    is said. 八月十五 alone is a day of the sun's calendar; 八月初五 is not."""
    match = _DAY.match(text)
    if match is None:
        return None
    year = today.year + _YEARS[match["year"]] if match["year"] else None
    if match["eve"]:
        found = _next(12, _LONGEST, today, year)
        return (found, match.end()) if found else None
    day = numbers_zh.whole((match["day"] or match["only"]).removeprefix("初"))
    if day is None or not 1 <= day <= _LONGEST:
        return None
    if match["only"]:
        return _coming(day, today), match.end()
    month = _MONTHS.get(match["month"]) or numbers_zh.whole(match["month"])
    lunar = match["kind"] or match["month"] in _MONTHS or match["day"].startswith(("初", "廿"))
    if not lunar or month is None or not 1 <= month <= 12:
        return None
    found = _next(-month if match["leap"] else month, day, today, year)
    return (found, match.end()) if found else None


def _coming(day: int, today: date) -> date:
    """The next day of this number in its lunar month."""
    from lunar_python import Solar

    here = today
    while Solar.fromYmd(here.year, here.month, here.day).getLunar().getDay() != day:
        here += timedelta(days=1)
    return here


def _next(month: int, day: int, today: date, year: int | None) -> date | None:
    """A day of a lunar month (negative: the leap one), in the lunar year that begins in `year`, or
    the next; the last of its month, where that has fewer days."""
    for each in [year] if year else range(today.year - 1, today.year + 3):
        found = _solar(each, month, day)
        if found and (year or found >= today):
            return found
    return None


def _solar(year: int, month: int, day: int) -> date | None:
    from lunar_python import Lunar, LunarMonth

    known = LunarMonth.fromYm(year, month)
    if known is None:
        return None
    solar = Lunar.fromYmd(year, month, min(day, known.getDayCount())).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
