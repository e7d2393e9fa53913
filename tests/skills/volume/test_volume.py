"""Volume: said in percent, kept over restarts, and alarms that ring through a mute."""

from __future__ import annotations

import pytest
from voice_assistant_skills.volume.skill import Volume, decibels

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("volume")


class Player:
    def __init__(self):
        self.levels = {}

    def set_volume(self, name, db):
        self.levels[name] = db


@pytest.fixture
def hall(tmp_path):
    return TryOut(Volume, tmp_path, media=Player())


async def test_to_a_percentage(hall):
    assert "40 percent" in (await hall.ask("set", percent=40)).text
    assert hall.skill.home.media.levels == {
        "voice": pytest.approx(-15.9, abs=0.1),
        "media": pytest.approx(-15.9, abs=0.1),
    }
    assert "50 percent" in (await hall.ask("set", number=5)).text
    assert "百分之三十" in (await hall.ask("set", "zh", number=30)).text
    assert "0 to 100" in (await hall.ask("set", percent=140)).text
    assert "60" in (await hall.ask("set", answers=["sixty"])).text


async def test_steps_end_at_the_ends(hall):
    await hall.ask("set", percent=95)
    assert "100" in (await hall.ask("up")).text
    assert "as loud as it goes" in (await hall.ask("up")).text
    await hall.ask("minimum")
    assert "0 percent" in (await hall.ask("down")).text
    assert "all the way down" in (await hall.ask("down")).text


async def test_one_channel(hall):
    await hall.ask("set", channel="media", percent=20)
    assert list(hall.skill.home.media.levels) == ["media"]
    assert "70" in (await hall.ask("ask")).text


async def test_mute_spares_alarms_and_is_kept(hall, tmp_path):
    await hall.ask("set", channel="alarms", percent=90)
    await hall.ask("mute")
    assert hall.skill.home.media.levels["voice"] == decibels(0)
    assert "off" in (await hall.ask("ask")).text
    after = TryOut(Volume, tmp_path, media=Player(), database=hall.database)
    await after.skill.start()
    assert after.skill.home.media.levels["alarms"] > -3
    await after.ask("unmute")
    assert "70" in (await after.ask("ask")).text


async def test_undo(hall):
    outcome = await hall.ask("maximum")
    assert "70" in await outcome.receipts[0].undo()
    assert hall.skill._level("media") == 70


async def test_without_a_loudspeaker(tmp_path):
    assert "40" in (await TryOut(Volume, tmp_path).ask("set", percent=40)).text
