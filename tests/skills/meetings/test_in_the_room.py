"""A meeting is recorded through the ears, which answer nobody but who says the wake word."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.test_ears import QUIET, SPEECH, WAKE, ears, sound
from voice_assistant.events import Heard, SpeechStarted, Woken

MEETING = sound((QUIET, 1), (SPEECH, 20), (QUIET, 2), (SPEECH, 10), (QUIET, 2))


def heard_by(listening, frames):
    return [event for frame in frames for event in listening.feed(frame)]


def test_talk_is_recorded_and_not_answered():
    listening = ears()
    with listening.tap.open():
        listening.tap.take = recorded = Kept()
        events = heard_by(listening, MEETING)
    assert not any(isinstance(each, Heard | SpeechStarted | Woken) for each in events)
    assert len(recorded.frames) == len(MEETING)
    assert (np.concatenate(recorded.frames) == np.concatenate(MEETING)).all()


def test_who_says_the_wake_word_is_answered_while_it_records():
    listening = ears()
    listening.tap.take = recorded = Kept()
    asked = sound((WAKE, 0.5), (SPEECH, 1.0), (QUIET, 2))
    events = heard_by(listening, [*MEETING, *asked])
    assert [each.text for each in events if isinstance(each, Heard)] == ["what time is it"]
    assert len(recorded.frames) == len(MEETING) + len(asked)


def test_deaf_ears_record_nothing():
    listening = ears()
    listening.tap.take = recorded = Kept()
    listening.deafen(True)
    heard_by(listening, MEETING)
    assert recorded.frames == []


class Kept:
    """Takes every frame."""

    def __init__(self) -> None:
        self.frames = []

    def __call__(self, frame):
        self.frames.append(frame)


@pytest.mark.parametrize("seconds", [1.0, 5.0])
def test_the_tap_gets_each_frame_once(seconds):
    listening = ears()
    frames = sound((SPEECH, seconds))
    with listening.tap.open():
        heard_by(listening, frames)
    assert len(list(listening.tap.frames())) == len(frames)
