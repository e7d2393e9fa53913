"""Real engines over real models; speech is made by espeak-ng on the spot."""

import os
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from voice_assistant.audio.files import read_frames
from voice_assistant.audio.frames import FRAME, RATE

MODELS = Path(os.environ.get("VOICE_ASSISTANT_MODELS", Path(__file__).parents[2] / "models"))


@pytest.fixture(autouse=True)
def _same_voice():
    """Piper's noise is the same in every run: now and then a recogniser takes the end of somebody's
    words in a story for the end of all."""
    onnxruntime.set_seed(20)


def model(name):
    """The folder of a model, or a skip that says which one is missing."""
    folder = MODELS / name
    if not folder.is_dir():
        pytest.skip(f"the model {name} is not installed in {MODELS}")
    return folder


@pytest.fixture(scope="session")
def speak(tmp_path_factory):
    """speak(text, voice) -> frames of espeak-ng saying it, with half a second of room around."""
    folder = tmp_path_factory.mktemp("speech")

    def make(text, voice="en-us", speed=140):
        path = folder / f"{abs(hash((text, voice, speed)))}.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(path), text]
        subprocess.run(command, check=True)
        return [*room(0.5), *read_frames(path), *room(0.5)]

    return make


def room(seconds, level=3, seed=7):
    """Frames of a quiet room: a little noise, as any microphone has."""
    noise = np.random.default_rng(seed).normal(0, level, round(seconds * RATE / FRAME) * FRAME)
    return list(noise.astype(np.int16).reshape(-1, FRAME))
