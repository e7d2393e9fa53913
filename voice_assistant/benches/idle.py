"""What waiting for the wake word costs: in a room with sound, and in silence."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE, Frame
from voice_assistant.bench import Row
from voice_assistant.engines import WakeWord
from voice_assistant.engines.gate import SilenceGate
from voice_assistant.engines.micro import MicroWakeWord

SECONDS = 60


def run() -> Iterator[Row]:
    """Percent of one core, over a minute of sound (the gate open throughout) and one of silence."""
    dice = np.random.default_rng(1)
    with MicroWakeWord() as bare:
        noisy = _cost(bare, [_hiss(dice, 1500) for _ in range(SECONDS * RATE // FRAME)])
    with SilenceGate(MicroWakeWord()) as gated:
        silent = _cost(gated, [_hiss(dice, 8) for _ in range(SECONDS * RATE // FRAME)])
    yield Row("idle listening, sound throughout", noisy, "% of a core", goal="<= 3")
    yield Row(
        "idle listening, silence",
        silent,
        "% of a core",
        baseline=noisy,
        ratio=silent / noisy,
        goal="<= 1, a third of that with sound",
    )


def _hiss(dice: np.random.Generator, amplitude: int) -> Frame:
    return (dice.standard_normal(FRAME) * amplitude).astype(np.int16)


def _cost(wake: WakeWord, frames: list[Frame]) -> float:
    began = process_time()
    for frame in frames:
        wake.feed(frame)
    return 100 * (process_time() - began) / SECONDS
