"""A wake word that rests while the room is silent."""

from __future__ import annotations

import math
from collections import deque
from typing import Self

import numpy as np

from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.engines import WakeWord

ABOVE_FLOOR = 2.0
"""A frame this many times (6 dB) above the room's own noise is sound."""

RISE = 1.002
"""How fast the noise floor is taken to rise, a frame: tenfold in 23 seconds."""

HANGOVER_SECONDS = 1.5
"""The wake word goes on hearing so long after the last sound."""

HELD_SECONDS = 0.4
"""Silence that is kept and heard first when sound begins: soft first consonants are in it."""


class SilenceGate:
    """Passes frames on to a wake word only around sound; loses none that could matter."""

    def __init__(self, wake_word: WakeWord) -> None:
        self._wake_word = wake_word
        self._held: deque[Frame] = deque(maxlen=round(HELD_SECONDS / FRAME_SECONDS))
        self._floor = math.inf
        self._awake = 0

    def __enter__(self) -> Self:
        self._wake_word.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        self._wake_word.__exit__(*problem)

    @property
    def late(self) -> float:
        """As late as the wake word itself."""
        return self._wake_word.late

    @property
    def sensitivity(self) -> float:
        """That of the wake word."""
        return self._wake_word.sensitivity

    @sensitivity.setter
    def sensitivity(self, value: float) -> None:
        self._wake_word.sensitivity = value

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        if self._sounds(frame):
            self._awake = round(HANGOVER_SECONDS / FRAME_SECONDS)
        if not self._awake:
            self._held.append(frame)
            return None
        self._awake -= 1
        heard = None
        while self._held:
            heard = self._wake_word.feed(self._held.popleft()) or heard
        return self._wake_word.feed(frame) or heard

    def reset(self) -> None:
        """Forget the sound so far, but not how loud the room is."""
        self._held.clear()
        self._awake = 0
        self._wake_word.reset()

    def _sounds(self, frame: Frame) -> bool:
        """Whether a frame stands out of the room's noise."""
        level = max(1.0, float(np.abs(frame).max()))
        self._floor = min(self._floor * RISE, level)
        return level > self._floor * ABOVE_FLOOR
