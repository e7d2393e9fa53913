"""What the loudspeaker plays, as frames: the echo canceller takes one a microphone frame."""

from __future__ import annotations

from collections import deque

import numpy as np
import soxr

from voice_assistant.audio.frames import FRAME, RATE, Frame, Samples

CAPACITY = 25
"""Frames kept when nobody takes them: half a second."""

WINDOW = 50
"""Frames (one second) over which a fill that was never needed counts as delay, and is dropped."""


class Reference:
    """The far-end signal. One thread writes what was played, another takes a frame of it for each
    frame of the microphone.

    Both cards play and record in bursts, so a few frames wait here. Those that waited through a
    whole second were only delay (a late start, or clocks that drift) and are dropped: the echo
    canceller must see a sound before the microphone hears it, and not long before.
    """

    def __init__(self, rate: int) -> None:
        self._resampler = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="MQ")
        self._rest = np.zeros(0, np.int16)
        self._frames: deque[Frame] = deque(maxlen=CAPACITY)
        self._lowest = CAPACITY
        self._taken = 0

    def write(self, samples: Samples) -> None:
        """What was just handed to the loudspeaker, shape (n, 2)."""
        mono = self._resampler.resample_chunk(samples.mean(axis=1))
        pcm = np.concatenate((self._rest, (mono * 32767).clip(-32768, 32767).astype(np.int16)))
        whole = len(pcm) - len(pcm) % FRAME
        self._frames.extend(pcm[:whole].reshape(-1, FRAME))
        self._rest = pcm[whole:]

    def take(self) -> Frame:
        """The next frame; silence when nothing was played."""
        self._lowest = min(self._lowest, len(self._frames))
        self._taken += 1
        if self._taken % WINDOW == 0:
            for _ in range(self._lowest - 1):
                self._frames.popleft()
            self._lowest = CAPACITY
        try:
            return self._frames.popleft()
        except IndexError:
            return np.zeros(FRAME, np.int16)
