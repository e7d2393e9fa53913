"""The sound server that loop-back tests share."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.audio.soundserver import SoundServer
from voice_assistant.audio import devices


@pytest.fixture(scope="session")
def server_of_the_session(tmp_path_factory):
    if not (shutil.which("pulseaudio") and shutil.which("pactl")):
        pytest.skip("needs PulseAudio: sudo apt install pulseaudio libasound2-plugins")
    before = dict(os.environ)
    with SoundServer(tmp_path_factory.mktemp("sound")) as server:
        os.environ.update(server.variables)
        devices.look_again()
        yield server
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def server(server_of_the_session):
    """A private sound server with both cards plugged in."""
    return server_of_the_session
