"""The weather of an hour and of a part of the day, when rain ends, and what goes on with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.skills.weather.test_weather import TODAY, anyio_backend, house, server  # noqa: F401

pytestmark = pytest.mark.anyio

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("intent", "text", "said"),
    [
        ("rain", "will it rain at five pm", "probably no rain at 5 PM; the chance is 10 percent."),
        ("forecast", "what is it like this evening", "this evening fair, 9 to 12 degrees"),
        ("forecast", "weather at noon", "at noon rainy, 14 degrees"),
        ("forecast", "is it windy this evening", "wind up to 12 kilometres an hour"),
        ("forecast", "is it windy today", "wind up to 30 kilometres an hour"),
        ("stops", "when does the rain stop", "the rain should be over around 2 PM"),
        ("starts", "when does it start to rain", "it is raining already"),
        ("outdoors", "can i hang the washing out this evening", "yes, that should be fine"),
        ("outdoors", "can i hang the washing out", "better not"),
    ],
)
async def test_a_time_of_day_is_answered_from_the_hours(house, intent, text, said):  # noqa: F811
    assert said in (await house.ask(intent, text=text)).text


async def test_a_part_of_another_day_and_the_same_chinese(house):  # noqa: F811
    said = await house.ask("forecast", text="tomorrow evening", date=TOMORROW)
    assert "tomorrow in the evening fair" in said.text
    said = await house.ask("rain", "zh", text="明天早上会下雨吗", date=TOMORROW)
    assert "明天早上会有雨" in said.text


async def test_what_goes_on_keeps_the_day_and_the_place(house):  # noqa: F811
    await house.ask("forecast", text="the weather in paris tomorrow", place="paris", date=TOMORROW)
    said = await house.ask("another_time", text="in the evening")
    assert said.text.startswith("In Paris: tomorrow in the evening")
    said = await house.ask("rain", text="will it rain there")
    assert said.text.startswith("In Paris")
    said = await house.ask("elsewhere", "zh", text="上海呢", place="上海")
    assert "上海" in said.text


async def test_rain_within_hours_and_two_places(house):  # noqa: F811
    said = await house.ask("soon", text="will it rain", duration=timedelta(hours=2))
    assert "yes, rain in the next 2 hours" in said.text
    said = await house.ask("compare", text="is it warmer in paris than here", place="paris")
    assert said.text == "In Paris: 4 degrees. In Berlin: 4 degrees. It is the same."


async def test_what_a_question_leaves_out_is_as_in_the_one_before(house):  # noqa: F811
    await house.then("forecast", "zh", text="上海明天怎么样", place="上海", date=TOMORROW)
    said = await house.then("rain", "zh", text="会下雨吗")
    assert said.text.startswith("上海：明天")
    said = await house.then("now", "zh", text="冷不冷")
    assert said.text.startswith("上海：明天")
    said = await house.then("rain", "zh", text="周末会下雨吗", date=TOMORROW + timedelta(days=3))
    assert said.text.startswith("上海：")
    said = await house.then("week_it", "zh", text="一周的呢")
    assert said.text.startswith("上海：这几天")
    for fresh in ("今天天气怎么样", "外面冷吗"):
        assert "上海" not in (await house.then("now", "zh", text=fresh)).text


async def test_another_place_and_another_day_are_told_what_was_asked(house):  # noqa: F811
    await house.then("rain", text="will it rain tomorrow", date=TOMORROW)
    said = await house.then("elsewhere", text="and in paris", place="paris")
    assert said.text == "In Paris: probably no rain tomorrow; the chance is 5 percent."


async def test_the_question_before_counts_no_longer_after_something_else(house):  # noqa: F811
    await house.ask("forecast", "zh", text="上海明天怎么样", place="上海", date=TOMORROW)
    assert "上海" not in (await house.then("rain", "zh", text="会下雨吗")).text
