"""A ring is at the loudspeaker within 200 ms of its moment: the real scheduler, walk, skills and mixer.

What a sound card adds is its own buffer, which the mixer never fills ahead of a change; so the
mixer's part must stay far below the limit."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import anyio
import numpy as np
import pytest
import yaml
from voice_assistant_skills.alarms.skill import Alarms
from voice_assistant_skills.reminders.skill import Reminders
from voice_assistant_skills.timers.skill import Timers

from tests.scenario.theatre import Theatre
from voice_assistant.audio.frames import FRAME_SECONDS, Clip
from voice_assistant.audio.tape import TAPE_RATE, TapePlayer
from voice_assistant.mind import NoMind
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import LoadedSkill
from voice_assistant.skill import Cue, Home
from voice_assistant.store import Store

pytestmark = pytest.mark.anyio
SKILLS = Path(__file__).parents[2] / "skills"
LATEST = 0.1
"""Seconds of the 200 ms that the program may take; the rest is the sound card's."""


class House(Theatre):
    """The theatre with a real skill and a real mixer, whose every sample is kept."""

    def __init__(self, skill, folder):
        super().__init__()
        name = skill.__module__.split(".")[1]
        skill.name = name
        self.parts, self.begun = [], 0.0
        self.tape = TapePlayer(TAPE_RATE, sink=self.parts.append)
        self.assistant.player = self.assistant.mouth.player = self.tape
        self.jobs = self.assistant.scheduler.owned_by(name)
        home = Home(
            name=name,
            folder=folder,
            store=Store(self.database, name),
            scheduler=self.jobs,
            clock=self.clock,
            mind=NoMind(),
        )
        self.skills.loaded[name] = LoadedSkill(name=name, folder=folder, skill=skill(home))
        phrases = Phrases()
        book = yaml.safe_load((SKILLS / name / "en.yaml").read_text("utf-8"))
        phrases.add(name, "en", book["phrases"])
        self.assistant.handling.phrases = phrases

    async def live(self, seconds, prepare=lambda: None):
        """Let the house be for a while."""
        send, events = anyio.create_memory_object_stream(10)
        with send, events:
            async with anyio.create_task_group() as tasks:
                self.begun = anyio.current_time()
                tasks.start_soon(self._pull)
                prepare()
                tasks.start_soon(self.assistant.run, events)
                await anyio.sleep(seconds)
                tasks.cancel_scope.cancel()

    async def _pull(self):
        while True:
            self.tape.advance()
            await anyio.sleep(FRAME_SECONDS)

    def first_sound(self, after, louder=1e-4):
        """Seconds from a moment (of the virtual clock) to the first sample that is louder."""
        heard = np.abs(np.concatenate(self.parts)).max(axis=1)
        start = round((after - self.begun) * TAPE_RATE)
        assert not (heard[:start] > louder).any(), "it rang before its time"
        return float(np.flatnonzero(heard[start:] > louder)[0]) / TAPE_RATE


async def rings(house, due, prepare=lambda: None, louder=1e-4):
    """How long after its moment a job due in so many seconds is heard."""
    moment = anyio.current_time() + due
    await house.live(due + 8.0, prepare)
    return house.first_sound(moment, louder)


@pytest.mark.parametrize("due", [0.5, 3.0, 7.013, 21.37])
@pytest.mark.parametrize(
    ("skill", "data"),
    [
        (Timers, {"name": "egg", "length": 60.0}),
        (Alarms, {"name": "", "gentle": False}),
        (Reminders, {"task": "call mom", "count": 1}),
    ],
)
async def test_it_is_heard_in_time(tmp_path, skill, data, due):
    house = House(skill, tmp_path)
    house.jobs.add(house.clock.now() + timedelta(seconds=due), data, steady=skill is Timers)
    assert await rings(house, due) < LATEST


async def test_it_is_heard_in_time_among_a_thousand(tmp_path):
    house = House(Timers, tmp_path)
    now = house.clock.now()
    with house.database.transaction():
        for number in range(1000):
            later = now + timedelta(hours=1, seconds=number)
            house.jobs.add(later, {"name": "", "length": 60.0}, steady=True)
    house.jobs.add(now + timedelta(seconds=20), {"name": "", "length": 60.0}, steady=True)
    assert await rings(house, 20.0) < LATEST


async def test_it_is_heard_in_time_over_music(tmp_path):
    house = House(Timers, tmp_path)
    house.jobs.add(
        house.clock.now() + timedelta(seconds=10), {"name": "", "length": 60.0}, steady=True
    )

    class Hum:
        """Music that never ends, softer than a ring."""

        left, position = None, 0.0

        def read(self, n):
            return np.full((n, 2), 0.005, np.float32)

        def seek(self, seconds): ...

        def close(self): ...

    assert await rings(house, 10.0, lambda: house.tape.play_media(Cue(Hum())), louder=0.02) < LATEST


async def test_it_is_heard_in_time_over_its_own_voice(tmp_path):
    house = House(Timers, tmp_path)
    house.jobs.add(
        house.clock.now() + timedelta(seconds=10), {"name": "", "length": 60.0}, steady=True
    )
    talk = Clip(np.full(60 * TAPE_RATE, 0.005, np.float32), TAPE_RATE)
    assert await rings(house, 10.0, lambda: house.tape.mixer.voice.add(talk), louder=0.02) < LATEST
