"""Requests that an utterance may have been, though it was heard as none.

Every template is kept as a few sentences with gaps where its slots are. An utterance is laid
beside the sentences whose words sound like its own, and the gaps take what was heard in their
place. Nothing here decides what was said: the recogniser compares each suggestion with the sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from voice_assistant.normal import normalise
from voice_assistant.sounds import key

GAP = "_"
"""Stands for a slot in a sentence."""

LIKE = 55
"""How alike (rapidfuzz ratio of the sound keys, percent) a word must sound to what was heard."""

PART = {"en": 3, "zh": 1}
"""Words, or characters, heard in a row that may have been one."""

LONGEST = {"en": 14, "zh": 24}
"""Words, or characters, of an utterance: longer ones are no request."""

LAID = 80
"""Sentences that an utterance is laid beside."""

LOST = 0.7
"""What a heard word costs that a sentence has no place for; one that was not heard costs the same
for each of its letters up to LETTERS."""
LETTERS = 5

NEVER = 99.0
"""A cost that no other way has."""

Source = TypeVar("Source")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Heard:
    """An utterance in its parts."""

    words: list[str]
    alike: Floats
    """How alike, 0 to 1: first word of a part, words of it less one, known word."""


class Suggestions(Generic[Source]):
    """The sentences of one language. `sentences` are normalised, with gaps; each with where it is
    from."""

    def __init__(self, language: str, sentences: Mapping[str, Source]) -> None:
        self._language = language
        ordered = sorted(each for each in sentences if self.parts(each))
        self._sources = [sentences[each] for each in ordered]
        self._sentences = [self.parts(each) for each in ordered]
        known = sorted({word for words in self._sentences for word in words} - {GAP})
        self._number = {word: number for number, word in enumerate(known, 1)}
        self._sounds = [_sound(word) for word in known]
        self._longest = max(map(len, self._sentences), default=0)

    def parts(self, text: str) -> list[str]:
        """The words of a text, or its characters."""
        return text.split() if self._language == "en" else list(text.replace(" ", ""))

    @cached_property
    def _numbers(self) -> NDArray[np.int32]:
        """The words of each sentence by number; 0 for gaps and behind its end."""
        made = np.zeros((len(self._sentences), self._longest), np.int32)
        for row, words in enumerate(self._sentences):
            made[row, : len(words)] = [self._number.get(word, 0) for word in words]
        return made

    @cached_property
    def _gaps(self) -> NDArray[np.int32]:
        return np.array([words.count(GAP) for words in self._sentences], np.int32)

    def near(self, text: str) -> Iterator[tuple[str, float, Source]]:
        """Texts that may have been said in place of one, the likest first; how unlike it they are,
        about in words that differ; and where they are from."""
        words = self.parts(text)
        if not 0 < len(words) <= LONGEST[self._language] or not self._sentences:
            return
        heard = _Heard(words, self._alike(words))
        found: dict[tuple[str, int], float] = {}
        for row in self._nearest(heard):
            cost, said = self._laid(heard, self._sentences[row])
            if said != words:
                made = (" " if self._language == "en" else "").join(said)
                found[made, row] = cost
        for made, row in sorted(found, key=lambda each: found[each]):
            yield made, found[made, row], self._sources[row]

    def _alike(self, words: Sequence[str]) -> Floats:
        longest = PART[self._language]
        made = np.zeros((len(words), longest, len(self._sounds) + 1), np.float32)
        for size in range(1, longest + 1):
            parts = [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]
            if parts:
                sounds = [_sound(part) for part in parts]
                likeness = process.cdist(sounds, self._sounds, scorer=fuzz.ratio, score_cutoff=LIKE)
                made[: len(parts), size - 1, 1:] = 0.95 * likeness / 100
        for at, word in enumerate(words):
            if word in self._number:
                made[at, 0, self._number[word]] = 1.0
        return made

    def _nearest(self, heard: _Heard) -> list[int]:
        """The sentences whose words are heard best, roughly: wherever they stand."""
        best = heard.alike.max(axis=(0, 1))
        literal = (self._numbers > 0).sum(axis=1)
        missing = literal - best[self._numbers].sum(axis=1)
        room = len(heard.words) - literal
        spare = np.where(self._gaps > 0, np.maximum(self._gaps - room, 0), np.abs(room))
        cost = missing + 0.5 * spare - 0.01 * literal
        rows = np.argpartition(cost, min(LAID, len(cost) - 1))[:LAID]
        return [int(row) for row in rows]

    def _laid(self, heard: _Heard, sentence: Sequence[str]) -> tuple[float, list[str]]:
        """The least cost of laying an utterance beside a sentence, and what is said then."""
        size = len(heard.words)
        row: list[tuple[float, tuple[str, ...]]] = [(LOST * at, ()) for at in range(size + 1)]
        for word in sentence:
            row = self._filled(heard, row) if word == GAP else self._placed(heard, row, word)
        return row[-1][0], list(row[-1][1])

    def _filled(
        self, heard: _Heard, row: list[tuple[float, tuple[str, ...]]]
    ) -> list[tuple[float, tuple[str, ...]]]:
        """A gap takes one word or more."""
        made: list[tuple[float, tuple[str, ...]]] = [(NEVER, ())]
        for at, word in enumerate(heard.words):
            cost, said = min(row[at], made[at], key=lambda each: each[0])
            made.append((cost, (*said, word)))
        return made

    def _placed(
        self, heard: _Heard, row: list[tuple[float, tuple[str, ...]]], word: str
    ) -> list[tuple[float, tuple[str, ...]]]:
        """A word takes the part that sounds like it, or was not heard."""
        number = self._number[word]
        unheard = LOST * min(len(word), LETTERS) / LETTERS
        made: list[tuple[float, tuple[str, ...]]] = []
        for at in range(len(row)):
            best = (row[at][0] + unheard, (*row[at][1], word))
            for size in range(1, min(PART[self._language], at) + 1):
                alike = float(heard.alike[at - size, size - 1, number])
                cost = row[at - size][0] + (1 - alike) * size
                if alike and cost < best[0]:
                    best = (cost, (*row[at - size][1], word))
            if at and made[at - 1][0] + LOST < best[0]:
                best = (made[at - 1][0] + LOST, made[at - 1][1])
            made.append(best)
        return made


def in_place(said: str, heard: str, better: str, language: str) -> str:
    """A text with `better` in the place of `heard`, a normalised part of it, written as it is
    wherever the words are the same."""
    if language == "zh":
        return said.replace(heard, better) if heard in said else better
    written = said.split()
    plain = [normalise(word, language) for word in written]
    size = len(heard.split())
    starts = [at for at in range(len(plain)) if plain[at : at + size] == heard.split()]
    if not starts:
        return f"{better[:1].upper()}{better[1:]}."
    first, last = starts[0], starts[0] + size
    end = written[last - 1][len(written[last - 1].rstrip(".,?!")) :]
    words = better.split()
    for same in SequenceMatcher(None, plain[first:last], words).get_matching_blocks():
        at = first + same.a
        words[same.b : same.b + same.size] = written[at : at + same.size]
    if written[first][:1].isupper():
        words[0] = words[0][:1].upper() + words[0][1:]
    words[-1] = words[-1].rstrip(".,?!") + end
    return " ".join([*written[:first], *words, *written[last:]])


@lru_cache(maxsize=20000)
def _sound(text: str) -> str:
    return key(text).replace(" ", "")
