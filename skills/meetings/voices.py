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

CHANGE = 0.72
"""Two neighbouring looks less alike than this are of two voices. Together with SAME it was chosen on
the composed meetings of the bench."""

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
    last = 0
    for at, alike in enumerate(likeness):
        nearby = likeness[max(at - apart // 2, 0) : at + apart // 2 + 1]
        if alike >= CHANGE or alike > nearby.min():
            continue
        cut = _quietest(samples, (at + apart) * hop, hop)
        if cut - last >= SHORTEST * RATE and len(samples) - cut >= SHORTEST * RATE:
            last = cut
            yield cut


def _quietest(samples: NDArray[np.int16], near: int, around: int) -> int:
    """The quietest 50 ms around a place."""
    width = RATE // 20
    first = max(near - around, 0)
    part = samples[first : near + around].astype(np.float32)
    blocks = part[: len(part) // width * width].reshape(-1, width)
    return first + int((blocks**2).mean(axis=1).argmin()) * width + width // 2


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
