"""How near a question stands to each sentence of the encyclopaedia, also where it shares no word.

What the sentences say was read once (`python -m voice_assistant.benches.knowledge_vectors`), for the
very file that the catalogue names: data/knowledge_vectors_en.npz has a row of bytes for each, on those
axes along which the sentences differ most.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice_assistant.embedding import Floats
from voice_assistant.reader import reader

SIZE = 6_541_774
"""Bytes of the encyclopaedia's file."""
FARTHEST = -0.3
"""By how much a passage is farther than the nearest at most."""
FILE = Path(__file__).parent / "data" / "knowledge_vectors_en.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """What the sentences of an encyclopaedia say."""

    axes: Floats
    """From what the reader makes of a sentence to a row."""
    rows: Floats
    """One of about unit length for each sentence."""
    starts: npt.NDArray[np.intp]
    """Of each article's sentences, in the order of its file; at last the end of all."""


class Nearness:
    """How near one question stands to the sentences of passages."""

    def __init__(self, vectors: Vectors, ids: list[int], question: Floats) -> None:
        """`ids`: the passages' numbers, one for each article, rising."""
        self._starts, self._ids = vectors.starts, ids
        self._near = vectors.rows @ (question @ vectors.axes)
        self._nearest = np.maximum.reduceat(self._near, self._starts[:-1])
        self._first, self._second = np.sort(self._nearest)[-2:][::-1]

    def best(self, count: int) -> list[int]:
        """The passages with the nearest sentences, the nearest first."""
        return [self._ids[at] for at in np.argsort(-self._nearest)[:count]]

    def of(self, number: int) -> tuple[float, ...]:
        """How near each sentence of a passage is; of one that was not read there is nothing."""
        at = self._place(number)
        if at is None:
            return ()
        return tuple(self._near[self._starts[at] : self._starts[at + 1]].tolist())

    def lead(self, number: int) -> float:
        """By how much a passage is nearer than all others; below 0 where it is not the nearest."""
        at = self._place(number)
        own = self._nearest[at] if at is not None else 0.0
        other = self._second if own == self._first else self._first
        return max(float(own - other), FARTHEST)

    def _place(self, number: int) -> int | None:
        at = bisect_left(self._ids, number)
        return at if self._ids[at : at + 1] == [number] else None


@cache
def vectors() -> Vectors:
    """Those that come with the assistant (24 MB)."""
    with np.load(FILE, allow_pickle=False) as kept:
        rows, counts = kept["rows"], kept["counts"]
        return Vectors(
            axes=kept["axes"].astype(np.float32),
            rows=rows.astype(np.float32) * kept["scale"],
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.intp),
        )


def nearness(question: str, ids: list[int]) -> Nearness | None:
    """How near a question stands to the articles with these numbers; None where nothing reads it."""
    reads = reader()
    if reads is None:
        return None
    return Nearness(vectors(), ids, reads.read([question])[0])
