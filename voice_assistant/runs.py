"""The words that follow each other in what is said: up to three in a row, each row a sign of what is
meant. Rare ones count more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from voice_assistant.embedding import Floats
from voice_assistant.normal import parts

Codes: TypeAlias = npt.NDArray[np.uint32]

LONGEST = 3
"""Words (Chinese: characters) of the longest run that is looked at."""

TWICE = 2
"""A run is learned from if so many sentences have it."""

BEGIN, END = "^", "$"


def codes(text: str, language: str) -> Codes:
    """The runs of a normalised text, as numbers that are the same everywhere, in their order. That
    it begins and ends counts for a word, but not alone."""
    return np.unique(np.fromiter(map(crc32, _runs(text, language)), np.uint32))


def _runs(text: str, language: str) -> Iterator[bytes]:
    framed = [BEGIN, *parts(text, language), END]
    for size in range(1, LONGEST + 1):
        alone = size == 1
        for start in range(alone, len(framed) - size + 1 - alone):
            yield " ".join(framed[start : start + size]).encode()


class Runs:
    """The runs that are known, a row each, and how much each counts."""

    def __init__(self, known: Codes, rareness: Floats) -> None:
        """`known`: in their order; `rareness`: what each counts, and last what an unknown one does."""
        self.known = known
        self.rareness = rareness

    @classmethod
    def of(cls, texts: Iterable[Codes]) -> Runs:
        """Those of the sentences that are learned from."""
        found = list(texts)
        having = Counter(np.concatenate(found).tolist())
        known = sorted(code for code, times in having.items() if times >= TWICE)
        times = np.array([*(having[code] for code in known), 1], np.float32)
        rareness = 1 + np.log(len(found) / times)
        return cls(np.array(known, np.uint32), rareness.astype(np.float16).astype(np.float32))

    def rows(self, found: Codes) -> tuple[npt.NDArray[np.int64], Floats]:
        """The rows of those that are known, and what they count: 1 in all with the unknown ones."""
        at = np.minimum(np.searchsorted(self.known, found), max(len(self.known) - 1, 0))
        those = at[self.known[at] == found]
        rare, unknown = self.rareness[those], len(found) - len(those)
        whole = float(np.sqrt(rare @ rare + unknown * self.rareness[-1] ** 2))
        return those, rare / max(whole, 1e-6)


class Table:
    """The runs of many sentences: a sparse matrix, a sentence a row and a run a column."""

    def __init__(self, runs: Runs, texts: Sequence[Codes]) -> None:
        found = [runs.rows(text) for text in texts]
        self.width = len(runs.known)
        self._columns = np.concatenate([those for those, _ in found])
        self._counts = np.concatenate([counts for _, counts in found])[:, None]
        self._sizes = np.array([len(those) for those, _ in found])
        self._rows = np.repeat(np.arange(len(texts)), self._sizes)
        order = np.argsort(self._columns, kind="stable")
        self._by_column = self._columns[order], self._rows[order], self._counts[order]

    def says(self, weights: Floats) -> Floats:
        """What the sentences say, by what each of their runs says."""
        return _summed(self._counts * weights[self._columns], self._rows, len(self._sizes))

    def back(self, said: Floats) -> Floats:
        """What the runs are told, by what each sentence is told."""
        columns, rows, counts = self._by_column
        return _summed(counts * said[rows], columns, self.width)

    def squares(self, weights: Floats) -> Floats:
        """The squares of what each run counts, weighed by sentence."""
        told = self._counts[:, 0] ** 2 * weights[self._rows]
        return np.bincount(self._columns, told, self.width).astype(np.float32)


def _summed(values: Floats, places: Any, length: int) -> Floats:
    """The sum of the rows at each place; the places are in order."""
    made = np.zeros((length, values.shape[1]), np.float32)
    if len(places):
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        made[places[starts]] = np.add.reduceat(values, starts)
    return made
