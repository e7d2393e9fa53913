"""`bench barge_in`: from the decision to be quiet to silence, on the real loudspeaker, or on one of
our own where there is none.

A hum too soft to hear plays and is flushed at random instants. What counts is the last block with
sound in it that the sound card took, and what the card says it buffers behind that.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles
from time import perf_counter
from typing import Any

import anyio
import numpy as np

from voice_assistant.audio.frames import Clip
from voice_assistant.audio.speaker import Speaker
from voice_assistant.bench import Row
from voice_assistant.benches._soundserver import loudspeaker

TIMES = 40
SOFT = 0.001
SETTLE_SECONDS = 0.5
EARLIEST, LATEST = 0.1, 0.4
"""Seconds after the beginning at which it is interrupted."""


class Watched(Speaker):
    """A loudspeaker that notes when the card last took sound, and not silence."""

    last = 0.0

    def _callback(self, out: Any, frames: int, time: object, status: Any) -> None:
        super()._callback(out, frames, time, status)
        if out.any():
            self.last = perf_counter()


def run() -> Iterator[Row]:
    """One row."""
    with loudspeaker():
        took = anyio.run(silences, TIMES)
    yield Row("interrupted to silent, 95 %", 1000 * quantiles(took, n=20)[-1], "ms", goal="< 150")


async def silences(times: int) -> list[float]:
    """Seconds from each interruption to silence."""
    dice, took = np.random.default_rng(4), []
    with Watched() as speaker:
        await anyio.sleep(SETTLE_SECONDS)
        hum = Clip(np.full(speaker.rate, SOFT, np.float32), speaker.rate)
        for _ in range(times):
            with anyio.move_on_after(dice.uniform(EARLIEST, LATEST)):
                await speaker.play(hum)
            at = perf_counter()
            speaker.flush()
            await anyio.sleep(EARLIEST)
            took.append(max(speaker.last - at, 0) + speaker.latency)
    return took
