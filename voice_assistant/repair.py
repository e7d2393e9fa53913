"""Requests that were misheard: "cancel all tires" sounds like "cancel all timers".

A noisy channel: of the texts that sound alike the one is meant that people say to the assistant.
Each word in place of another costs the more the less the two sound and are written alike; it must be
worth that by how usual the words in a row are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

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
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in sorted({word for text in texts for word in parts(text, language)}):
            for sound in self._sounding(word):
                self._sounds[sound].append(word)
        self._alike = lru_cache(4096)(self._found)

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

    def _swapped(self, said: Sequence[str]) -> Iterable[tuple[tuple[str, ...], float]]:
        """A text with one word in place of another, and what that gains."""
        for at, word in enumerate(said):
            before = self._cost(said, at)
            for other, cost in self._alike(word):
                better = (*said[:at], other, *said[at + 1 :])
                gain = before - self._cost(better, at) - cost
                if gain > 0:
                    yield better, gain

    def _cost(self, said: Sequence[str], at: int) -> float:
        """What the words around a place cost, as far as they depend on the one there."""
        framed = (BEGIN, BEGIN, *said, END)
        return sum(
            self._usage.cost(*framed[last - 2 : last + 1])
            for last in range(at + 2, min(at + 5, len(framed)))
        )

    def _found(self, word: str) -> list[tuple[str, float]]:
        """The words that sound like one, with what they cost in its place."""
        if self._language == "zh":
            alike = {other for sound in self._sounding(word) for other in self._sounds[sound]}
            return [(other, SWAP) for other in sorted(alike - {word})]
        if word.isdigit():
            return []
        sounds = process.extract(
            key(word), self._sounds.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
        )
        first = SWAP if self._usage.knows(word) else SWAP - STRANGE
        found = [
            (other, first + (100 - alike) / SOUND + (100 - fuzz.ratio(word, other)) / SPELLING)
            for sound, alike, _ in sounds
            for other in self._sounds[sound]
            if other != word
        ]
        return sorted(found, key=lambda pair: pair[1])[:CHOICES]

    def _sounding(self, word: str) -> Iterable[str]:
        """How a word may sound: keys to those that sound so, too."""
        if self._language == "en":
            return (key(word),)
        return readings(word) if is_chinese(word) else ()
