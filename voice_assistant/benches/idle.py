"""What waiting for the wake word costs: in a room with sound, and in silence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from time import process_time
from typing import Self

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE, Frame
from voice_assistant.bench import Row
from voice_assistant.engines import Recognition, WakeWord
from voice_assistant.settings import Settings

SECONDS = 60
FRAMES = SECONDS * RATE // FRAME


def run() -> Iterator[Row]:
    """Percent of one core, over a minute of silence and one of sound. A soft frame every second
    keeps it from becoming the room's own noise."""
    from voice_assistant import app, catalog

    wake = app.wake_word(Settings(), catalog.load(), _Unloaded())
    assert wake is not None
    dice = np.random.default_rng(1)
    with wake:
        silent = _cost(wake, [_hiss(dice, 8) for _ in range(FRAMES)])
        noisy = _cost(wake, [_hiss(dice, 1500 if n % 50 else 8) for n in range(FRAMES)])
    yield Row("idle listening, sound throughout", noisy, "% of a core", goal="<= 3")
    yield Row(
        "idle listening, silence",
        silent,
        "% of a core",
        baseline=noisy,
        ratio=silent / noisy,
        goal="<= 1, a third of that with sound",
    )
    yield Row("waiting for the wake word, memory", _memory(), "MB", goal="< 200")
    yield Row("the same with the recogniser loaded", _memory("recognizer"), "MB")


def _memory(*loaded: str) -> float:
    """Megabytes of a process that waits for a wake word, and has `loaded` more."""
    program = f"from {__name__} import wait; wait{loaded!r}"
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def wait(*loaded: str) -> None:
    """Listen to a minute of sound as `run` does before the first wake word; print the megabytes
    that took at most."""
    from resource import RUSAGE_SELF, getrusage

    from voice_assistant import app, catalog

    settings, models = Settings(), catalog.load()
    recognizer = app.recognizer(settings, models) if loaded else _Unloaded()
    ears = app.ears(settings, models, recognizer)
    dice = np.random.default_rng(1)
    for _ in range(FRAMES):
        ears.feed(_hiss(dice, 1500))
    unit = 1e6 if sys.platform == "darwin" else 1e3
    sys.stdout.write(str(getrusage(RUSAGE_SELF).ru_maxrss / unit))


class _Unloaded:
    """A recogniser that is still to be loaded."""

    languages: tuple[str, ...] = ()
    sharpness = 1.0

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Recognition:
        raise AssertionError("nobody spoke")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


def _hiss(dice: np.random.Generator, amplitude: int) -> Frame:
    return (dice.standard_normal(FRAME) * amplitude).astype(np.int16)


def _cost(wake: WakeWord, frames: list[Frame]) -> float:
    began = process_time()
    for frame in frames:
        wake.feed(frame)
    return 100 * (process_time() - began) / SECONDS
