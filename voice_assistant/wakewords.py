"""What is left of the wake word at the beginning of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from voice_assistant.sounds import pinyin

NEAR = 75
"""Percent of likeness at which a word counts as the wake word: "Travis", "Jarvis's"."""

_OPENERS = frozenset({"hey", "hay", "hi", "okay", "ok", "a", "he", "they", "hello"})
_CALLED = re.compile(
    r"^(?!(?:no|yes|yeah|ok|okay|so|well|hey|stop|and|but|wait)\b)[A-Za-z]{2,4},\s+", re.I
)
"""The last syllable of a wake word, as a recogniser writes it: "Russ, what time is it?"."""

_WORD = re.compile(r"[\w']+")
_HAN = re.compile(r"[㐀-鿿]")
_BETWEEN = " ,.!?;:，。！？、-…"


def mentions(phrases: Sequence[str]) -> Callable[[str], bool]:
    """A function that tells whether one of the wake words `phrases` is said in a text."""
    names = {words[-1] for words in _spoken(phrases)}
    chinese = [phrase for phrase in phrases if _HAN.search(phrase)]
    return lambda text: (
        any(word.group().lower() in names for word in _WORD.finditer(text))
        or any(phrase in text for phrase in chinese)
    )


def _spoken(phrases: Sequence[str]) -> list[list[str]]:
    """The words of each, the last being the one that is told from others."""
    return [phrase.lower().replace("_", " ").split() for phrase in phrases]


def leftovers(phrases: Sequence[str]) -> Callable[[str], str]:
    """A function that takes the wake words `phrases` off the beginning of a text."""
    spoken = _spoken(phrases)
    names = {words[-1] for words in spoken}
    openers = _OPENERS.union(*(words[:-1] for words in spoken))
    most = max(2, *map(len, spoken), 0)
    chinese = [phrase for phrase in phrases if _HAN.search(phrase)]

    def named(word: str) -> bool:
        return any(fuzz.ratio(word.lower(), name) >= NEAR for name in names)

    def clean(text: str) -> str:
        text = text.strip()
        for phrase in chinese:
            if pinyin(text[: len(phrase)]) == pinyin(phrase):
                return text[len(phrase) :].lstrip(_BETWEEN)
        words = list(_WORD.finditer(text))[:most]
        for at, word in enumerate(words):
            before = [each.group().lower() for each in words[:at]]
            if named(word.group()) and all(each in openers for each in before):
                return text[word.end() :].lstrip(_BETWEEN)
        return _CALLED.sub("", text)

    return clean
