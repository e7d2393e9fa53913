"""Words that are usual in a slot whose names nobody has told us.

Where the household's lamps are known, "bad light" finds the bed light among them. Where none is, the
slot takes any text: there it is put right by what households have, what no name has in it is not
taken for one, and words that many names have in them are hardly free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby

from rapidfuzz import fuzz

from voice_assistant.sounds import key, pinyin
from voice_assistant.texts import load

WRITTEN = 60
"""How alike (rapidfuzz ratio, 0 to 100) a word must be written to one that sounds just like it."""

ARTICLES = frozenset({"a", "an", "the"})
"""Before a name, and no part of it: a recogniser takes one for the other."""

SHORTEST = 3
"""Letters of a word that is put right: of "to" and "at" every sound is another word."""


class English:
    """Puts single words right, in a text of which another word is usual."""

    def __init__(self, words: Iterable[str], little: Iterable[str], never: str) -> None:
        self._things = frozenset(words)
        self._words = self._things.union(little)
        self._never = re.compile(never)
        by_sound = groupby(sorted(self._words, key=key), key)
        self._sounds = {sound: sorted(alike) for sound, alike in by_sound}

    def mend(self, text: str) -> str:
        """The text with the words that were most likely said; empty if it is no name."""
        if self._never.search(text):
            return ""
        words = text.split()
        if self._words.isdisjoint(words):
            return text
        named = words[1:] if words[0] in ARTICLES and len(words) > 1 else words
        return " ".join(map(self._mended, named))

    def share(self, text: str) -> float:
        """The share of a text, by its letters, that is usual; 0 where no word of it is a thing."""
        words = text.split()
        if self._things.isdisjoint(words):
            return 0.0
        return sum(len(word) for word in words if word in self._words) / sum(map(len, words))

    def _mended(self, word: str) -> str:
        if word in self._words or len(word) < SHORTEST or not word.isalpha():
            return word
        alike = self._sounds.get(key(word), ())
        best = max(alike, key=lambda other: fuzz.ratio(word, other), default=word)
        return best if fuzz.ratio(word, best) >= WRITTEN else word


class Chinese:
    """Puts pieces right that sound like a usual word, whatever the tones."""

    def __init__(self, words: Iterable[str], little: Iterable[str], never: str) -> None:
        self._things = frozenset(words)
        self._words = self._things.union(little)
        self._never = re.compile(never)
        self._sounds = {pinyin(word): word for word in sorted(self._words, reverse=True)}
        self._longest = max(map(len, self._words))

    def mend(self, text: str) -> str:
        """The text with the words that were most likely said; empty if it is no name."""
        if self._never.search(text):
            return ""
        sounds = pinyin(text)
        if len(sounds) != len(text):  # digits or letters: syllables are not characters
            return text
        return "".join(self._pieces(text, sounds))

    def share(self, text: str) -> float:
        """The share of a text, by its characters, that is usual; 0 where no word of it is a thing."""
        sounds = pinyin(text)
        if len(sounds) != len(text):
            return 0.0
        pieces = list(self._pieces(text, sounds))
        if self._things.isdisjoint(pieces):
            return 0.0
        return sum(len(piece) for piece in pieces if piece in self._words) / len(text)

    def _pieces(self, text: str, sounds: tuple[str, ...]) -> Iterator[str]:
        """The text from its first to its last word, each as it was most likely said."""
        at = 0
        while at < len(text):
            piece = self._piece(text, sounds, at)
            yield piece
            at += len(piece)

    def _piece(self, text: str, sounds: tuple[str, ...], at: int) -> str:
        """What stands at a place: a usual word, written as it is or in other characters."""
        ends = range(min(at + self._longest, len(text)), at + 1, -1)
        for end in ends:
            if text[at:end] in self._words:
                return text[at:end]
        found = (self._sounds.get(sounds[at:end]) for end in ends)
        return next((word for word in found if word), text[at])


def _listed(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


@cache
def usual(language: str) -> Mapping[str, English | Chinese]:
    """What mends a text, by the names of the slots it is known for."""
    make = Chinese if language == "zh" else English
    return {
        slot: make(_listed(each["words"]), _listed(each["little"]), each["never"])
        for slot, each in load(f"usual_{language}").items()
    }
