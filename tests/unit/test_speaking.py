"""Durations, times, dates and numbers sound like a person's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_assistant.speaking import (
    say_count,
    say_date,
    say_duration,
    say_list,
    say_moment,
    say_number,
    say_ordinal,
    say_repeat,
    say_roughly,
    say_time,
    say_year,
)
from voice_assistant.values.kinds import Repeat


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0, "0 seconds", "零秒钟"),
        (1, "1 second", "一秒钟"),
        (2, "2 seconds", "两秒钟"),
        (45, "45 seconds", "四十五秒钟"),
        (60, "1 minute", "一分钟"),
        (90, "1 minute and 30 seconds", "一分三十秒"),
        (120, "2 minutes", "两分钟"),
        (600, "10 minutes", "十分钟"),
        (3600, "1 hour", "一个小时"),
        (5400, "1 hour and 30 minutes", "一个半小时"),
        (7200, "2 hours", "两个小时"),
        (8100, "2 hours and 15 minutes", "两小时十五分钟"),
        (86400, "1 day", "一天"),
        (90061, "1 day, 1 hour, 1 minute and 1 second", "一天一小时一分一秒"),
    ],
)
def test_durations(seconds, en, zh):
    assert say_duration(timedelta(seconds=seconds), "en") == en
    assert say_duration(timedelta(seconds=seconds), "zh") == zh


def test_a_rough_duration_leaves_out_what_nobody_asks_for():
    assert say_roughly(timedelta(seconds=95), "en") == "1 minute and 35 seconds"
    assert say_roughly(timedelta(hours=2, seconds=29), "en") == "2 hours"
    assert say_roughly(timedelta(days=3, minutes=7), "zh") == "三天"


@pytest.mark.parametrize(
    ("clock", "en", "zh"),
    [
        (time(0, 0), "midnight", "凌晨零点"),
        (time(0, 5), "12:05 AM", "凌晨零点零五分"),
        (time(2, 0), "2 AM", "凌晨两点"),
        (time(7, 30), "7:30 AM", "早上七点半"),
        (time(10, 15), "10:15 AM", "上午十点十五分"),
        (time(12, 0), "noon", "中午十二点"),
        (time(14, 45), "2:45 PM", "下午两点四十五分"),
        (time(21, 0), "9 PM", "晚上九点"),
    ],
)
def test_times(clock, en, zh):
    assert say_time(clock, "en") == en
    assert say_time(clock, "zh") == zh


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (date(2026, 11, 25), "today", "今天"),
        (date(2026, 11, 26), "tomorrow", "明天"),
        (date(2026, 11, 24), "yesterday", "昨天"),
        (date(2026, 11, 27), "Friday", "后天"),
        (date(2026, 11, 29), "Sunday", "这周日"),
        (date(2026, 11, 30), "Monday", "下周一"),
        (date(2026, 12, 5), "Saturday, December 5", "十二月五号星期六"),
        (date(2027, 1, 1), "Friday, January 1, 2027", "二零二七年一月一号星期五"),
    ],
)
def test_dates_seen_from_a_wednesday(day, en, zh):
    today = date(2026, 11, 25)
    assert say_date(day, "en", today=today) == en
    assert say_date(day, "zh", today=today) == zh


def test_moments():
    now = datetime(2026, 11, 25, 12)
    assert say_moment(datetime(2026, 11, 25, 19), "en", now) == "7 PM"
    assert say_moment(datetime(2026, 11, 26, 7, 30), "en", now) == "7:30 AM tomorrow"
    assert say_moment(datetime(2026, 11, 28, 7), "en", now) == "7 AM on Saturday"
    assert say_moment(datetime(2026, 11, 26, 7, 30), "zh", now) == "明天早上七点半"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (0, "0", "零"),
        (10, "10", "十"),
        (12, "12", "十二"),
        (20, "20", "二十"),
        (105, "105", "一百零五"),
        (110, "110", "一百一十"),
        (1005, "1,005", "一千零五"),
        (1050, "1,050", "一千零五十"),
        (10015, "10,015", "一万零一十五"),
        (11000, "11,000", "一万一千"),
        (-3, "-3", "负三"),
        (2.5, "2.5", "二点五"),
        (1234567, "1,234,567", "一百二十三万四千五百六十七"),
        (100000005, "100,000,005", "一亿零五"),
    ],
)
def test_numbers(value, en, zh):
    assert say_number(value, "en") == en
    assert say_number(value, "zh") == zh


def test_counts_orders_lists_years():
    assert [say_ordinal(n, "en") for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd".split()
    )
    assert say_ordinal(12, "zh") == "第十二"
    assert say_count(1, "timer", "en") == "1 timer"
    assert say_count(3, "timer", "en") == "3 timers"
    assert say_count(2, "个计时器", "zh") == "两个计时器"
    assert say_list(["a"], "en") == "a"
    assert say_list(["a", "b", "c"], "en") == "a, b and c"
    assert say_list(["鸡蛋", "牛奶"], "zh", either=True) == "鸡蛋还是牛奶"
    assert say_list(["鸡蛋", "牛奶"], "zh", either=True, asked=False) == "鸡蛋或者牛奶"
    assert say_list([], "en") == ""
    assert say_year(2026, "zh") == "二〇二六年"


@pytest.mark.parametrize(
    ("repeat", "en", "zh"),
    [
        (Repeat(every="day"), "every day", "每天"),
        (Repeat(every="week", days=(0, 1, 2, 3, 4)), "every weekday", "每个工作日"),
        (Repeat(every="week", days=(0, 4)), "every Monday and Friday", "每周一和周五"),
        (Repeat(every="week", days=(5,), interval=2), "every second Saturday", "每两周的周六"),
        (Repeat(every="month"), "every month", "每个月"),
        (Repeat(every="month", monthday=5), "on the 5th of every month", "每个月五号"),
        (Repeat(every="month", monthday=31), "on the last day of every month", "每个月最后一天"),
        (
            Repeat(every="month", days=(0,), nth=2),
            "on the 2nd Monday of every month",
            "每个月第二个周一",
        ),
        (
            Repeat(every="month", days=(4,), nth=-1),
            "on the last Friday of every month",
            "每个月最后一个周五",
        ),
        (Repeat(every="week"), "every week", "每周"),
    ],
)
def test_repetitions(repeat, en, zh):
    assert say_repeat(repeat, "en") == en
    assert say_repeat(repeat, "zh") == zh


@given(st.integers(1, 10_000_000))
def test_every_duration_is_speakable(seconds):
    assert say_duration(timedelta(seconds=seconds), "en")
    said = say_duration(timedelta(seconds=seconds), "zh")
    assert said
    assert not any(c.isascii() for c in said)
