"""The player by voice, on real files through the real decoder and mixer."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from voice_assistant_skills.music import judging
from voice_assistant_skills.music.place import Kept, Place
from voice_assistant_skills.music.shelf import Shelf

from tests.skills.music.house import RATE, House, steady
from voice_assistant.audio.fader import gain
from voice_assistant.audio.media import Cue
from voice_assistant.audio.mixer import DUCK_DB
from voice_assistant.store import Database, Store

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
LEVELS = {"One": 0.1, "Two": 0.2, "Three": 0.3}
"""What each track of the album sounds like; ReplayGain tags keep it so."""


@pytest.fixture
async def house(tmp_path):
    for number, (title, level) in enumerate(LEVELS.items(), 1):
        steady(
            tmp_path / "Music" / f"{number}.flac", level, 10.0, title=title, artist="The Levels",
            album="Steps", tracknumber=number, replaygain_track_gain="0 dB",
        )  # fmt: skip
    return await House(tmp_path).begin()


def level(heard):
    return round(float(heard[-1]), 2)


async def test_an_album_plays_in_its_order_without_a_gap(house):
    said = await house.ask("play", music="steps")
    assert "Steps" in said.text
    assert said.receipts[0].result["tracks"] == 3
    heard = await house.hear(32.0)
    expected = np.concatenate([np.full(10 * RATE, each, np.float32) for each in LEVELS.values()])
    assert np.allclose(heard[: 30 * RATE], expected, atol=1e-3)  # to the sample
    assert not heard[30 * RATE :].any()
    assert house.skill.deck.idle


async def test_next_back_again_and_the_end_of_the_row(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    assert house.title == "One"
    await house.ask("next")
    assert level(await house.hear(1.0)) == 0.2
    await house.ask("back")
    assert level(await house.hear(1.0)) == 0.1
    await house.ask("next")
    await house.hear(3.0)
    await house.ask("again")
    await house.hear(0.5)
    assert house.skill.deck.seconds < 1.0
    await house.ask("next")
    await house.hear(1.0)
    assert house.title == "Three"
    await house.ask("next")  # after the last of a row comes more
    assert house.title is not None


async def test_pause_resume_and_stop(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    assert "Paused" in (await house.ask("pause")).text
    assert level(await house.hear(1.0)) == 0.0
    await house.ask("resume")
    assert level(await house.hear(1.0)) == 0.1
    assert house.skill.deck.seconds == pytest.approx(2.0, abs=0.2)
    assert await house.halt()
    assert level(await house.hear(1.0)) == 0.0
    assert not await house.halt()
    assert "Nothing" in (await house.ask("pause")).text


async def test_seeking_forward_back_and_to(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    await house.ask("seek", forward=timedelta(seconds=5))
    assert house.skill.deck.seconds == pytest.approx(6.0, abs=0.2)
    await house.ask("seek", behind=timedelta(seconds=3))
    assert house.skill.deck.seconds == pytest.approx(3.0, abs=0.2)
    await house.ask("seek", to=timedelta(seconds=9))
    assert house.skill.deck.seconds == pytest.approx(9.0, abs=0.2)
    assert "10 seconds" in (await house.ask("seek", to=timedelta(minutes=2))).text
    await house.hear(2.0)
    assert house.title == "Two"


async def test_repeat_one_all_and_off(house):
    await house.ask("play", music="two")
    await house.hear(1.0)
    await house.ask("repeat_one")
    assert level(await house.hear(15.0)) == 0.2
    assert house.title == "Two"
    await house.ask("repeat_off")
    await house.hear(10.0)
    assert house.skill.deck.idle
    await house.ask("play", music="steps")
    await house.ask("repeat")
    await house.hear(31.0)
    assert house.title == "One"


async def test_what_is_asked_for_next_comes_next_and_the_row_goes_on(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    assert "Three" in (await house.ask("queue", music="three")).text
    assert "Three" in (await house.ask("coming")).text
    titles = []
    for _ in range(5):
        titles.append(house.title)
        await house.hear(10.0)
    assert titles == ["One", "Three", "Two", "Three", None]


async def test_ending_after_this_song(house):
    await house.ask("play", music="steps")
    await house.hear(2.0)
    await house.ask("last")
    assert "Nothing comes" in (await house.ask("coming")).text
    await house.hear(10.0)
    assert house.skill.deck.idle


async def test_the_whole_album_of_a_song(house):
    await house.ask("play", music="two")
    await house.hear(1.0)
    await house.ask("album")
    await house.hear(1.0)
    assert house.title == "One"
    assert [track.title for track in house.skill.deck.row.coming] == ["Two", "Three"]


async def test_what_is_this(house):
    assert "Nothing" in (await house.ask("what")).text
    await house.ask("play", music="two")
    await house.hear(1.0)
    assert (await house.ask("what")).text == "This is Two by The Levels, from the album Steps."
    assert "《Two》" in (await house.ask("what", "zh")).text


async def test_shuffle_keeps_what_plays_and_all_the_rest(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    await house.ask("shuffle")
    assert house.title == "One"
    assert {track.title for track in house.skill.deck.row.coming} == {"Two", "Three"}


async def test_the_sleep_timer_stops_it_and_a_stop_before_forgets_the_timer(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    said = await house.ask("sleep", duration=timedelta(minutes=20))
    assert "20 minutes" in said.text
    (job,) = house.scheduler.jobs()
    assert "20 minutes" in (await house.ask("sleep_left")).text
    await house.due(job)
    assert house.skill.deck.idle
    await house.ask("play", music="steps")
    assert "minutes" not in (await house.ask("sleep_left")).text
    await house.due(job)  # an old one
    assert not house.skill.deck.idle


async def test_music_ducks_within_150_ms_and_returns_within_150_ms(house):
    await house.ask("play", music="three")
    await house.hear(1.0)
    house.player.duck()
    down = await house.hear(0.2)
    assert down[round(0.15 * RATE)] == pytest.approx(0.3 * gain(DUCK_DB), abs=0.005)
    house.player.unduck()
    up = await house.hear(0.2)
    assert up[round(0.15 * RATE)] == pytest.approx(0.3, abs=0.005)


async def test_another_player_that_takes_the_loudspeaker_ends_ours(house):
    await house.ask("play", music="steps")
    await house.hear(1.0)
    house.player.play_media(Cue(house._open(house.folder / "none.flac")))
    await house.hear(0.5)
    assert house.skill.track is None
    assert not await house.halt()  # it is not ours to stop


def killed_in_the_middle_of_two(folder):
    """A process that played, and was not asked before it was gone; the second that was heard."""
    command = [sys.executable, "-m", "tests.skills.music.killed", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        for line in child.stdout:
            title, seconds = line.split()
            if title == "Two" and float(seconds) > 3.7:
                child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert title == "Two"
    return float(seconds)


async def test_a_killed_player_resumes_within_two_seconds(house, tmp_path):
    seconds = killed_in_the_middle_of_two(tmp_path)
    again = await House(tmp_path, database=Database(tmp_path / "kept.db")).begin()
    await again.ask("resume")
    heard = await again.hear(1.0)
    assert level(heard) == 0.2
    assert abs(again.skill.deck.seconds - 1.0 - seconds) <= 2.0
    assert [track.title for track in again.skill.deck.row.coming] == ["Three"]


async def test_a_place_that_was_being_written_when_the_power_went_is_the_one_before(tmp_path):
    place = Place(Store(Database(":memory:"), "music"), tmp_path / "place.json")
    place.row(["a", "b"])
    place.passing(1, 42.0)
    (tmp_path / "place.json.new").write_text('{"row": 1, "a')
    assert place.kept() == Kept(paths=("a", "b"), at=1, seconds=42.0)
    place.passing(1, 43.0)
    assert place.kept().seconds == 43.0


async def test_a_file_that_broke_since_is_passed_over(house, tmp_path):
    (tmp_path / "Music" / "2.flac").write_bytes(b"no music")
    await house.ask("play", music="steps")
    await house.hear(11.0)
    assert house.title == "Three"


async def test_without_any_readable_file_it_ends(house, tmp_path):
    for file in (tmp_path / "Music").iterdir():
        file.write_bytes(b"no music")
    await house.ask("play")
    await house.hear(2.0)
    assert house.skill.deck.idle


async def test_without_a_loudspeaker_it_says_so(tmp_path):
    from voice_assistant_skills.music.skill import Music

    from tests.fakes import TryOut

    silent = TryOut(Music, tmp_path)
    assert "loudspeaker" in (await silent.ask("sound", sound="rain")).text
    assert "loudspeaker" in (await silent.ask("resume")).text
    assert "Nothing" in (await silent.ask("next")).text


@pytest.mark.timed
async def test_from_a_request_to_the_first_sound_in_a_library_of_fifty_thousand(house):
    """CPU time of request, choice, opening the file, decoding and mixing: what a machine that has
    nothing else to do would take."""
    mine = house.skill.shelf.tracks
    house.skill._indexer.shelf = Shelf([*mine, *judging.large()])
    for said in ("two", "tow by the levels"):
        began = process_time()
        await house.ask("play", music=said, text=f"play {said}")
        while not (await house.hear(0.1)).any():
            pass
        assert process_time() - began < 0.3
        assert house.title == "Two"


async def test_a_sound_for_a_while_ends_by_itself(house):
    await house.ask("sound", sound="rain", duration=timedelta(minutes=20))
    (job,) = house.scheduler.jobs()
    assert not house.skill.deck.idle
    await house.due(job)
    assert house.skill.deck.idle


async def test_who_cannot_sleep_is_offered_a_sound_or_music(house):
    said = await house.ask("sleepless", answers=["the sea"])
    assert "the sea" in said.text
    assert len(house.scheduler.jobs()) == 1
