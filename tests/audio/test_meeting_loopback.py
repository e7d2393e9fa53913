"""A meeting is recorded by voice, through a sound server: begun, marked, shown and ended."""

from __future__ import annotations

import json
import time

import pytest

from tests.audio.household import Household
from voice_assistant.audio.files import read_samples

pytestmark = [pytest.mark.loopback, pytest.mark.engine]

TRIES = 3
"""A person, too, says it again when nothing happens."""


def test_a_meeting_is_recorded_by_voice(server, tmp_path, person):
    with Household(server, tmp_path, "sound.earcon_volume=-80") as household:
        household.wait_for("ready", seconds=120)

        def until(said, done):
            for _ in range(TRIES):
                begun = time.perf_counter()
                server.speak(person(said))
                household.wait_for("turn_ended", after=begun, seconds=60)
                if done():
                    return
            raise AssertionError(f"{said}: {household.events[-6:]}")

        def signs():
            return [event["text"] for _, event in household.events if event["event"] == "sign"]

        def header():
            return next(tmp_path.glob("**/meeting.json"))

        until("Hey Jarvis, start recording the meeting.", signs)
        said = "The new fence will cost three hundred euros. Hey Jarvis, mark this moment."
        until(said, lambda: json.loads(header().read_text())["marks"])
        until("Hey Jarvis, stop recording.", lambda: "" in signs())
    sound = read_samples(header().with_name("recording.wav"))
    assert len(sound) > 3 * 16_000
    assert abs(sound).max() > 1000
