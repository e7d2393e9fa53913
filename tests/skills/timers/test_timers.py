"""Timers: set, asked, changed, rung and told."""

from __future__ import annotations

import re
from datetime import timedelta

import anyio
import pytest
from voice_assistant_skills.timers.skill import Timers

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("timers")
TEN = timedelta(minutes=10)


@pytest.fixture
def kitchen(tmp_path):
    return TryOut(Timers, tmp_path)


async def test_a_timer_is_on_disk_before_it_is_confirmed(kitchen):
    outcome = await kitchen.ask("set", duration=TEN)
    assert "10 minutes" in outcome.text
    (job,) = kitchen.scheduler.jobs()
    assert job.due.timestamp() - kitchen.clock.now().timestamp() == pytest.approx(600, abs=0.1)
    assert outcome.receipts[0].result["length"] == 600


async def test_those_that_run_can_be_shown(kitchen):
    await kitchen.ask("set", duration=TEN, name="egg")
    await kitchen.ask("set", duration=2 * TEN)
    await kitchen.ask("pause", name="egg")
    (shown,) = kitchen.skill.offers()["timers"]("en")
    assert shown[0] == "20 minute timer"
    assert shown[1].total_seconds() == pytest.approx(1200, abs=1)


async def test_it_asks_for_what_is_missing(kitchen):
    outcome = await kitchen.ask("set", answers=["um five minutes please"])
    assert outcome.asked
    assert "5 minutes" in outcome.said[-1]
    assert len(kitchen.scheduler.jobs()) == 1


async def test_nothing_is_set_without_an_answer(kitchen):
    outcome = await kitchen.ask("set", answers=["the blue one", "the blue one"])
    assert outcome.never_mind
    assert kitchen.scheduler.jobs() == []


async def test_a_length_in_a_request_no_template_knows_is_taken(kitchen):
    await kitchen.ask("set", text="the bread wants forty five minutes i think")
    assert kitchen.scheduler.jobs()[0].data["length"] == 2700


async def test_chinese(kitchen):
    assert "十分钟" in (await kitchen.ask("set", "zh", duration=TEN)).text
    await kitchen.ask("set", "zh", duration=timedelta(minutes=3), name="泡面")
    await anyio.sleep(60)
    said = (await kitchen.ask("left", "zh")).text
    assert "泡面计时器还剩两分钟" in said
    assert "九分钟" in said
    assert "泡面" in (await kitchen.ask("cancel", "zh", name="泡面")).text


async def test_how_long_is_left(kitchen):
    await kitchen.ask("set", duration=TEN)
    await anyio.sleep(90)
    assert "8 minutes and 30 seconds left" in (await kitchen.ask("left")).text
    await kitchen.ask("set", duration=timedelta(minutes=6), name="egg")
    assert "6 minutes left on the egg timer" in (await kitchen.ask("left", name="egg")).text
    assert "2 timers" in (await kitchen.ask("list")).text


async def test_pausing_stops_time_and_resuming_goes_on(kitchen):
    await kitchen.ask("set", duration=TEN)
    await anyio.sleep(240)
    assert "6 minutes" in (await kitchen.ask("pause")).text
    await anyio.sleep(1000)
    assert "paused with 6 minutes left" in (await kitchen.ask("left")).text
    assert "6 minutes" in (await kitchen.ask("resume")).text
    (job,) = kitchen.scheduler.jobs()
    assert job.due.timestamp() - kitchen.clock.now().timestamp() == pytest.approx(360, abs=1)


async def test_extending_and_shortening(kitchen):
    await kitchen.ask("set", duration=TEN)
    assert "15 minutes" in (await kitchen.ask("extend", duration=timedelta(minutes=5))).text
    assert "14 minutes" in (await kitchen.ask("shorten", duration=timedelta(minutes=1))).text
    outcome = await kitchen.ask("shorten", duration=timedelta(hours=1))
    assert "more than it has" in outcome.text
    assert not outcome.receipts


