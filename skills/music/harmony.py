"""The key of a piece: which of the 24 profiles its pitches are most like."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

WINDOW = 8192
"""Samples of a spectrum: 2.7 Hz between lines at 22.05 kHz, enough to tell semitones above 110 Hz."""
LOWEST, HIGHEST = 110.0, 1760.0

NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
"""How well each pitch fits a key, by listeners (Krumhansl and Kessler, 1982)."""

LIKE = 0.6
"""Correlation below which a piece is in no key."""

_Pitches: TypeAlias = NDArray[np.float64]


class Chroma:
    """Adds up how much of each of the twelve pitches there is."""

    def __init__(self, rate: int) -> None:
        self._rest = np.zeros(0, np.float32)
        self._window = np.hanning(WINDOW).astype(np.float32)
        lines = np.fft.rfftfreq(WINDOW, 1 / rate)
        self._used = (lines >= LOWEST) & (lines <= HIGHEST)
        pitch = 12 * np.log2(lines[self._used] / 440.0) + 9
        self._class = np.round(pitch).astype(int) % 12
        self._sum: _Pitches = np.zeros(12)

    def feed(self, mono: NDArray[np.float32]) -> None:
        """The next stretch."""
        mono = np.concatenate((self._rest, mono))
        whole = len(mono) // WINDOW
        self._rest = mono[whole * WINDOW :]
        if not whole:
            return
        rows = mono[: whole * WINDOW].reshape(whole, WINDOW) * self._window
        strength = np.abs(np.fft.rfft(rows, axis=1))[:, self._used].sum(axis=0)
        self._sum += np.bincount(self._class, strength, minlength=12)

    def key(self) -> str:
        """As `F# minor`; empty where none fits."""
        best, name = LIKE, ""
        if not self._sum.any():
            return name
        for profile, mode in ((_MAJOR, "major"), (_MINOR, "minor")):
            for root in range(12):
                like = float(np.corrcoef(np.roll(profile, root), self._sum)[0, 1])
                if like > best:
                    best, name = like, f"{NAMES[root]} {mode}"
        return name
