"""The sound server that loop-back tests share."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import soxr

from tests.audio.soundserver import RATE, Cards
from voice_assistant import catalog
from voice_assistant.errors import ModelMissing


@pytest.fixture(scope="session")
def server_of_the_session(tmp_path_factory):
    if not (shutil.which("pulseaudio") and shutil.which("pactl")):
        pytest.skip("needs PulseAudio: sudo apt install pulseaudio libasound2-plugins")
    with Cards(tmp_path_factory.mktemp("sound")) as server, server.in_use():
        yield server


@pytest.fixture
def server(server_of_the_session):
    """A private sound server with both cards plugged in."""
    return server_of_the_session


@pytest.fixture(scope="module")
def person():
    """Says a sentence: int16 at RATE."""
    from voice_assistant.engines.piper import PiperVoice

    models = catalog.load()
    try:
        folder = models.path("piper-joe-en")
    except ModelMissing as missing:
        pytest.skip(str(missing))
    voice = PiperVoice(next(folder.glob("*.onnx")) if folder.is_dir() else folder)

    def say(text):
        clips = list(voice.synthesize(text, language="en"))
        samples = soxr.resample(
            np.concatenate([clip.samples for clip in clips]), clips[0].rate, RATE
        )
        padded = np.concatenate((np.zeros(RATE // 5), 0.7 * samples, np.zeros(RATE // 2)))
        return (padded * 32767).astype(np.int16)

    return say
