"""The alarm that was just spoken of: moved, doubled, set to the other half of the day, cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.alarms.skill import Alarms

from tests.fakes import TryOut, at

pytestmark = pytest.mark.anyio


@pytest.fixture
def bedroom(tmp_path):
    return TryOut(Alarms, tmp_path)


def rings(bedroom):
    return [
        f"{job.due:%a %H:%M}{' ' + job.repeat if job.repeat else ''}"
        for job in bedroom.scheduler.jobs()
    ]


async def test_it_moves_in_what_was_said_and_keeps_the_rest(bedroom):
    await bedroom.ask("set", time=at("saturday at seven"))
    await bedroom.ask("move_it", time=at("seven thirty"))
    assert rings(bedroom) == ["Sat 07:30"]
    await bedroom.ask("move_it", time=at("sunday"))
    assert rings(bedroom) == ["Sun 07:30"]
    await bedroom.ask("move_it", time=at("every weekday"))
    assert rings(bedroom) == ["Thu 07:30 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]


async def test_one_more_is_on_the_same_day(bedroom):
    await bedroom.ask("set", time=at("saturday at seven"))
    await bedroom.ask("set_also", time=at("seven fifteen"))
    assert rings(bedroom) == ["Sat 07:00", "Sat 07:15"]


@pytest.mark.parametrize(
    ("language", "times"), [("en", "six six fifteen and six thirty"), ("zh", "六点六点一刻六点半")]
)
async def test_several_at_once(bedroom, language, times):
    await bedroom.ask("set", language, times=times)
    assert rings(bedroom) == ["Thu 06:00", "Thu 06:15", "Thu 06:30"]


async def test_the_evening_was_meant(bedroom):
    await bedroom.ask("set", time=at("seven"))
    assert rings(bedroom) == ["Thu 07:00"]
    assert "7 PM" in (await bedroom.ask("half", half="evening")).text
    assert rings(bedroom) == ["Wed 19:00"]
    await bedroom.ask("half", half="morning")
    assert rings(bedroom) == ["Thu 07:00"]


async def test_later_tomorrow_alone(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    outcome = await bedroom.ask("later", time=at("tomorrow"), answers=["half an hour"])
    assert outcome.asked
    assert "7:30 AM tomorrow" in outcome.text
    assert rings(bedroom) == ["Thu 07:30", "Fri 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]


async def test_no_alarm_tomorrow_leaves_the_other_days(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    assert "skip" in (await bedroom.ask("cancel", text="no alarm tomorrow please")).text
    assert len(bedroom.scheduler.jobs()) == 1


async def test_cancel_it(bedroom):
    await bedroom.ask("set", time=at("seven"))
    await bedroom.ask("set", time=at("eight"))
    assert "8 AM" in (await bedroom.ask("cancel_it")).text
    assert rings(bedroom) == ["Thu 07:00"]
    await bedroom.ask("later_it", duration=timedelta(minutes=5))
    assert "no alarm" in (await bedroom.ask("later_it", duration=timedelta(minutes=5))).text.lower()


async def test_it_comes_again_but_not_on_every_day(bedroom):
    await bedroom.ask("set", time=at("eight"))
    assert "every day" in (await bedroom.ask("repeat_it", often="every day")).text
    said = (await bedroom.ask("except_it", weekday="sundays")).text
    assert "every Monday to Saturday" in said
    (job,) = bedroom.scheduler.jobs()
    assert job.repeat == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"


async def test_also_on_other_days_at_the_same_hour(bedroom):
    await bedroom.ask("set", time=at("six thirty tomorrow"))
    await bedroom.ask("set_also", time=at("weekends"))
    assert rings(bedroom) == ["Thu 06:30", "Sat 06:30 FREQ=WEEKLY;BYDAY=SA,SU"]


async def test_two_rhythms_in_one_breath(bedroom):
    times = {"time": at("七点", "zh"), "second": at("九点", "zh")}
    await bedroom.ask("set", "zh", rhythm="每个工作日", other="每个周末", **times)
    assert [ring.partition("=")[2] for ring in rings(bedroom)] == [
        "WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "WEEKLY;BYDAY=SA,SU",
    ]


async def test_one_counts_alarms_and_is_no_hour(bedroom):
    await bedroom.ask("set", times="one at six and one at six fifteen")
    assert rings(bedroom) == ["Thu 06:00", "Thu 06:15"]


async def test_somebody_sleeps_for_so_long(bedroom):
    await bedroom.ask("set", duration=timedelta(minutes=40))
    assert rings(bedroom) == ["Wed 10:40"]


async def test_days_in_a_list_are_one_alarm(bedroom):
    halves = {"time": at("seven every monday wednesday"), "second": at("friday")}
    await bedroom.ask("set", text="wake me at seven every monday wednesday and friday", **halves)
    assert rings(bedroom) == ["Fri 07:00 FREQ=WEEKLY;BYDAY=MO,WE,FR"]


async def test_no_alarm_is_set_in_the_past(bedroom):
    outcome = await bedroom.ask("set", time=at("today at nine am"), answers=["eleven"])
    assert len(outcome.asked) == 1
    assert rings(bedroom) == ["Wed 11:00"]


async def test_that_one_is_no_hour(bedroom):
    await bedroom.ask("set", time=at("nine thirty"))
    await bedroom.ask("cancel_it", text="cancel that one")
    assert rings(bedroom) == []


async def test_minutes_past_the_hour_it_has_and_one_rhythm_cancelled(bedroom):
    await bedroom.ask("set", time=at("seven tomorrow"))
    await bedroom.ask("move_it", past="15")
    await bedroom.ask("set", time=at("weekdays at six"))
    await bedroom.ask("cancel", rhythm="every weekday")
    assert rings(bedroom) == ["Thu 07:15"]


async def test_a_weekday_that_is_todays_is_next_weeks_where_its_morning_is_over(bedroom):
    await bedroom.ask("set", time=at("wednesday at five to seven"))
    await bedroom.ask("set", time=at("today at five to seven"))
    assert rings(bedroom) == ["Wed 18:55", "Wed 06:55"]
    assert [job.due.day for job in bedroom.scheduler.jobs()] == [25, 2]


async def test_what_rings_once_and_not_at_weekends_rings_every_other_day(bedroom):
    await bedroom.ask("set", time=at("tomorrow at seven"))
    await bedroom.ask("except_it", weekday="every weekend")
    assert rings(bedroom) == ["Thu 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]


async def test_a_rhythm_keeps_the_hour_that_was_changed_since_and_is_taken_back(bedroom):
    await bedroom.ask("set", time=at("five thirty tomorrow"))
    await bedroom.ask("move_it", time=at("six fifteen"))
    stale = at("five thirty every weekday")  # read from the first request, with the new part put in
    outcome = await bedroom.ask("move_it", text="every weekday", time=stale)
    assert "6:15 AM every weekday" in outcome.text
    assert "no alarm for Sunday" in (await bedroom.ask("list", time=at("sunday"))).text
    assert "6:15 AM tomorrow" in await outcome.receipts[0].undo()


async def test_an_evening_is_no_hour_and_the_answer_is_in_it(bedroom):
    outcome = await bedroom.ask("set", "zh", time=at("晚上", "zh"), answers=["就八点吧"])
    assert "几点" in outcome.asked[0]
    assert [each.rpartition(" ")[2] for each in rings(bedroom)] == ["20:00"]