async def test_it_asks_which_of_several_is_meant(kitchen):
    await kitchen.ask("set", duration=TEN, name="egg")
    await kitchen.ask("set", duration=TEN, name="pasta")
    outcome = await kitchen.ask("cancel", answers=["the pasta one"])
    assert "pasta" in outcome.asked[0]
    assert "pasta timer" in outcome.said[-1]
    assert [job.data["name"] for job in kitchen.scheduler.jobs()] == ["egg"]


async def test_cancelling_can_be_undone(kitchen):
    await kitchen.ask("set", duration=TEN, name="egg")
    await kitchen.ask("set", duration=TEN)
    outcome = await kitchen.ask("cancel_all")
    assert "2 timers" in outcome.text
    assert kitchen.scheduler.jobs() == []
    await outcome.receipts[0].undo()
    assert len(kitchen.scheduler.jobs()) == 2


async def test_setting_can_be_undone(kitchen):
    outcome = await kitchen.ask("set", duration=TEN)
    assert "cancelled" in await outcome.receipts[0].undo()
    assert kitchen.scheduler.jobs() == []


async def test_a_name_nobody_gave(kitchen):
    assert "no timer" in (await kitchen.ask("cancel", name="bread")).text.lower()
    await kitchen.ask("set", duration=TEN)
    assert "no timer called bread" in (await kitchen.ask("cancel", name="bread")).text


async def test_the_chime_sounds_before_the_name_is_said(kitchen):
    await kitchen.ask("set", duration=TEN, name="egg")
    outcome = await kitchen.due(kitchen.scheduler.jobs()[0])
    assert outcome.pieces[0].sound is not None
    assert "egg" in outcome.text
    assert outcome.rings[0].ring_seconds <= 60


async def test_what_nobody_heard_is_told_later(kitchen):
    await kitchen.ask("set", duration=TEN, name="egg")
    outcome = kitchen.turn()
    outcome.turn.rang_out = True
    await kitchen.skill.due(outcome.turn, kitchen.scheduler.jobs()[0])
    (missed,) = kitchen.scheduler.missed(kitchen.clock.now() - timedelta(days=1))
    assert missed.data["title"] == "egg timer"
    said = (await kitchen.missed([missed])).text
    assert "egg timer" in said
    assert "ago" in said


async def test_stop_means_the_ring(kitchen):
    assert not await kitchen.halt()
    await kitchen.ask("set", duration=TEN)
    await kitchen.due(kitchen.scheduler.jobs()[0])
    assert await kitchen.halt()


async def test_repeating_the_last(kitchen):
    assert "no timer yet" in (await kitchen.ask("again")).text
    await kitchen.ask("set", duration=TEN)
    assert "10 minutes" in (await kitchen.ask("again")).text


async def test_a_thousand_timers(kitchen):
    with kitchen.database.transaction():
        for n in range(1000):
            kitchen.skill._start(timedelta(minutes=n + 1), None)
    said = (await kitchen.ask("list")).text
    assert "1,000 timers" in said
    assert "no" not in said.lower().split()


@pytest.mark.parametrize("answer", ["the five minute one", "five minutes", "the first"])
async def test_which_timer_is_told_as_a_length(kitchen, answer):
    for minutes in (5, 10):
        await kitchen.ask("set", duration=timedelta(minutes=minutes))
    outcome = await kitchen.ask("cancel", answers=[answer])
    assert "5 minute" in outcome.text
    assert [job.data["length"] for job in kitchen.scheduler.jobs()] == [600]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("how long is left on the second one", "toast"),
        ("how long do the eggs still have", "egg"),
        ("how long is left on the egg timer", "egg"),
        ("what about the last one", "toast"),
    ],
)
async def test_a_timer_is_meant_by_its_place_or_its_name_however_inflected(kitchen, text, left):
    await kitchen.ask("set", duration=TEN, name="eggs")
    await kitchen.ask("set", duration=timedelta(minutes=3), name="toast")
    assert re.findall("egg|toast", (await kitchen.ask("left", text=text)).text) == [left]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "get one going for the lentil soup", "lentil soup"),
        ("en", "set a timer for the next ten minutes", ""),
        ("zh", "炖牛腩定个时", "牛腩"),
        ("zh", "定个时", ""),
    ],
)
async def test_a_name_is_heard_though_no_template_reads_it(kitchen, language, text, name):
    await kitchen.ask("set", language, text=text, duration=TEN)
    assert kitchen.scheduler.jobs()[0].data["name"] == name


