"""The Chinese calendar of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lunar_python import Solar

ANIMALS = {
    "鼠": "Rat",
    "牛": "Ox",
    "虎": "Tiger",
    "兔": "Rabbit",
    "龙": "Dragon",
    "蛇": "Snake",
    "马": "Horse",
    "羊": "Goat",
    "猴": "Monkey",
    "鸡": "Rooster",
    "狗": "Dog",
    "猪": "Pig",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarDay:
    """A day of the Chinese calendar."""

    chinese: str
    """农历十月十七."""
    month: int
    """Negative in a leap month."""
    day: int
    year: str
    """The year in stems and branches: 丙午."""
    animal: str
    """马."""
    term: str
    """The solar term that begins on this day, or empty."""
    next_term: str
    next_term_date: date


def lunar(day: date) -> LunarDay:
    """The Chinese calendar of a day."""
    moon = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    following = moon.getNextJieQi(True)
    start = following.getSolar()
    return LunarDay(
        chinese=f"农历{moon.getMonthInChinese()}月{moon.getDayInChinese()}",
        month=moon.getMonth(),
        day=moon.getDay(),
        year=moon.getYearInGanZhi(),
        animal=moon.getYearShengXiao(),
        term=moon.getJieQi(),
        next_term=following.getName(),
        next_term_date=date(start.getYear(), start.getMonth(), start.getDay()),
    )
