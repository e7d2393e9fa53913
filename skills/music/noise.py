"""Noise of any colour that never ends and never repeats.

Stretches of random phases under a given spectrum are laid over each other by half under a sine
window: the powers of two of them always add up to one, so that no seam can be heard or measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

STRETCH = 1 << 15
"""Samples of a stretch; half of it is made at a time."""
STEP = STRETCH // 2

BEYOND = 12.0
"""Decibels an octave that noise falls above the last frequency whose level is given."""

Stereo: TypeAlias = NDArray[np.float32]


class Noise:
    """Coloured noise that swells."""

    def __init__(
        self,
        rate: int,
        dice: np.random.Generator,
        *,
        levels: Mapping[float, float],
        swell: float = 0.0,
        depth: float = 0.0,
        gain: float = 1.0,
    ) -> None:
        """`levels`: dB at frequencies in Hz, straight between them on a scale of octaves; `swell`:
        seconds of a wave (two that do not fit each other are mixed, so that no wave is like the
        last), `depth` 0 to 1 of it."""
        lines = np.maximum(np.fft.rfftfreq(STRETCH, 1 / rate), 1.0)
        known = np.array(sorted(levels))
        decibels = np.interp(np.log2(lines), np.log2(known), [levels[hz] for hz in known])
        decibels -= BEYOND * np.log2(np.maximum(lines / known[-1], 1.0))
        self._shape = 10 ** (decibels / 20)
        self._shape[0] = 0.0
        self._shape *= gain / np.sqrt(2 * (self._shape**2).sum()) * STRETCH
        self._window = np.sin(np.pi * (np.arange(STRETCH) + 0.5) / STRETCH)[:, None]
        self._dice = dice
        self._rate, self._swell, self._depth = rate, swell, depth
        self._made = 0
        self._tail = self._stretch()[STEP:]

    def next(self) -> Stereo:
        """The next STEP samples, stereo."""
        new = self._stretch()
        out = new[:STEP] + self._tail
        self._tail = new[STEP:]
        if self._depth:
            out *= self._wave()[:, None]
        self._made += STEP
        return out.astype(np.float32)

    def _stretch(self) -> NDArray[np.float64]:
        shape = (len(self._shape), 2)
        spectrum = self._dice.standard_normal(shape) + 1j * self._dice.standard_normal(shape)
        spectrum *= self._shape[:, None] / np.sqrt(2)
        return np.asarray(np.fft.irfft(spectrum, axis=0) * self._window)

    def _wave(self) -> NDArray[np.float64]:
        time = (self._made + np.arange(STEP)) / self._rate
        turns = time / self._swell
        wave = 0.6 * np.cos(2 * np.pi * turns) + 0.4 * np.cos(2 * np.pi * turns * 0.618)
        return np.asarray(1 - self._depth * (0.5 + 0.5 * wave))
