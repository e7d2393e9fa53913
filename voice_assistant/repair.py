"""Requests that were misheard: "cancel all tires" sounds like "cancel all timers".

A noisy channel: of the texts that sound alike the one is meant that people say to the assistant.
Each word in place of another costs the more the less the two sound and are written alike; it must be
worth that by how usual the words in a row are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from voice_assistant.normal import joined, parts
from voice_assistant.sounds import is_chinese, key, readings
from voice_assistant.usage import BEGIN, END, Usage

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

NOTHING = ""
"""Stands behind the end of a text."""

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
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in sorted({word for text in texts for word in parts(text, language)}):
            for sound in self._sounding(word):
                self._sounds[sound].append(word)
        self._alike = lru_cache(4096)(self._found)
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

    def _gains(self, around: tuple[str, ...]) -> list[tuple[str, float]]:
        """What a word with two before and two behind it may have been, where that gains. Kept: the
        most places look alike in the texts that are tried."""
        before = sum(self._costs(around))
        found = []
        for other, cost in self._alike(around[2]):
            gain = before - cost
            for more in self._costs((*around[:2], other, *around[3:])):
                gain -= more
                if gain <= 0:
                    break
            else:
                found.append((other, gain))
        return found

    def _costs(self, around: tuple[str, ...]) -> Iterator[float]:
        """What the word in the middle and those behind it cost, as far as they depend on it."""
        for first in range(2 if around[4] == NOTHING else 3):
            yield self._usage.cost(*around[first : first + 3])

    def _found(self, word: str) -> list[tuple[str, float]]:
        """The words that sound like one, with what they cost in its place."""
        if self._language == "zh":
            alike = {other for sound in self._sounding(word) for other in self._sounds[sound]}
            return [(other, SWAP) for other in sorted(alike - {word})]
        if any(map(str.isdigit, word)):
            return []
        sounds = process.extract(
            key(word), self._sounds.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
        )
        first = SWAP if self._usage.knows(word) else SWAP - STRANGE
        found = [
            (other, first + (100 - alike) / SOUND)
            for sound, alike, _ in sounds
            for other in self._sounds[sound]
            if other != word
        ]
        if not found:
            return []
        others = [other for other, _ in found]
        written = process.cdist([word], others, scorer=fuzz.ratio, dtype=np.float64)[0].tolist()
        costs = [
            (other, cost + (100 - alike) / SPELLING)
            for (other, cost), alike in zip(found, written, strict=True)
        ]
        return sorted(costs, key=lambda pair: pair[1])[:CHOICES]

    def _sounding(self, word: str) -> Iterable[str]:
        """How a word may sound: keys to those that sound so, too."""
        if self._language == "en":
            return (key(word),)
        return readings(word) if is_chinese(word) else ()
