"""Alarms: at the right hour of the right day, once or again, and told when they were missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.alarms.skill import Alarms

from tests.fakes import NOW, TryOut
from tests.skills.sentences import sentences_of
from voice_assistant import values

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("alarms")


@pytest.fixture
def bedroom(tmp_path):
    return TryOut(Alarms, tmp_path)


def at(text, language="en"):
    return values.parse("time", text, language, NOW)


@pytest.mark.parametrize(
    ("said", "due", "answer"),
    [
        ("seven", "11-26 07:00", "7 AM tomorrow"),
        ("7 am", "11-26 07:00", "7 AM tomorrow"),
        ("noon", "11-25 12:00", "noon"),
        ("half past six tomorrow", "11-26 06:30", "6:30 AM tomorrow"),
        ("every weekday at seven", "11-26 07:00", "7 AM every weekday"),
        ("every second saturday at nine", "11-28 09:00", "9 AM every second Saturday"),
        ("in eight hours", "11-25 18:00", "6 PM"),
        ("monday at five thirty", "11-30 05:30", "5:30 AM on Monday"),
        ("6 pm", "11-25 18:00", "6 PM"),
    ],
)
async def test_setting(bedroom, said, due, answer):
    outcome = await bedroom.ask("set", time=at(said))
    (job,) = bedroom.scheduler.jobs()
    assert f"{job.due:%m-%d %H:%M}" == due
    assert answer in outcome.text
    assert outcome.receipts[0].result["due"]


async def test_chinese(bedroom):
    outcome = await bedroom.ask("set", "zh", time=at("每天早上七点", "zh"))
    assert "每天早上七点" in outcome.text
    outcome = await bedroom.ask("list", "zh")
    assert "一个闹钟" in outcome.text


async def test_it_asks_for_the_time_and_keeps_the_day(bedroom):
    outcome = await bedroom.ask("set", time=at("friday"), answers=["at seven"])
    assert outcome.asked
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-27 07:00"


async def test_skipping_leaves_the_rest(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    outcome = await bedroom.ask("skip")
    assert "Friday" in outcome.text
    assert bedroom.scheduler.jobs()[0].due.day == 27
    await outcome.receipts[0].undo()
    assert bedroom.scheduler.jobs()[0].due.day == 26


async def test_cancelling_by_time_and_asking_which(bedroom):
    await bedroom.ask("set", time=at("seven"))
    await bedroom.ask("set", time=at("8 am"))
    outcome = await bedroom.ask("cancel", time=at("seven o'clock"))
    assert "7 AM" in outcome.text
    await bedroom.ask("set", time=at("seven"))
    outcome = await bedroom.ask("cancel", answers=["the first one"])
    assert "7 AM tomorrow or 8 AM tomorrow" in outcome.asked[0]
    assert [job.due.hour for job in bedroom.scheduler.jobs()] == [8]
    assert "no alarm at" in (await bedroom.ask("cancel", time=at("5 am"))).text


async def test_moving_keeps_the_day_and_the_repetition(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    outcome = await bedroom.ask("move", time=at("eight"))
    assert "8 AM every weekday" in outcome.text
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-26 08:00"


async def test_ringing_snoozing_and_stopping(bedroom):
    await bedroom.ask("set", time=at("seven"))
    assert "No alarm" in (await bedroom.ask("snooze")).text
    outcome = await bedroom.due(bedroom.scheduler.jobs()[0])
    assert outcome.pieces[0].sound is not None
    assert outcome.rings
    assert await bedroom.halt()
    outcome = await bedroom.ask("snooze", duration=timedelta(minutes=5))
    assert "5 minutes" in outcome.text
    assert len(bedroom.scheduler.jobs()) == 2


async def test_gently(bedroom):
    outcome = await bedroom.ask("gently", time=at("seven"))
    assert "gently" in outcome.text
    soft = await bedroom.due(bedroom.scheduler.jobs()[0])
    await bedroom.ask("set", time=at("seven"))
    loud = await bedroom.due(bedroom.scheduler.jobs()[1])
    assert abs(soft.rings[0].ring.samples).max() < abs(loud.rings[0].ring.samples).max() / 2


async def test_an_unheeded_alarm_is_told_later(bedroom):
    await bedroom.ask("set", time=at("seven"))
    outcome = bedroom.turn()
    outcome.turn.rang_out = True
    await bedroom.skill.due(outcome.turn, bedroom.scheduler.jobs()[0])
    missed = bedroom.scheduler.missed(NOW - timedelta(days=1))
    assert missed[0].data["title"] == "alarm for 7 AM"
    assert "7 AM" in (await bedroom.missed(bedroom.scheduler.jobs())).text


async def test_a_reset_clock_is_mentioned(bedroom):
    bedroom.scheduler._notes.set("noted", NOW.timestamp() + 86400)
    assert "check" in (await bedroom.ask("set", time=at("seven"))).text
