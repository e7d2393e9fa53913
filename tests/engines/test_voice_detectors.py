"""What every voice detector must do."""

import numpy as np
import pytest

from tests.engines.conftest import room
from voice_assistant import catalog
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.engines.silero import SileroDetector

pytestmark = pytest.mark.engine


@pytest.fixture
def detector():
    with SileroDetector(catalog.load().path("silero-vad")) as engine:
        yield engine


def test_speech_is_told_from_silence(detector, speak):
    quiet = [detector.feed(frame) for frame in room(2)]
    spoken = [detector.feed(frame) for frame in speak("what is the weather like in London")]
    assert max(quiet) < 0.3
    assert max(spoken) > 0.9


def test_a_tone_is_not_speech(detector):
    time = np.arange(2 * RATE // FRAME * FRAME) / RATE
    tone = (8000 * np.sin(2 * np.pi * 880 * time)).astype(np.int16).reshape(-1, FRAME)
    assert np.mean([detector.feed(frame) for frame in tone]) < 0.2


def test_a_reset_forgets(detector, speak):
    first = [detector.feed(frame) for frame in speak("good morning")]
    detector.reset()
    assert [detector.feed(frame) for frame in speak("good morning")] == first
