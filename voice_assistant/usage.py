"""Which words follow each other in what is said to the assistant: a language model of single words,
pairs and triples, counted when the match is trained."""

from __future__ import annotations

import math
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from voice_assistant.normal import parts

Counts: TypeAlias = npt.NDArray[np.uint32]

BEGIN, END = "^", "$"

BACK = 4.0
"""How many sightings a shorter context is worth beside a longer one (Dirichlet smoothing, MacKay and
Peto, 1995)."""

WORDS = 20_000
"""Words that may be said, most of them unseen."""

KEPT = 20_000
"""Costs that are kept: the readings of an utterance share most of theirs."""


class Usage:
    """How likely a word is after two others."""

    def __init__(self, codes: Sequence[int], counts: Sequence[int], total: int) -> None:
        """How often a single word, a pair, a triple was seen (`counts`), by its code, in the order
        of the codes; `total`: words."""
        self._codes = array("I", codes)
        self._counts = array("I", counts)
        self._total = total
        self.cost = lru_cache(KEPT)(self._cost)
        """What a word costs after two others: minus the logarithm of its probability."""

    def knows(self, word: str) -> bool:
        """Whether a word was seen at all."""
        return self._count(word) > 0

    def _cost(self, first: str, second: str, third: str) -> float:
        single = (self._count(third) + 0.5) / (self._total + 0.5 * WORDS)
        pair = (self._count(second, third) + BACK * single) / (self._count(second) + BACK)
        seen = self._count(first, second, third) + BACK * pair
        return -math.log(seen / (self._count(first, second) + BACK))

    def _count(self, *said: str) -> int:
        code = _code(*said)
        at = bisect_left(self._codes, code)
        return self._counts[at] if at < len(self._codes) and self._codes[at] == code else 0

    def packed(self) -> Counts:
        """What to keep of it: a row of codes and one of counts, behind the total."""
        return np.array([[0, *self._codes], [self._total, *self._counts]], np.uint32)

    @classmethod
    def unpacked(cls, kept: Counts) -> Usage:
        """What was kept."""
        codes, counts = kept.tolist()
        return cls(codes[1:], counts[1:], counts[0])


def usage_of(texts: Iterable[str], language: str) -> Usage:
    """Count what stands in normalised texts."""
    seen: Counter[int] = Counter()
    total = 0
    for text in texts:
        framed = (BEGIN, BEGIN, *parts(text, language), END)
        for first, second, third in zip(framed, framed[1:], framed[2:], strict=False):
            seen.update((_code(third), _code(second, third), _code(first, second, third)))
            total += 1
        seen.update((_code(BEGIN), _code(BEGIN, BEGIN)))
    codes = sorted(seen)
    return Usage(codes, [seen[code] for code in codes], total)


def _code(*words: str) -> int:
    """32 bits that stand for words in a row."""
    return zlib.crc32(" ".join(words).encode())
