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
