"""What goes wrong on people's machines ends in one clear line, and never in a traceback."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from voice_assistant import catalog
from voice_assistant.errors import ModelError, ModelMissing

pytestmark = pytest.mark.engine

NO_SOUND = {"PULSE_SERVER": "unix:/nowhere"}


def type_in(home: Path, *words: str, said: str = "", **variables: str):
    """A command on a machine of its own: (status, what it printed, lines of its complaint)."""
    done = subprocess.run(
        [sys.executable, "-m", "voice_assistant", *words],
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "VOICE_ASSISTANT_HOME": str(home), **variables},
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr.strip().splitlines()


@pytest.fixture
def whisper() -> Path:
    try:
        return catalog.load().path("whisper-tiny-en")
    except ModelMissing as missing:
        pytest.skip(str(missing))


def test_without_a_microphone_one_types(tmp_path, whisper):
    status, answer, lines = type_in(
        tmp_path, "run", "--no-llm", "--language", "en", said="what is 2 plus 3\n", **NO_SOUND
    )
    assert status == 0
    assert "5" in answer
    assert lines == ["No microphone was found: plug one in. You can type instead."]


def test_without_a_recogniser_it_says_what_to_type(tmp_path):
    status, _, lines = type_in(
        tmp_path, "run", "--no-llm", VOICE_ASSISTANT_MODELS=str(tmp_path / "none")
    )
    assert status == 1
    assert lines == [
        "The model 'whisper-tiny-en' is not installed:"
        " type 'voice-assistant models pull whisper-tiny-en'."
    ]


@pytest.fixture
def spoilt(tmp_path, whisper) -> Path:
    """A folder of models whose recogniser has the right size and the wrong content."""
    models = tmp_path / "models"
    shutil.copytree(whisper, models / whisper.name)
    with (models / whisper.name / "model.bin").open("r+b") as file:
        file.write(os.urandom(4096))
    return models


def test_a_damaged_recogniser_is_named(tmp_path, spoilt):
    sound = str(_silence(tmp_path))
    status, _, lines = type_in(tmp_path, "transcribe", sound, VOICE_ASSISTANT_MODELS=str(spoilt))
    assert status == 1
    assert len(lines) == 1
    assert lines[0].startswith("The recogniser in ")
    assert lines[0].endswith("is damaged: type 'voice-assistant models verify'.")


def test_a_broken_settings_file_is_named(tmp_path):
    (tmp_path / "settings.toml").write_text("language = \n")
    status, _, lines = type_in(tmp_path, "ask", "--no-llm", "what time is it")
    assert status == 1
    assert len(lines) == 1
    assert str(tmp_path / "settings.toml") in lines[0]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, which only root can mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("needs root, for a disk of its own")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_promises_nothing_and_loses_nothing(small_disk):
    ask = ("ask", "--no-llm", "--language", "en")
    assert type_in(small_disk, *ask, "set a pasta timer for fifty minutes")[0] == 0
    _fill(small_disk / "film")
    _, answer, lines = type_in(small_disk, *ask, "set a rice timer for forty minutes")
    told = answer + " ".join(lines)
    assert "disk" in told
    assert "starting now" not in told
    (small_disk / "film").unlink()
    _, answer, _ = type_in(small_disk, *ask, "how much time is left on my timers")
    assert "pasta" in answer
    assert "rice" not in answer


def _fill(path: Path) -> None:
    """Take all that is left of the disk."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(65536))


def test_damaged_models_are_stated(tmp_path):
    from voice_assistant.engines.silero import SileroDetector
    from voice_assistant.engines.vosk import VoskRecognizer

    (tmp_path / "am").mkdir()
    (tmp_path / "am" / "final.mdl").write_bytes(b"no model")
    with pytest.raises(ModelError, match="models verify"):
        VoskRecognizer(tmp_path, language="en")
    (tmp_path / "silero.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="damaged"):
        SileroDetector(tmp_path / "silero.onnx")


def _silence(folder: Path) -> Path:
    path = folder / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(32_000))
    return path
