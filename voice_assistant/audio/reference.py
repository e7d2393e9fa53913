"""What the loudspeaker plays, as frames: the echo canceller takes one a microphone frame."""

from __future__ import annotations

from collections import deque

import numpy as np
import soxr

from voice_assistant.audio.frames import FRAME, RATE, Frame, Samples

CAPACITY = 25
"""Frames kept when nobody takes them: half a second."""

CUSHION = 2
"""Frames that wait before the first is given: both cards play and record in bursts. It is less than
the time that sound takes through them, so a sound is still given before the microphone hears it."""

WINDOW = 100
"""Frames (two seconds) over which a fill that was never needed counts as delay, and is dropped."""


class Reference:
    """The far-end signal. One thread writes what was played, another takes a frame of it for each
    frame of the microphone.

    It must not slip: the echo canceller learns the time between the two to the sample. So what is
    given is only counted, never measured; only much too many frames are dropped, as after a pause.
    """

    def __init__(self, rate: int) -> None:
        self._resampler = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="MQ")
        self._rest = np.zeros(0, np.int16)
        self._frames: deque[Frame] = deque(maxlen=CAPACITY)
        self._lowest = CAPACITY
        self._taken = 0
        self._flowing = False

    def write(self, samples: Samples) -> None:
        """What was just handed to the loudspeaker, shape (n, 2)."""
        mono = self._resampler.resample_chunk(samples.mean(axis=1))
        pcm = np.concatenate((self._rest, (mono * 32767).clip(-32768, 32767).astype(np.int16)))
        whole = len(pcm) - len(pcm) % FRAME
        self._frames.extend(pcm[:whole].reshape(-1, FRAME))
        self._rest = pcm[whole:]

    def take(self) -> Frame:
        """The next frame; silence when nothing was played."""
        if not self._flowing and len(self._frames) < CUSHION:
            return np.zeros(FRAME, np.int16)
        self._flowing = bool(self._frames)
        if not self._flowing:
            return np.zeros(FRAME, np.int16)
        self._drop_what_only_waits()
        return self._frames.popleft()

    def _drop_what_only_waits(self) -> None:
        self._lowest = min(self._lowest, len(self._frames))
        self._taken += 1
        if self._taken % WINDOW == 0:
            if self._lowest > 2 * CUSHION:
                for _ in range(self._lowest - CUSHION):
                    self._frames.popleft()
            self._lowest = CAPACITY
