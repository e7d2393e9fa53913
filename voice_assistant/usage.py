"""Which words follow each other in what is said to the assistant: a language model of single words,
pairs and triples, counted when the match is trained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from voice_assistant.normal import parts

Counts: TypeAlias = npt.NDArray[np.uint32]
Costs: TypeAlias = npt.NDArray[np.float64]

BEGIN, END = "^", "$"

NOTHING = ""
"""Stands behind the end of a text."""

BACK = 4.0
"""How many sightings a shorter context is worth beside a longer one (Dirichlet smoothing, MacKay and
Peto, 1995)."""

ROW = np.uint32(0x9E3779B1)
"""What a code is multiplied with where another word follows (as Knuth's multiplicative hash; its
overflow is meant)."""

WORDS = 20_000
"""Words that may be said, most of them unseen."""


class Usage:
    """How likely a word is after two others."""

    def __init__(self, codes: Counts, counts: Counts, total: int) -> None:
        """How often a single word, a pair, a triple was seen (`counts`), by its code, in the order
        of the codes; `total`: words."""
        self._codes = codes
        self._counts = counts
        self._total = total

    def knows(self, word: str) -> bool:
        """Whether a word was seen at all."""
        return bool(self._seen(_codes((word,)))[0])

    def costs(self, before: Sequence[str], words: Sequence[str], behind: Sequence[str]) -> Costs:
        """What each of several words costs between two others before it and two behind it: minus
        the logarithm of its probability, and of theirs as far as they depend on it."""
        first, second, third, fourth = _codes((*before, *behind))[:, None]
        single = _codes(words)
        with_second, with_third = _then(second, single), _then(single, third)
        with_both = _then(_then(first, second), single)
        codes = [single, with_second, with_both, with_third, _then(with_second, third)]
        codes += [_then(with_third, fourth)]
        codes += [second, _then(first, second), third, fourth, _then(third, fourth)]
        seen = self._seen(np.concatenate(codes))
        alone, pair, triple, to_third, pair_to_third, to_fourth = seen[:-5].reshape(6, -1)
        of_second, of_before, of_third, of_fourth, of_behind = seen[-5:]
        likely = _likely(triple, of_before, _likely(pair, of_second, self._single(alone)))
        next_likely = _likely(to_third, alone, self._single(of_third))
        likely = likely * _likely(pair_to_third, pair, next_likely)
        if behind[1] != NOTHING:
            last_likely = _likely(of_behind, of_third, self._single(of_fourth))
            likely = likely * _likely(to_fourth, to_third, last_likely)
        return np.asarray(-np.log(likely))

    def _single(self, seen: Any) -> Any:
        """How likely a word is that was seen so often."""
        return (seen + 0.5) / (self._total + 0.5 * WORDS)

    def _seen(self, codes: Counts) -> Costs:
        """How often the words behind each of some codes were seen."""
        at = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        return np.where(self._codes[at] == codes, self._counts[at], 0).astype(np.float64)

    def packed(self) -> Counts:
        """What to keep of it: a row of codes and one of counts, behind the total."""
        return np.array([[0, *self._codes], [self._total, *self._counts]], np.uint32)

    @classmethod
    def unpacked(cls, kept: Counts) -> Usage:
        """What was kept."""
        return cls(kept[0, 1:], kept[1, 1:], int(kept[1, 0]))


def _likely(seen: Any, context: Any, shorter: Any) -> Any:
    """How likely what was seen so often is in a context seen so often, by how likely it is in a
    shorter one."""
    return (seen + BACK * shorter) / (context + BACK)


def usage_of(texts: Iterable[str], language: str) -> Usage:
    """Count what stands in normalised texts."""
    framed = [(BEGIN, BEGIN, *parts(text, language), END) for text in texts]
    said = _codes([word for each in framed for word in each])
    starts = np.cumsum([0, *map(len, framed)])[:-1]
    at = np.delete(np.arange(len(said)), [*starts, *(starts + 1)])
    pairs = _then(said[at - 1], said[at])
    triples = _then(_then(said[at - 2], said[at - 1]), said[at])
    begin = _codes((BEGIN,))
    begins = np.repeat([*begin, *_then(begin, begin)], len(framed))
    seen = np.concatenate([begin, begins, said[at], pairs, triples])
    codes, counts = np.unique(seen, return_counts=True)
    counts[codes == begin] -= 1  # the first stands there for where nothing was said
    return Usage(codes, counts.astype(np.uint32), len(at))


def _codes(words: Iterable[str]) -> Counts:
    """32 bits each that stand for words."""
    return np.array([crc32(word.encode()) for word in words], np.uint32)


def _then(codes: Counts, following: Any) -> Counts:
    """What stands for words in a row, by what stands for the first of them and for the last."""
    return np.asarray(codes * ROW + following, np.uint32)
