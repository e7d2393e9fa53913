"""Which words follow each other in what is said to the assistant: a language model of single words,
pairs and triples, counted when the match is trained."""

from __future__ import annotations

from collections import Counter
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
        return bool(self._seen([_code(word)])[0])

    def costs(self, before: Sequence[str], words: Sequence[str], behind: Sequence[str]) -> Costs:
        """What each of several words costs between two others before it and two behind it: minus
        the logarithm of its probability, and of theirs as far as they depend on it."""
        (first, second), (third, fourth) = before, behind
        said = [word.encode() for word in words]
        singles = [crc32(word) for word in said]
        pairs = _on(crc32(f"{second} ".encode()), said)
        triples = _on(crc32(f"{first} {second} ".encode()), said)
        next_word, next_words = f" {third}".encode(), f" {third} {fourth}".encode()
        codes = [*singles, *pairs, *triples]  # a code goes on where that of its beginning ends
        codes += [crc32(next_word, code) for code in (*singles, *pairs)]
        codes += [crc32(next_words, code) for code in singles]
        fixed = ((second,), (first, second), (third,), (fourth,), (third, fourth))
        seen = self._seen([*codes, *(_code(*words) for words in fixed)])
        alone, pair, triple, to_third, pair_to_third, to_fourth = seen[:-5].reshape(6, -1)
        of_second, of_before, of_third, of_fourth, of_behind = seen[-5:]
        likely = _likely(triple, of_before, _likely(pair, of_second, self._single(alone)))
        next_likely = _likely(to_third, alone, self._single(of_third))
        likely = likely * _likely(pair_to_third, pair, next_likely)
        if fourth != NOTHING:
            last_likely = _likely(of_behind, of_third, self._single(of_fourth))
            likely = likely * _likely(to_fourth, to_third, last_likely)
        return np.asarray(-np.log(likely))

    def _single(self, seen: Any) -> Any:
        """How likely a word is that was seen so often."""
        return (seen + 0.5) / (self._total + 0.5 * WORDS)

    def _seen(self, seen: Sequence[int]) -> Costs:
        """How often the words behind each of some codes were seen."""
        codes = np.array(seen, np.uint32)
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
    seen = Counter({_code(BEGIN): 0})
    total = 0
    for text in texts:
        framed = (BEGIN, BEGIN, *parts(text, language), END)
        for first, second, third in zip(framed, framed[1:], framed[2:], strict=False):
            seen.update((_code(third), _code(second, third), _code(first, second, third)))
            total += 1
        seen.update((_code(BEGIN), _code(BEGIN, BEGIN)))
    codes = sorted(seen)
    counts = [seen[code] for code in codes]
    return Usage(np.array(codes, np.uint32), np.array(counts, np.uint32), total)


def _code(*words: str) -> int:
    """32 bits that stand for words in a row, as `Usage` looks them up."""
    return crc32(" ".join(words).encode())


def _on(code: int, words: Iterable[bytes]) -> list[int]:
    """The codes of words behind what has a code."""
    return [crc32(word, code) for word in words]
