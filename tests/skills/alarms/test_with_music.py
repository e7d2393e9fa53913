"""An alarm and the real music skill: what `alarms` asks for, `music` plays."""

from __future__ import annotations

import anyio
import pytest
from voice_assistant_skills.alarms.skill import Alarms

from tests.fakes import NOW, TryOut
from tests.skills.music.house import House, steady
from voice_assistant import values

pytestmark = pytest.mark.anyio


async def test_the_music_skill_wakes(tmp_path):
    steady(tmp_path / "Music" / "one.flac", 0.2, 30.0, title="Blue Train", artist="Coltrane")
    music = await House(tmp_path).begin()
    services = music.skill.offers()
    bedroom = TryOut(Alarms, tmp_path, media=music.player, services=services)
    await bedroom.ask("with_music", time=values.parse("time", "seven", "en", NOW), music="coltrane")
    outcome = bedroom.turn()
    with anyio.move_on_after(20):
        await bedroom.run(outcome, bedroom.skill.due(outcome.turn, bedroom.scheduler.jobs()[0]))
    assert music.skill.track.title == "Blue Train"
    assert not music.player.media_idle
    assert not outcome.rings
    assert await bedroom.halt()
    await music.hear(0.2)
    assert music.player.media_idle


async def test_what_is_not_on_the_shelves_rings(tmp_path):
    music = await House(tmp_path).begin()
    services = music.skill.offers()
    bedroom = TryOut(Alarms, tmp_path, media=music.player, services=services)
    await bedroom.ask("with_music", time=values.parse("time", "seven", "en", NOW))
    assert (await bedroom.due(bedroom.scheduler.jobs()[0])).rings
