"""Reminders: kept, read until heeded, told when they were missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.reminders.person import turned
from voice_assistant_skills.reminders.skill import TIMES, Reminders

from tests.fakes import NOW, TryOut, at
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("reminders")


@pytest.fixture
def desk(tmp_path):
    return TryOut(Reminders, tmp_path)


@pytest.mark.parametrize(
    ("said", "due", "answer"),
    [
        ("seven pm", "11-25 19:00", "7 PM"),
        ("in twenty minutes", "11-25 10:20", "10:20 AM"),
        ("tomorrow at three", "11-26 15:00", "3 PM tomorrow"),
        ("tomorrow morning", "11-26 08:00", "8 AM tomorrow"),
        ("every monday at eight", "11-30 08:00", "8 AM every Monday"),
    ],
)
async def test_setting(desk, said, due, answer):
    outcome = await desk.ask("set", task="call my mom", time=at(said))
    (job,) = desk.scheduler.jobs()
    assert f"{job.due:%m-%d %H:%M}" == due
    assert answer in outcome.text
    assert "call your mom" in outcome.text


async def test_it_asks_for_what_and_when(desk):
    outcome = await desk.ask("set", answers=["take my medicine", "at nine pm"])
    assert len(outcome.asked) == 2
    assert "take your medicine" in outcome.said[-1]
    assert desk.scheduler.jobs()[0].due.hour == 21


async def test_a_day_without_a_time_asks_and_keeps_the_day(desk):
    outcome = await desk.ask("set", task="buy flowers", time=at("saturday"), answers=["10 am"])
    assert "10 AM on Saturday" in outcome.text


@pytest.mark.parametrize(
    ("language", "task", "what", "due"),
    [
        ("zh", "明天早上八点倒垃圾", "倒垃圾", "11-26 08:00"),
        ("en", "water the plants tomorrow at nine", "water the plants", "11-26 09:00"),
    ],
)
async def test_a_time_left_in_the_task_is_taken_out(desk, language, task, what, due):
    outcome = await desk.ask("set", language, task=task)
    assert not outcome.asked
    (job,) = desk.scheduler.jobs()
    assert (job.data["task"], f"{job.due:%m-%d %H:%M}") == (what, due)


async def test_silence_sets_nothing(desk):
    outcome = await desk.ask("set", task="call tom")
    assert outcome.never_mind
    assert desk.scheduler.jobs() == []


async def test_chinese(desk):
    outcome = await desk.ask("set", "zh", task="给我妈打电话", time=at("明天晚上七点", "zh"))
    assert "明天晚上七点" in outcome.text
    assert "给你妈打电话" in outcome.text
    assert "一个提醒" in (await desk.ask("list", "zh")).text


async def test_cancelling_one_and_all(desk):
    await desk.ask("set", task="call tom", time=at("noon"))
    await desk.ask("set", task="feed the cat", time=at("6 pm"))
    outcome = await desk.ask("cancel", task="the cat")
    assert "feed the cat" in outcome.text
    await outcome.receipts[0].undo()
    assert len(desk.scheduler.jobs()) == 2
    assert "keep" in (await desk.ask("cancel_all", answers=["no"])).text
    assert "2 reminders" in (await desk.ask("cancel_all", answers=["yes"])).said[-1]
    assert desk.scheduler.jobs() == []


async def test_unheeded_it_comes_again_and_is_told_in_the_end(desk):
    await desk.ask("set", task="feed the cat", time=at("noon"))
    for read in range(1, TIMES + 1):
        (job,) = desk.scheduler.jobs()
        outcome = desk.turn()
        outcome.turn.rang_out = True
        await desk.skill.due(outcome.turn, job)
        desk.scheduler.remove(job)
        assert bool(desk.scheduler.jobs()) == (read < TIMES)
    assert [job.data["title"] for job in desk.scheduler.missed(NOW - timedelta(days=1))] == [
        "reminder: feed the cat"
    ]


async def test_heeded_it_is_over_and_may_be_put_off(desk):
    await desk.ask("set", task="feed the cat", time=at("noon"))
    (job,) = desk.scheduler.jobs()
    assert "feed the cat" in (await desk.due(job)).text
    desk.scheduler.remove(job)
    assert desk.scheduler.jobs() == []
    assert "15 minutes" in (await desk.ask("later", time=at("in 15 minutes"))).text
    assert (await desk.ask("done")).text


def test_persons():
    assert turned("call my mom and tell her i'm late", "en") == (
        "call your mom and tell her you're late"
    )
    assert turned("接我妹妹", "zh") == "接你妹妹"


async def test_somebody_else_is_reminded(desk):
    outcome = await desk.ask("set", task="drink some water", who="my son", time=at("noon"))
    assert "remind your son at noon" in outcome.text
    said = (await desk.due(desk.scheduler.jobs()[0])).text
    assert "your son, drink some water" in said


async def test_a_reminder_is_moved_on_its_day(desk):
    await desk.ask("set", task="ring the plumber", time=at("friday at three"))
    outcome = await desk.ask("move", task="plumber", time=at("five o'clock"))
    (job,) = desk.scheduler.jobs()
    assert f"{job.due:%m-%d %H:%M}" == "11-27 17:00"
    await outcome.receipts[0].undo()
    assert f"{desk.scheduler.jobs()[0].due:%H:%M}" == "15:00"


async def test_what_is_done_is_not_told_again(desk):
    await desk.ask("set", task="ring the plumber", time=at("friday at three"))
    await desk.ask("set", task="pay the rent", time=at("every day at nine"))
    await desk.ask("finished", task="the plumber")
    first = desk.scheduler.jobs()[0].due
    await desk.ask("finished", task="the rent")
    (job,) = desk.scheduler.jobs()
    assert job.due == first + timedelta(days=1)
