"""The clock: here, elsewhere, on other days, and in the Chinese calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from voice_assistant_skills.clock import days, lunar, places, sky
from voice_assistant_skills.clock.skill import ClockSkill

from tests.fakes import NOW, TryOut
from tests.skills.sentences import sentences_of
from voice_assistant import values
from voice_assistant.clock import SystemClock

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("clock", lambda language: ClockSkill.vocabulary(None, language))
HOME = {"city": "Berlin", "country": "DE", "latitude": 52.52, "longitude": 13.41}


@pytest.fixture
def hall(tmp_path):
    return TryOut(ClockSkill, tmp_path, place=HOME)


@pytest.mark.parametrize(
    ("intent", "slots", "en", "zh"),
    [
        ("time", {}, "10 AM", "上午十点"),
        ("time", {"place": "tokyo"}, "6 PM", "晚上六点"),
        ("time", {"place": "india"}, "2:30 PM", "下午两点半"),
        ("time", {"place": "pacific time"}, "1 AM", "凌晨一点"),
        ("date", {}, "Wednesday, November 25, 2026", "二〇二六年十一月二十五号星期三"),
        ("year", {}, "2026", "二〇二六年"),
        ("in_days", {"duration": timedelta(days=10)}, "Saturday, December 5", "十二月五号"),
        ("weekday", {"date": date(2026, 12, 24)}, "Thursday", "星期四"),
        ("until", {"day": "christmas"}, "30 days", "三十天"),
        ("until", {"date": date(2026, 11, 26)}, "1 day until", "一天"),
        ("named_day", {"day": "easter"}, "March 28, 2027", "三月二十八号"),
        ("named_day", {"day": "thanksgiving"}, "November 26", "十一月二十六号"),
        ("named_day", {"day": "春节"}, "February 6, 2027", "二月六号"),
        ("named_day", {"day": "冬至"}, "December 22", "十二月二十二号"),
        ("named_day", {"day": "中秋节"}, "September 15, 2027", "九月十五号"),
        ("week", {}, "week 48", "第四十八周"),
        ("sunrise", {}, "7:45 AM", "早上七点四十五分"),
        ("sunset", {}, "4:00 PM", "下午四点"),
        ("difference", {"place": "beijing", "other": "london"}, "8 hours ahead", "早八个小时"),
        ("difference", {"place": "new york"}, "6 hours behind", "晚六个小时"),
        ("timezone", {"place": "honolulu"}, "10 hours behind", "晚十个小时"),
        ("lunar", {}, "17th day of the 10th month", "十月十七"),
        ("zodiac", {}, "Horse", "马年"),
        ("term", {}, "大雪", "大雪"),
        ("next_moon", {"phase": "full"}, "December 24", "十二月二十四号"),
        ("holiday", {}, "Christmas", "十二月二十五号"),
        ("holiday", {"date": date(2026, 12, 25)}, "Yes", "放假"),
    ],
)
async def test_answers(hall, intent, slots, en, zh):
    said = (await hall.ask(intent, **slots)).text
    assert en.replace(":00", "") in said or en in said
    assert zh in (await hall.ask(intent, "zh", **slots)).text


async def test_another_day_elsewhere_is_named(hall):
    hall.clock.set(datetime(2026, 11, 25, 20, tzinfo=ZoneInfo("Europe/Berlin")))
    assert "Thursday" in (await hall.ask("time", place="auckland")).text


async def test_an_unknown_place_is_not_guessed(hall):
    assert "don't know a place" in (await hall.ask("time", place="middle earth")).text


async def test_a_clock_that_was_reset_says_so(hall):
    hall.scheduler._notes.set("noted", hall.clock.now().timestamp() + 86400)
    assert "check" in (await hall.ask("time")).text


async def test_without_a_home_the_sun_needs_a_city(tmp_path):
    hall = TryOut(ClockSkill, tmp_path)
    assert "settings" in (await hall.ask("sunrise")).text
    assert "Sydney" in (await hall.ask("sunrise", place="sydney")).text
    assert "settings" in (await hall.ask("holiday")).text


async def test_the_polar_night(hall):
    said = (await hall.ask("sunrise", place="tromsø", date=date(2026, 12, 21))).text
    assert "don't know" in said or "doesn't rise" in said
    assert sky.rise_and_set(78.2, 15.6, date(2026, 12, 1), ZoneInfo("Arctic/Longyearbyen")) is None


def test_places_by_many_names():
    for name, zone in {
        "the united states": "America/New_York",
        "saigon": "Asia/Ho_Chi_Minh",
        "旧金山": "America/Los_Angeles",
        "北京市": "Asia/Shanghai",
        "München": None,
        "munich": "Europe/Berlin",
        "sao paulo": "America/Sao_Paulo",
        "加州": "America/Los_Angeles",
        "washington": "America/New_York",
        "paris, france": "Europe/Paris",
    }.items():
        found = places.find(name)
        assert found is None if zone is None else str(found.zone) == zone


def test_every_named_day_has_a_date_in_every_year():
    for year in range(2025, 2036):
        for day in days.known().values():
            found = day.after(date(year, 1, 1))
            assert found.year in (year, year + 1)


@pytest.mark.parametrize(
    ("day", "month", "number"),
    [((2026, 2, 17), 1, 1), ((2025, 7, 25), -6, 1), ((2026, 9, 25), 8, 15), ((2024, 2, 9), 12, 30)],
)
def test_the_chinese_calendar(day, month, number):
    moon = lunar.lunar(date(*day))
    assert (moon.month, moon.day) == (month, number)


@pytest.mark.parametrize(
    ("day", "name"),
    [((2026, 11, 24), "full"), ((2026, 11, 9), "new"), ((2026, 11, 17), "first")],
)
def test_the_moon(day, name):
    assert sky.phase(date(*day)) == name


@pytest.mark.parametrize(
    ("day", "said"),
    [(23, "There is a full moon on"), (24, "It's a full moon"), (19, "It's a growing moon")],
)
async def test_the_day_before_it_is_full_the_moon_is_not_full_yet(hall, day, said):
    hall.clock.set(datetime(2026, 11, day, 20, tzinfo=ZoneInfo("Europe/Berlin")))
    assert said in (await hall.ask("moon")).text


def test_the_machines_clock_and_the_time_that_passed_agree():
    clock = SystemClock()
    first, started = clock.now(), clock.elapsed()
    passed = clock.now().timestamp() - first.timestamp()
    assert clock.elapsed() - started == pytest.approx(passed, abs=0.05)


@pytest.mark.parametrize(
    ("language", "text", "day", "said"),
    [
        ("zh", "今年中秋是几月几号", "中秋节", "九月二十五号"),
        ("zh", "明年中秋节是哪天", "中秋节", "二零二七年九月十五号"),
        ("zh", "中秋节是哪天", "中秋节", "二零二七年九月十五号"),
        ("en", "when was easter this year", "easter", "was on Sunday, April 5"),
        ("en", "when is easter next year", "easter", "March 28, 2027"),
    ],
)
async def test_the_feast_of_the_year_that_was_said(tmp_path, language, text, day, said):
    wall = TryOut(ClockSkill, tmp_path)
    assert said in (await wall.ask("named_day", language, text=text, day=day)).text


@pytest.mark.parametrize(
    ("said", "slots", "answer"),
    [
        ("nine am", {"place": "los angeles"}, "Los Angeles.*midnight|midnight.*Los Angeles"),
        ("nine am", {"other": "tokyo"}, "1 AM"),
        ("six pm", {"other": "london", "place": "new york"}, "1 PM"),
    ],
)
async def test_the_time_there_when_it_is_some_time_here(hall, said, slots, answer):
    """Los Angeles is nine hours behind Berlin, Tokyo eight ahead; New York five behind London."""
    time = values.parse("time", said, "en", NOW)
    assert re.search(answer, (await hall.ask("time_when", time=time, **slots)).text)


async def test_the_day_is_that_of_the_place_spoken_of(hall):
    here = (await hall.ask("day_there")).text
    assert "Wednesday" in here
    hall.clock.set(hall.clock.now().replace(hour=20))
    await hall.ask("time", place="sydney")
    assert (await hall.ask("day_there")).text.count("Thursday") == 1
    assert "星期四" in (await hall.ask("day_there", "zh")).text


@pytest.mark.anyio
async def test_the_last_place_is_compared_with_ours_where_that_is_said(tmp_path):
    hall = TryOut(ClockSkill, tmp_path)
    for place in ("tokyo", "new york"):
        await hall.ask("time", place=place)
    assert "14 hours" in (await hall.ask("difference_it")).text
    said = await hall.ask("difference_it", ours="here")
    assert "6 hours behind" in said.text
