"""The reminder that was just spoken of, rhythms without a time of day, and what is due when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.reminders.skill import Reminders

from tests.fakes import TryOut, at

pytestmark = pytest.mark.anyio


@pytest.fixture
def home(tmp_path):
    return TryOut(Reminders, tmp_path)


def due(home):
    return [f"{job.data['task']} {job.due:%a %H:%M}" for job in home.scheduler.jobs()]


async def test_it_moves_and_goes(home):
    await home.ask("set", task="call mom", time=at("five"))
    await home.ask("set", task="feed the cat", time=at("six"))
    await home.ask("move_it", time=at("tomorrow"))
    assert due(home) == ["call mom Wed 17:00", "feed the cat Thu 18:00"]
    await home.ask("move_it", time=at("every monday"))
    assert "every Monday" in (await home.ask("list", task="cat")).text
    await home.ask("cancel_it")
    assert due(home) == ["call mom Wed 17:00"]


@pytest.mark.parametrize(
    ("language", "time", "said"),
    [
        ("en", "every two hours", "every 2 hours"),
        ("en", "every half hour", "every 30 minutes"),
        ("zh", "每两个小时", "每两小时"),
    ],
)
async def test_every_few_hours_needs_no_time_of_day(home, language, time, said):
    outcome = await home.ask("set", language, task="x", time=at(time, language))
    assert not outcome.asked
    assert said in outcome.text
    assert home.scheduler.jobs()[0].due > home.clock.now()


async def test_what_is_due_then(home):
    await home.ask("set", task="call mom", time=at("five"))
    assert "call mom" in (await home.ask("list", time=at("five"))).text
    assert "call mom" not in (await home.ask("list", time=at("tomorrow"))).text
    assert "tomorrow" in (await home.ask("list", time=at("tomorrow"))).text


async def test_to_call_the_vet_is_calling_the_vet(home):
    await home.ask("set", answers=["to call the vet", "at four"])
    assert due(home) == ["call the vet Wed 16:00"]


async def test_five_in_the_afternoon_becomes_six_in_the_afternoon(home):
    await home.ask("set", task="call mom", time=at("five"))
    await home.ask("move_it", time=at("eight"))
    assert due(home) == ["call mom Wed 20:00"]


async def test_nothing_is_set_in_the_past(home):
    outcome = await home.ask("set", task="buy stamps", time=at("today at nine am"), answers=["six"])
    assert "over" in outcome.asked[0] or "passed" in outcome.asked[0]
    assert due(home) == ["buy stamps Wed 18:00"]


async def test_yesterday_is_over_whatever_the_hour(home):
    outcome = await home.ask("set", task="buy stamps", time=at("yesterday"), answers=["at six"])
    assert "over" in outcome.asked[0] or "passed" in outcome.asked[0]
    assert due(home) == ["buy stamps Wed 18:00"]


async def test_an_hour_on_a_later_day_is_not_todays(home):
    home.clock.set(home.clock.now().replace(hour=22))
    saturday = at("saturday")
    await home.ask("set", task="buy a present", time=saturday, answers=["at eleven"])
    assert due(home) == ["buy a present Sat 11:00"]


async def test_once_more_on_another_day_or_again_and_again(home):
    await home.ask("set", task="feed the fish", time=at("saturday at six"))
    await home.ask("also_it", time=at("sunday"))
    assert due(home) == ["feed the fish Sat 18:00", "feed the fish Sun 18:00"]
    assert "every week" in (await home.ask("repeat_it", often="every week")).text


async def test_the_day_after(home):
    await home.ask("set", task="feed the fish", time=at("saturday at six"))
    await home.ask("move_it", by="1")
    assert due(home) == ["feed the fish Sun 18:00"]


@pytest.mark.parametrize(("who", "verb"), [("我奶奶", "来"), ("我妈妈", "生日")])
async def test_what_somebody_does_is_not_told_to_them(home, who, verb):
    said = await home.ask("set", "zh", who=who, task=verb, time=at("四点", "zh"))
    assert f"提醒你{who[1:]}{verb}" in said.text or f"{who[1:]}{verb}" in said.text


async def test_it_is_about_somebody_else(home):
    await home.ask("set", task="call mom", time=at("five"))
    await home.ask("move_it", time=at("six"))
    said = await home.ask("reword_it", old="mom", new="dad")
    assert due(home) == ["call dad Wed 18:00"]
    await said.receipts[0].undo()
    assert due(home) == ["call mom Wed 18:00"]
    assert "aunt" in (await home.ask("reword_it", old="aunt", new="uncle")).text


async def test_days_are_left_out_of_what_comes_again(home):
    await home.ask("set", task="take the pills", time=at("every day at ten"))
    said = await home.ask("except_it", text="but not on sundays", weekday="sundays")
    assert "Saturday" in said.text
    (job,) = home.scheduler.jobs()
    assert "SU" not in job.repeat
    assert "SA" in job.repeat
    await home.ask("set", task="call mom", time=at("five"))
    assert "no" in (await home.ask("except_it", weekday="sundays")).text.lower()


async def test_a_weekday_alone_is_of_the_week_of_what_is_moved(home):
    """It is Wednesday; "next Wednesday" that goes to Thursday is not tomorrow."""
    await home.ask("set", task="call mom", time=at("next wednesday at five"))
    (before,) = home.scheduler.jobs()
    await home.ask("move_it", text="make that thursday", time=at("thursday"))
    (after,) = home.scheduler.jobs()
    assert after.due - before.due == timedelta(days=1)
    await home.ask("move_it", text="下周五", time=at("friday"))
    assert home.scheduler.jobs()[0].due < after.due
