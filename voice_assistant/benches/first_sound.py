"""`bench first_sound`: how long one waits for an answer, beside the way others make one.

Spoken requests go through `hear --pace realtime`, one household for all of them. The other way is a
fixed silence, Whisper with its 30 seconds, the same routing, and then the whole reply made before
its first sample sounds; its parts are measured in the same run, with the same engines. Both hear
with the recogniser that `./start` installs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import numpy as np

from voice_assistant import catalog as catalogs
from voice_assistant.app.engines import STARTER_RECOGNIZER
from voice_assistant.audio.files import read_frames
from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.bench import Row
from voice_assistant.benches._speech import frames, in_room, person, row, said
from voice_assistant.engines import Synthesizer
from voice_assistant.engines.whisper import WhisperRecognizer

_REQUESTS = Path(__file__).parents[1] / "data" / "bench_spoken_en.txt"

FIXED_SILENCE = 700.0
"""Milliseconds that others wait: 640 to 800."""

BEFORE, AFTER = 0.3, 0.2
"""Seconds of a quiet room around a request."""

SETTINGS = (
    "language=en",
    f"recognition.model={STARTER_RECOGNIZER}",
    "llm.enabled=false",
    "sound.echo_cancel=off",
    "listening.mode=push",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    first_sound: float
    """Milliseconds."""
    said: str
    routing: float


def run() -> Iterator[Row]:
    """First sound of local answers: median, 95th percentile, and beside the other way."""
    catalog = catalogs.load()
    voice = person()
    if voice is None or not catalog.installed(STARTER_RECOGNIZER):
        return
    with tempfile.TemporaryDirectory() as folder:
        files = [_write(voice, text, Path(folder)) for text in _requests()]
        turns = _ask(files, Path(folder))
        asked = [(file, turn) for file, turn in zip(files, turns, strict=False) if turn]
        ours = [turn.first_sound for _, turn in asked]
        others = list(_sequential(catalog.path(STARTER_RECOGNIZER), voice, asked))
    yield Row("spoken requests answered", len(asked), f"of {len(files)}", goal="all")
    ratio = median(a / b for a, b in zip(ours, others, strict=True))
    yield Row(
        "first sound, median", median(ours), "ms", median(others), ratio, "< 500, ratio <= 0.4"
    )
    yield Row("first sound, 95 %", quantiles(ours, n=20)[-1], "ms", goal="< 900")


def _requests() -> list[str]:
    return _REQUESTS.read_text(encoding="utf-8").splitlines()


def _write(voice: Synthesizer, text: str, folder: Path) -> Path:
    """A request in a quiet room as a file at RATE."""
    room = in_room(row(BEFORE, said(voice, f"{text}."), AFTER), 60)
    path = folder / f"{text.replace(' ', '_')}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(frame.tobytes() for frame in frames(room)))
    return path


def _ask(files: Sequence[Path], folder: Path) -> list[Answer | None]:
    """What the assistant made of each, in one household; None where it said nothing."""
    settings = [word for setting in SETTINGS for word in ("--set", setting)]
    command = ["hear", *map(str, files), "--no-wake", "--pace", "realtime", "--json", *settings]
    done = subprocess.run(
        [sys.executable, "-m", "voice_assistant", *command],
        stdout=subprocess.PIPE,
        check=True,
        env=_environment(folder),
    )
    return [
        Answer(turn["first_sound"], turn["said"], turn["routing"])
        if "first_sound" in turn
        else None
        for turn in _turns(map(json.loads, done.stdout.splitlines()))
    ]


def _turns(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What came of each request. One that somebody seemed to have ended, and that went on, is one."""
    turns: list[dict[str, Any]] = []
    for event in events:
        match event:
            case {"event": "heard", "text": str(text), "continues": False} if text:
                turns.append({"said": ""})
            case {"event": "route", "ms": ms}:
                turns[-1]["routing"] = ms
            case {"event": "first_sound", "ms": ms}:
                turns[-1].setdefault("first_sound", ms)
            case {"event": "said", "text": text}:
                turns[-1]["said"] += f" {text}"
    return turns


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "VOICE_ASSISTANT_HOME": str(folder / "home")}


def _sequential(
    model: Path, voice: Synthesizer, asked: Sequence[tuple[Path, Answer]]
) -> Iterator[float]:
    """Milliseconds to the first sound the other way, for the same requests and answers."""
    with WhisperRecognizer(model, languages=("en",), padded=True) as recognizer:
        for file, answer in asked:
            recognition = recognizer.start()
            for frame in read_frames(file):
                recognition.feed(frame)
            began = perf_counter()
            recognition.finish()
            _whole(voice, answer.said)
            yield FIXED_SILENCE + answer.routing + 1000 * (perf_counter() - began)


def _whole(voice: Synthesizer, text: str) -> Samples:
    return np.concatenate([clip.samples for clip in voice.synthesize(text, language="en")])