async def test_it_is_the_timer_that_was_spoken_of_last(kitchen):
    await kitchen.ask("set", duration=2 * TEN, name="rice")
    await kitchen.ask("set", duration=TEN, name="egg")
    assert "egg" in (await kitchen.ask("pause_it", text="pause it")).text
    assert "egg" in (await kitchen.ask("resume_it", text="keep going")).text
    await kitchen.ask("left", text="how long for the rice")
    assert "rice" in (await kitchen.ask("cancel_it", text="cancel that one")).text
    assert [job.data["name"] for job in kitchen.scheduler.jobs()] == ["egg"]


async def test_a_timer_starts_over_and_takes_another_length(kitchen):
    await kitchen.ask("set", duration=TEN)
    await anyio.sleep(200)
    assert "10 minutes" in (await kitchen.ask("restart", text="restart the timer")).text
    changed = await kitchen.ask("change_it", text="make it fifteen", minutes=15)
    assert "15 minutes" in changed.text
    (job,) = kitchen.scheduler.jobs()
    assert job.data["length"] == 900
    assert job.due.timestamp() - kitchen.clock.now().timestamp() == pytest.approx(900, abs=1)
    await changed.receipts[0].undo()
    assert kitchen.scheduler.jobs()[0].data["length"] == 600


@pytest.mark.parametrize(
    ("language", "lengths", "minutes"),
    [
        ("en", "one for ten minutes and one for twenty", [10, 20]),
        ("en", "for five minutes and one minute", [5, 1]),
        ("zh", "一个十分钟一个二十分钟", [10, 20]),
        ("zh", "一个一个半小时一个十分钟", [90, 10]),
    ],
)
async def test_several_at_once(kitchen, language, lengths, minutes):
    await kitchen.ask("set", language, text=lengths, lengths=lengths)
    kept = sorted(kitchen.scheduler.jobs(), key=lambda job: job.id)
    assert [job.data["length"] / 60 for job in kept] == minutes


async def test_it_is_given_a_name_afterwards(kitchen):
    await kitchen.ask("set", duration=TEN)
    outcome = await kitchen.ask("rename_it", name="tea")
    assert "tea timer" in outcome.text
    assert kitchen.scheduler.jobs()[0].data["name"] == "tea"
    await outcome.receipts[0].undo()
    assert kitchen.scheduler.jobs()[0].data["name"] == ""


async def test_more_time_for_what_has_no_timer_starts_one(kitchen):
    await kitchen.ask("set", duration=TEN, name="rice")
    assert "chicken" in (await kitchen.ask("extend", duration=2 * TEN, name="chicken")).text
    assert [job.data["length"] for job in kitchen.scheduler.jobs()] == [600, 1200]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "timer until eleven o'clock"), ("en", "a timer for eleven am"), ("zh", "计时到十一点")],
)
async def test_it_ends_at_a_time_of_day(kitchen, language, text):
    await kitchen.ask("set", language, text=text)
    assert kitchen.scheduler.jobs()[0].data["length"] == pytest.approx(3600, abs=1)


async def test_timers_of_one_name_are_told_apart_by_their_lengths(kitchen):
    for length in (TEN, 2 * TEN):
        await kitchen.ask("set", duration=length, name="bread")
    outcome = await kitchen.ask("cancel", name="bread", answers=["the 20 minute one"])
    assert "10 minute bread" in outcome.asked[0]
    assert [job.data["length"] for job in kitchen.scheduler.jobs()] == [600]


async def test_the_very_name_goes_before_a_longer_one(kitchen):
    for name in ("garlic bread", "bread"):
        await kitchen.ask("set", duration=TEN, name=name)
    await kitchen.ask("cancel", name="bread")
    assert [job.data["name"] for job in kitchen.scheduler.jobs()] == ["garlic bread"]


async def test_a_length_without_its_unit_is_in_minutes(kitchen):
    outcome = await kitchen.ask("set_also", text="and another one for eight", minutes=8)
    assert not outcome.asked
    assert "8 minutes" in outcome.text
