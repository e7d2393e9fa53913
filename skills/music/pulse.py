"""The tempo of a piece by the autocorrelation of its onsets.

Onsets that repeat make the onset curve like itself one beat, two beats, four beats later. For each
tempo the likeness at those distances is summed; a gentle preference for tempos that people tap
to (Moelants' 120 a minute) chooses among a beat and its half and double.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

HOP = 256
"""Samples (at 22.05 kHz) between two values of the onset curve."""
FRAMES_A_SECOND = 22_050 / HOP

SLOWEST, FASTEST = 50.0, 215.0
"""Beats a minute that are looked for; others are half or double of one."""
PREFERRED = 118.0
SPREAD = 0.9
"""Octaves in which the preference falls to 60 %."""

STRETCH = 24.0
"""Seconds over which the tempo is taken to be steady."""

MULTIPLES = ((1, 1.0), (2, 0.9), (3, 0.5), (4, 0.9), (8, 0.5))
"""Beats apart at which likeness counts, and how much: longer spans also measure more exactly."""

_Curve: TypeAlias = NDArray[np.float64]


def tempo(onsets: _Curve) -> tuple[float, float]:
    """Beats a minute (0 where nothing repeats), and how clear the beat is, 0 to 1."""
    likeness = _likeness(_sharpened(onsets))
    if likeness is None:
        return 0.0, 0.0
    grid = np.geomspace(SLOWEST, FASTEST, 1200)
    lags = FRAMES_A_SECOND * 60.0 / grid
    positions = np.arange(len(likeness))
    total = sum(weight for multiple, weight in MULTIPLES)
    score = sum(
        weight * np.interp(lags * multiple, positions, likeness, right=0.0)
        for multiple, weight in MULTIPLES
    )
    score = np.asarray(score) / total
    taste = np.exp(-0.5 * (np.log2(grid / PREFERRED) / SPREAD) ** 2)
    best = int(np.argmax(score * taste))
    clarity = float(max(score[best], 0.0))
    return (float(grid[best]), clarity) if clarity > 0.02 else (0.0, clarity)


def _sharpened(onsets: _Curve) -> _Curve:
    """Onsets above what is usual in the second around them."""
    width = round(FRAMES_A_SECOND)
    if len(onsets) < 2 * width:
        return np.zeros(0)
    usual = np.convolve(onsets, np.full(width, 1 / width), mode="same")
    return np.maximum(onsets - usual, 0.0)


def _likeness(curve: _Curve) -> _Curve | None:
    """The autocorrelation, 1 at no distance, averaged over stretches."""
    size = round(STRETCH * FRAMES_A_SECOND)
    if len(curve) < round(3 * FRAMES_A_SECOND):
        return None
    size = min(size, len(curve))
    starts = range(0, len(curve) - size + 1, max(size // 2, 1))
    length = 1 << (2 * size - 1).bit_length()
    whole = np.zeros(size)
    for start in starts:
        part = curve[start : start + size]
        part = part - part.mean()
        power = np.abs(np.fft.rfft(part, length)) ** 2
        found = np.fft.irfft(power)[:size]
        if found[0] > 0:
            # Fewer pairs lie far apart; without this, long distances would seem unlike.
            whole += found / found[0] * (size / np.arange(size, 0, -1)).clip(max=3.0)
    return whole / max(len(starts), 1) if whole.any() else None
