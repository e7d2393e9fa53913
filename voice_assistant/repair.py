"""Requests that were misheard: "cancel all tires" sounds like "cancel all timers".

Only texts come out that a template may know word for word; whether one does is asked afterwards,
and one that two ways of mending lead to different requests from is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from rapidfuzz import fuzz, process

from voice_assistant.sounds import key, pinyin

NEAR = 70
"""How alike (rapidfuzz ratio of the sound keys) a word must sound to be taken for another."""

CHOICES = 4
"""Words that an unknown one may have been."""

WORDS = (2, 12)
"""Words of what is mended: of one word there is too little to go by, a speech is no request."""

STRANGE = 2
"""Unknown words that are mended; with more, the speaker was talking of something else."""

PIECE = 2
"""Characters a Chinese piece has at least."""


class English:
    """Mends words that occur in no template by those that sound like them."""

    def __init__(self, fragments: Iterable[str], names: Iterable[str]) -> None:
        """`fragments` of templates and `names` of lists, normalised: their words are known."""
        words = {word for text in (*fragments, *names) for word in text.split()}
        self._known = frozenset(words)
        self._keys = {word: key(word) for word in sorted(words) if len(word) > 2}

    def mend(self, text: str) -> Iterator[str]:
        """What may have been said in place of a text."""
        words = text.split()
        strange = [at for at, word in enumerate(words) if self._strange(word)]
        if not (WORDS[0] <= len(words) <= WORDS[1] and 0 < len(strange) <= STRANGE):
            return
        for better in product(*(self._near(words[at]) for at in strange)):
            for at, word in zip(strange, better, strict=True):
                words[at] = word
            yield " ".join(words)

    def _strange(self, word: str) -> bool:
        return word not in self._known and not any(char.isdigit() for char in word)

    def _near(self, word: str) -> list[str]:
        found = process.extract(
            key(word), self._keys, scorer=fuzz.ratio, score_cutoff=NEAR, limit=CHOICES
        )
        return [known for _, _, known in found]


class Chinese:
    """Mends pieces that sound exactly like a piece of a template, whatever the tones."""

    def __init__(self, fragments: Iterable[str], names: Iterable[str]) -> None:
        self._sounds: Mapping[tuple[str, ...], list[str]] = defaultdict(list)
        for text in sorted({*fragments, *names}):
            if len(text) >= PIECE and not text.isascii():
                self._sounds[pinyin(text)].append(text)
        self._longest = max(map(len, self._sounds), default=0)

    def mend(self, text: str) -> Iterator[str]:
        """What may have been said in place of a text."""
        sounds = pinyin(text)
        if len(sounds) != len(text):  # digits or letters: syllables are not characters
            return
        for start in range(len(text)):
            for end in range(start + PIECE, min(start + self._longest, len(text)) + 1):
                for piece in self._sounds.get(sounds[start:end], ()):
                    if piece != text[start:end]:
                        yield text[:start] + piece + text[end:]


def mender(language: str, fragments: Iterable[str], names: Iterable[str]) -> English | Chinese:
    """What mends texts of a language."""
    return (Chinese if language == "zh" else English)(fragments, names)
