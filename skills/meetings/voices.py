"""Who spoke when: a stretch of speech cut where the voice changes, and voices put into groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voice_assistant.audio.frames import RATE
from voice_assistant.engines import VoiceEncoder

Vector: TypeAlias = NDArray[np.float32]

HOP = 0.4
"""Seconds between two looks at the voice."""

CHANGE, SURE_CHANGE = 0.72, 0.62
"""Two neighbouring looks less alike than the first are of two voices where there is a breath between
them, and less alike than the second anywhere: people talk into each other. One person who reads aloud
is 0.69 to 0.84 alike from look to look. Together with SAME chosen on the composed meetings of the
bench and on such a reading."""

BREATH, HUSH = 0.15, 0.15
"""Seconds of quiet, and how loud it may be beside the whole stretch."""

SHORTEST = 1.0
"""Seconds of a turn; a shorter one is left with its neighbour."""

SAME = 0.79
"""Voices this much alike on average are one. Within one voice turns of a few seconds are 0.8 to
0.95 alike, two voices 0.5 to 0.75."""

RELIABLE = 1.6
"""Seconds of speech that a voice can be told by; shorter turns join the voice they are nearest."""


@dataclass(frozen=True, slots=True)
class VoiceTurn:
    """A stretch of one voice, in samples of what was looked at."""

    start: int
    end: int
    voice: Vector


def turns(samples: NDArray[np.int16], encoder: VoiceEncoder) -> Iterator[VoiceTurn]:
    """The turns of a stretch of speech, in order, without gaps."""
    look, hop = round(encoder.seconds * RATE), round(HOP * RATE)
    starts = np.arange(0, max(len(samples) - look, 0) + 1, hop)
    seen = encoder.embed(samples, starts)
    cuts = [0, *_changes(samples, seen, look // hop, hop), len(samples)]
    for begin, end in pairwise(cuts):
        within = (starts >= begin) & (starts + look <= end)
        if not within.any():
            middle = (begin + end - look) / 2
            within = np.arange(len(starts)) == np.abs(starts - middle).argmin()
        yield VoiceTurn(begin, end, unit(seen[within].mean(axis=0)))


def _changes(samples: NDArray[np.int16], seen: Vector, apart: int, hop: int) -> Iterator[int]:
    """Where one voice follows another, moved to the quietest moment nearby."""
    likeness = (seen[:-apart] * seen[apart:]).sum(axis=1) if len(seen) > apart else np.ones(0)
    loudness = np.mean(np.square(samples, dtype=np.float64))
    last = 0
    for at, alike in enumerate(likeness):
        nearby = likeness[max(at - apart // 2, 0) : at + apart // 2 + 1]
        if alike >= CHANGE or alike > nearby.min():
            continue
        cut, level = _quietest(samples, (at + apart) * hop, hop)
        if alike >= SURE_CHANGE and level > HUSH**2 * loudness:
            continue
        if cut - last >= SHORTEST * RATE and len(samples) - cut >= SHORTEST * RATE:
            last = cut
            yield cut


def _quietest(samples: NDArray[np.int16], near: int, around: int) -> tuple[int, float]:
    """The middle of the quietest breath around a place, and its loudness (squared)."""
    width, first = round(BREATH * RATE), max(near - around, 0)
    power = np.square(samples[first : near + around], dtype=np.float64)
    sums = np.cumsum(np.concatenate(([0.0], power)))
    breaths = (sums[width:] - sums[:-width]) / width
    at = int(breaths.argmin())
    return first + at + width // 2, float(breaths[at])


def grouped(voices: Sequence[Vector], seconds: Sequence[float]) -> list[int]:
    """The number of the speaker of each turn, counted from 0 in the order of their first word.

    Average-linkage clustering of the turns that are long enough; the others join the nearest.
    """
    if not voices:
        return []
    rows = np.stack(voices)
    length = np.array(seconds)
    sure = np.flatnonzero(length >= min(RELIABLE, length.max()))
    groups = _clusters(rows[sure], length[sure])
    centres = np.stack([unit((rows[sure[g]] * length[sure[g], None]).sum(axis=0)) for g in groups])
    nearest = (rows @ centres.T).argmax(axis=1)
    for number, group in enumerate(groups):
        nearest[sure[group]] = number
    order = list(dict.fromkeys(nearest.tolist()))
    return [order.index(number) for number in nearest]


def _clusters(rows: Vector, weights: NDArray[np.float64]) -> list[list[int]]:
    """Groups of rows that are alike, merged from the most alike pair on."""
    groups = [[at] for at in range(len(rows))]
    likeness = (rows @ rows.T).astype(np.float64)
    np.fill_diagonal(likeness, -1)
    size = weights.copy()
    while len(groups) > 1:
        a, b = sorted(np.unravel_index(likeness.argmax(), likeness.shape))
        if likeness[a, b] < SAME:
            break
        merged = (likeness[a] * size[a] + likeness[b] * size[b]) / (size[a] + size[b])
        likeness[a], likeness[:, a], likeness[a, a] = merged, merged, -1
        likeness = np.delete(np.delete(likeness, b, axis=0), b, axis=1)
        groups[a] += groups.pop(b)
        size[a] += size[b]
        size = np.delete(size, b)
    return groups


def unit(vector: Vector) -> Vector:
    """The same direction at length one."""
    result: Vector = vector / max(float(np.linalg.norm(vector)), 1e-6)
    return result
