"""A gain that moves without clicks, and the ceiling that loud sums are bent under."""

from __future__ import annotations

import numpy as np

from voice_assistant.audio.frames import Samples

KNEE = 0.8
"""Below this the sum is left alone; above it is bent softly so that it never reaches full scale."""


def gain(db: float) -> float:
    """The factor of a level in dB."""
    return float(10 ** (db / 20))


def limited(samples: Samples) -> Samples:
    """The same, bent softly (a hyperbolic tangent) where it would exceed KNEE.

    It has no memory, so a block that is mixed again comes out the same.
    """
    if not samples.size or max(samples.max(), -samples.min()) <= KNEE:
        return samples
    room = 1 - KNEE
    over = np.abs(samples) - KNEE
    bent = np.sign(samples) * (KNEE + room * np.tanh(np.maximum(over, 0) / room))
    return np.where(over > 0, bent, samples).astype(np.float32)


class Fader:
    """A gain that goes to its next value in a straight line.

    It is a function of the output position, so a stretch of sound that is taken back and mixed
    again meets the same gain.
    """

    def __init__(self, value: float = 1.0, *, equal_power: bool = False) -> None:
        self._from = self._to = value
        self._equal_power = equal_power  # for crossing two tracks: the sum's power stays the same
        self._start = self._end = 0

    def move(self, to: float, *, at: int, length: int) -> None:
        """Go to `to` in `length` samples from position `at`."""
        self._from = self.at(at)
        self._to, self._start, self._end = to, at, at + max(length, 1)

    def at(self, position: int) -> float:
        """The gain at an output position."""
        if position >= self._end:
            return self._to
        done = max(position - self._start, 0) / (self._end - self._start)
        return self._from + (self._to - self._from) * done

    def arrived(self, position: int) -> bool:
        """True once the gain stands still."""
        return position >= self._end

    def applied(self, samples: Samples, at: int) -> Samples:
        """`samples`, the first of which is at output position `at`, with the gain on them."""
        if self.arrived(at):
            return samples if self._to == 1.0 else samples * np.float32(self._to)
        positions = np.arange(at, at + len(samples))
        ramp = np.interp(positions, (self._start, self._end), (self._from, self._to))
        if self._equal_power:
            ramp = np.sin(ramp * (np.pi / 2))
        return samples * ramp.astype(np.float32)[:, None]
