"""Requests that were misheard: "cancel all tires" sounds like "cancel all timers".

A noisy channel: of the texts that sound alike the one is meant that people say to the assistant.
Each word in place of another costs the more the less the two sound and are written alike; it must be
worth that by how usual the words in a row are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from voice_assistant.normal import joined, parts
from voice_assistant.sounds import is_chinese, key, readings
from voice_assistant.usage import BEGIN, END, NOTHING, Costs, Usage

Alike: TypeAlias = tuple[Sequence[str], Costs]
"""Words that sound like one, and what each costs in its place."""

NEAR = 60
"""How alike (rapidfuzz ratio of the sound keys) a word must sound to be taken for another."""

CHOICES = 50
"""Words that one may have been."""

SWAP = 3.0
"""What any other word costs, as a logarithm of a probability, ..."""
SOUND, SPELLING = 12.0, 25.0
"""... and so many percent of likeness less cost one more."""

STRANGE = 2.0
"""What a word that nobody says to the assistant costs less."""

WORTH = {"en": 6.0, "zh": 3.0}
"""What a mended text must gain at least."""

MENDED = 3
"""Words that are mended at most; with more, the speaker was talking of something else."""

INTRODUCING = {
    "en": (("i'm",), ("i", "am"), ("name", "is"), ("name's",), ("this", "is"), ("call", "me")),
    "zh": (("我", "叫"), ("名", "字", "叫"), ("名", "字", "是")),
}
"""Behind these words stands somebody's name."""

KEPT = 4
"""Texts that are gone on with."""

LONGEST = {"en": 14, "zh": 24}
"""Words, or characters: longer ones are no request."""


class Mender:
    """Puts words in place of those heard that sound like them."""

    def __init__(self, language: str, texts: Iterable[str], usage: Usage) -> None:
        """`texts`: where the words that may be meant stand, normalised."""
        self._language = language
        self._usage = usage
        self._leads = INTRODUCING[language]
        said = {word for text in texts for word in parts(text, language)}
        words = sorted(word for word in said if is_chinese(word) == (language == "zh"))
        self._words = np.array(words, object)
        self._alike = lru_cache(4096)(self._chinese if language == "zh" else self._english)
        if language == "zh":
            self._sounds = _by_sound(words)
        else:
            keys, self._key_of = np.unique([key(word) for word in words], return_inverse=True)
            self._keys = keys.tolist()
        self._better = lru_cache(4096)(self._gains)

    def mend(self, text: str) -> str | None:
        """What was most likely said in place of a text; None where that is the text itself."""
        heard = parts(text, self._language)
        if not 1 < len(heard) <= LONGEST[self._language]:
            return None
        found = {tuple(heard): 0.0}
        for _ in range(MENDED):
            found |= {
                better: gain + more
                for said, gain in found.items()
                for better, more in self._swapped(said)
            }
            found = dict(sorted(found.items(), key=lambda pair: -pair[1])[:KEPT])
        said, gain = next(iter(found.items()))
        if gain <= WORTH[self._language]:
            return None
        return joined(said, self._language)

    def is_strange(self, text: str) -> bool:
        """Whether there is a word in a text that nobody says to the assistant."""
        return not all(map(self._usage.knows, parts(text, self._language)))

    def slips(self, text: str, mended: str) -> str | None:
        """A text with only those words mended that nobody says and of which one letter was wrong;
        None where there is none. What such a text looks like is no sign of what was meant."""
        heard = parts(text, self._language)
        better = [
            new if OSA.distance(old, new) == 1 and not self._usage.knows(old) else old
            for old, new in zip(heard, parts(mended, self._language), strict=True)
        ]
        return joined(better, self._language) if better != heard else None

    def _swapped(self, said: Sequence[str]) -> Iterable[tuple[tuple[str, ...], float]]:
        """A text with one word in place of another, and what that gains."""
        framed = (BEGIN, BEGIN, *said, END, NOTHING)
        for at in range(self._name(said)):
            for other, gain in self._better(framed[at : at + 5]):
                yield (*said[:at], other, *said[at + 1 :]), gain

    def _name(self, said: Sequence[str]) -> int:
        """Where the name begins that somebody is introduced by: it sounds like any word. An
        English one is no usual word; else it is "I'm tired" that was said."""
        for at in range(1, len(said)):
            introduced = any(tuple(said[:at][-len(lead) :]) == lead for lead in self._leads)
            if introduced and (self._language == "zh" or not self._usage.knows(said[at])):
                return at
        return len(said)

    def _gains(self, around: Sequence[str]) -> list[tuple[str, float]]:
        """What a word with two before and two behind it may have been, where that gains. Kept: the
        most places look alike in the texts that are tried."""
        others, swaps = self._alike(around[2])
        if not others:
            return []
        costs = self._usage.costs(around[:2], (around[2], *others), around[3:])
        gains = costs[0] - costs[1:] - swaps
        return [(others[at], float(gains[at])) for at in np.flatnonzero(gains > 0).tolist()]

    def _english(self, word: str) -> Alike:
        """The words that sound like one, with what they cost in its place."""
        if any(map(str.isdigit, word)):
            return (), np.empty(0)
        sounds = _ratios(key(word), self._keys, NEAR)[self._key_of]
        near = np.flatnonzero(sounds)
        written = _ratios(word, self._words[near])
        costs = SWAP + (100 - sounds[near]) / SOUND + (100 - written) / SPELLING
        costs[written == 100] = np.inf  # itself
        if not self._usage.knows(word):
            costs -= STRANGE
        best = np.argsort(costs, kind="stable")[:CHOICES]
        return self._words[near[best]].tolist(), costs[best]

    def _chinese(self, char: str) -> Alike:
        """The same of a character: those that may be read as it may."""
        read = readings(char) if is_chinese(char) else ()
        others = sorted({other for sound in read for other in self._sounds[sound]} - {char})
        return others, np.full(len(others), SWAP)


def _ratios(text: str, others: Any, least: float = 0) -> Costs:
    """How alike a text is to each of others (rapidfuzz ratio, 0 to 100); 0 below the `least`."""
    alike = process.cdist([text], others, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float64)
    return np.asarray(alike[0])


def _by_sound(chars: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Characters by each way they may be read."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for char in chars:
        for sound in readings(char):
            found[sound].append(char)
    return found
