"""Sounds for sleep and focus, made while they play: endless, seamless, and no file needed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voice_assistant.skill import Samples

LOUDNESS = 0.12
"""Root mean square of every sound: as loud as quiet music."""

Block = Callable[[int, np.random.Generator], NDArray[np.float32]]


class Endless:
    """A `Source` of filtered noise under slow swells; it never repeats.

    The filter is a first-order low-pass (and a high-pass) carried from block to block, the swell a
    sine whose phase goes on: no block has a seam.
    """

    left = None

    def __init__(self, rate: int, *, low: float, high: float, swell: float, depth: float) -> None:
        """`low` and `high` in Hz bound the noise; `swell` seconds a wave, `depth` 0 to 1 of it."""
        self._rate = rate
        self._smooth = np.exp(-2 * np.pi * high / rate)
        self._floor = np.exp(-2 * np.pi * low / rate)
        self._swell, self._depth = swell, depth
        self._state = np.zeros((2, 2))
        self._noise = np.random.default_rng()
        self._read = 0
        self._gain = 1.0
        settled = self._filtered(rate * 2)
        self._gain = LOUDNESS / float(np.sqrt(np.mean(settled**2)))

    def read(self, n: int) -> Samples:
        """The next `n` samples, shape (n, 2)."""
        time = (self._read + np.arange(n)) / self._rate
        self._read += n
        swell = 1 - self._depth * (0.5 + 0.5 * np.cos(2 * np.pi * time / self._swell))
        return (self._filtered(n) * self._gain * swell[:, None]).astype(np.float32)

    def _filtered(self, n: int) -> NDArray[np.float64]:
        white = self._noise.standard_normal((n, 2))
        low = _one_pole(white * (1 - self._smooth), self._smooth, self._state[0])
        return low - _one_pole(low * (1 - self._floor), self._floor, self._state[1])

    @property
    def position(self) -> float:
        """Seconds read."""
        return self._read / self._rate

    def seek(self, seconds: float) -> None:
        """It is the same everywhere."""

    def close(self) -> None:
        """It holds nothing."""


def _one_pole(
    x: NDArray[np.float64], pole: float, state: NDArray[np.float64]
) -> NDArray[np.float64]:
    """y[t] = x[t] + pole * y[t-1], vectorised in stretches short enough not to overflow."""
    out = np.empty_like(x)
    stretch = max(1, min(len(x), int(30 / max(-np.log(max(pole, 1e-9)), 1e-9))))
    for begin in range(0, len(x), stretch):
        part = x[begin : begin + stretch]
        powers = pole ** np.arange(len(part))[:, None]
        out[begin : begin + stretch] = (np.cumsum(part / powers, axis=0) + pole * state) * powers
        state[:] = out[begin + len(part) - 1]
    return out


SOUNDS: dict[str, dict[str, float]] = {
    "rain": {"low": 400, "high": 6000, "swell": 11, "depth": 0.25},
    "sea": {"low": 60, "high": 900, "swell": 9, "depth": 0.85},
    "wind": {"low": 120, "high": 700, "swell": 14, "depth": 0.7},
    "fire": {"low": 80, "high": 1600, "swell": 3, "depth": 0.3},
    "brown": {"low": 20, "high": 120, "swell": 30, "depth": 0.0},
    "white": {"low": 20, "high": 12000, "swell": 30, "depth": 0.0},
    "stream": {"low": 900, "high": 4000, "swell": 5, "depth": 0.2},
    "heartbeat": {"low": 30, "high": 90, "swell": 0.95, "depth": 0.97},
}


def sound(name: str, rate: int) -> Endless:
    """The endless sound called `name`."""
    return Endless(rate, **SOUNDS[name])
