"""Alarms: at the right hour of the right day, once or again, and told when they were missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import anyio
import pytest
from voice_assistant_skills.alarms.skill import Alarms

from tests.fakes import NOW, TryOut, at
from tests.skills.sentences import sentences_of
from voice_assistant.values.kinds import Repeat, When

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("alarms")


@pytest.fixture
def bedroom(tmp_path):
    return TryOut(Alarms, tmp_path)


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
    assert "no alarm for" in (await bedroom.ask("cancel", time=at("5 am"))).text


async def test_moving_keeps_the_day_and_the_repetition(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    outcome = await bedroom.ask("move", time=at("eight"))
    assert "8 AM every weekday" in outcome.text
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-26 08:00"


async def test_an_alarm_is_put_off_and_brought_forward(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    outcome = await bedroom.ask("later", duration=timedelta(minutes=30))
    assert "7:30 AM every weekday" in outcome.text
    await outcome.receipts[0].undo()
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-26 07:00"
    outcome = await bedroom.ask("earlier", answers=["a quarter of an hour"])
    assert "6:45 AM every weekday" in outcome.text
    outcome = await bedroom.ask("earlier", duration=timedelta(days=2))
    assert "in the past" in outcome.text
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-26 06:45"


async def test_no_alarm_tomorrow_leaves_the_other_weekdays(bedroom):
    await bedroom.ask("set", time=at("every weekday at seven"))
    assert "tomorrow" in (await bedroom.ask("cancel", time=at("tomorrow"))).text
    assert f"{bedroom.scheduler.jobs()[0].due:%m-%d %H:%M}" == "11-27 07:00"
    assert "no alarm" in (await bedroom.ask("cancel", time=at("on sunday"))).text
    await bedroom.ask("cancel", time=at("every weekday at seven"))
    assert not bedroom.scheduler.jobs()


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
    soft, loud = soft.rings[0].ring, loud.rings[0].ring
    second = soft.rate
    assert soft.seconds == 60
    assert abs(soft.samples[:second]).max() < abs(loud.samples).max() / 3
    assert abs(soft.samples[-4 * second :]).max() > 1.5 * abs(soft.samples[: 4 * second]).max()


class Media:
    """A loudspeaker that plays a while."""

    def __init__(self, seconds):
        self.seconds, self.until = seconds, 0.0

    def play(self):
        self.until = anyio.current_time() + self.seconds

    def stop_media(self):
        self.until = 0.0

    @property
    def media_idle(self):
        return anyio.current_time() >= self.until


def musical(folder, *, seconds, found="Blue Train"):
    media, asked = Media(seconds), []

    async def play(what, language):
        asked.append(what)
        if found:
            media.play()
        return found

    services = {"play_music": play, "play_radio": play}
    return TryOut(Alarms, folder, media=media, services=services), media, asked


async def test_music_wakes_and_stop_ends_it(tmp_path):
    bedroom, media, asked = musical(tmp_path, seconds=3600)
    said = await bedroom.ask("with_music", time=at("every second saturday at nine"), music="jazz")
    assert said.text == "I'll wake you with jazz at 9 AM every second Saturday."
    (job,) = bedroom.scheduler.jobs()
    outcome = bedroom.turn()
    with anyio.move_on_after(60):  # somebody speaks: the turn is over, the music is not
        await bedroom.run(outcome, bedroom.skill.due(outcome.turn, job))
    assert asked == ["jazz"]
    assert not media.media_idle
    assert not outcome.rings
    assert await bedroom.halt()
    assert media.media_idle
    assert bedroom.scheduler.missed(NOW - timedelta(days=1)) == []


async def test_snoozing_ends_the_music_too(tmp_path):
    bedroom, media, _ = musical(tmp_path, seconds=3600)
    await bedroom.ask("with_radio", time=at("seven"))
    outcome = bedroom.turn()
    with anyio.move_on_after(60):
        await bedroom.run(outcome, bedroom.skill.due(outcome.turn, bedroom.scheduler.jobs()[0]))
    await bedroom.ask("snooze")
    assert media.media_idle


async def test_music_that_nobody_hears_ends_by_itself_and_is_told(tmp_path):
    bedroom, media, _ = musical(tmp_path, seconds=7200)
    await bedroom.ask("with_music", time=at("seven"))
    begun = anyio.current_time()
    await bedroom.due(bedroom.scheduler.jobs()[0])
    assert media.media_idle
    assert 1800 <= anyio.current_time() - begun < 1830
    assert bedroom.scheduler.missed(NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, "Radio that is silent"), (3600, None), (90, "x")]
)
async def test_an_alarm_rings_where_its_music_does_not_play_or_is_over(tmp_path, seconds, found):
    bedroom, _, asked = musical(tmp_path, seconds=seconds, found=found)
    await bedroom.ask("with_radio", time=at("seven"), station="Jazz Corner")
    outcome = await bedroom.due(bedroom.scheduler.jobs()[0])
    assert asked == ["Jazz Corner"]
    assert len(outcome.rings) == 1


async def test_without_a_loudspeaker_no_music_is_promised(bedroom):
    assert "nothing to play" in (await bedroom.ask("with_music", time=at("seven"))).text
    assert bedroom.scheduler.jobs() == []


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


async def test_a_wrong_clock_is_mentioned_after_the_start_where_it_matters(bedroom):
    notes = bedroom.scheduler._notes
    notes.set("noted", NOW.timestamp() + 86400)
    await bedroom.skill.start()
    assert bedroom.scheduler.jobs() == []  # nobody counts on it
    assert "check" in (await bedroom.ask("set", time=at("seven"))).text
    await bedroom.skill.start()
    warning, alarm = bedroom.scheduler.jobs()
    assert "1 alarm" in (await bedroom.ask("list")).text
    assert "don't know the right time" in (await bedroom.due(warning)).text
    notes.set("noted", 0)  # the network told it meanwhile
    assert (await bedroom.due(warning)).text == ""
    assert (await bedroom.missed([warning])).text == ""
    assert "missed" in (await bedroom.missed([warning, alarm])).text


@pytest.mark.parametrize(
    ("answer", "left"),
    [("half past six", [5, 7]), ("the seven am one", [5, 6]), ("the last one", [5, 6])],
)
async def test_which_alarm_is_told_as_a_time(bedroom, answer, left):
    for said in ("5:50 am", "6:30 am", "7 am"):
        await bedroom.ask("set", time=at(said))
    await bedroom.ask("cancel", answers=["what time am i getting up tomorrow", answer])
    assert [job.due.hour for job in bedroom.scheduler.jobs()] == left


WEEKDAYS = When(
    moment=NOW.replace(hour=7) + timedelta(days=1),
    clock=time(7),
    repeat=Repeat(every="week", days=(0, 1, 2, 3, 4)),
)


@pytest.mark.parametrize(
    "said",
    [
        When(moment=NOW + timedelta(days=2), day=NOW.date() + timedelta(days=2)),
        When(moment=NOW, repeat=Repeat(every="week", days=(4,))),
    ],
)
async def test_a_later_day_of_a_repeating_alarm_is_left_out(bedroom, said):
    """It is Wednesday; Friday is left out, whether "Friday's alarm" or "Fridays alarm" was heard."""
    await bedroom.ask("set", time=WEEKDAYS)
    outcome = await bedroom.ask("skip", time=said)
    assert "Friday" in outcome.text
    (job,) = bedroom.scheduler.jobs()
    assert (job.due.isoweekday(), bedroom.scheduler.following(job).isoweekday()) == (4, 1)
    friday = When(moment=NOW, day=NOW.date() + timedelta(days=2))
    assert "no alarm" in (await bedroom.ask("next", time=friday)).text.lower()
    assert "set again" in await outcome.receipts[0].undo()
    assert bedroom.scheduler.following(bedroom.scheduler.jobs()[0]).isoweekday() == 5


async def test_both_alarms_of_a_day_are_left_out_and_the_day_after_is_told(bedroom):
    await bedroom.ask("set", time=WEEKDAYS)
    await bedroom.ask("set", time=replace(WEEKDAYS, clock=time(8), moment=NOW.replace(hour=8)))
    tomorrow = When(moment=NOW, day=NOW.date() + timedelta(days=1))
    await bedroom.ask("skip", time=tomorrow)
    assert {job.due.isoweekday() for job in bedroom.scheduler.jobs()} == {5}
    monday = When(moment=NOW, day=NOW.date() + timedelta(days=5))
    assert "7 AM on Monday" in (await bedroom.ask("next", time=monday)).text
