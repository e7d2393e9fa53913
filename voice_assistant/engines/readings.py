"""Texts that an utterance may be, with how probable each is."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass

from voice_assistant.normal import joined, looped, parts, simplified


@dataclass(frozen=True, slots=True)
class Reading:
    """One text that an utterance may be."""

    text: str
    tokens: tuple[int, ...]
    log_probability: float
    """Natural logarithm, summed over the tokens."""

    @property
    def mean(self) -> float:
        """The log-probability of a token in the mean: how sure the recogniser is, at any length."""
        return self.log_probability / (len(self.tokens) + 1)

    def rescored(self, log_probability: float) -> Reading:
        """The same text, judged anew."""
        return dataclasses.replace(self, log_probability=log_probability)


_LOOP = re.compile(r"(\S.{7,}?[.!?])(?: \1){2,}.*")
"""The same sentence three times and more: Whisper's decoder does not find its way out, and what
follows is cut off somewhere."""

WORDS, CHARACTERS = 2, 3
"""So many words, or Chinese characters, are nothing but a loop where they are all there is, again and
again."""

_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def apart(text: str) -> str:
    """A text with the words apart that Whisper wrote as one, as if they were a trade mark: "Run
    Party TimeScript"."""
    return _GLUED.sub(" ", text)


def once(text: str, language: str) -> str:
    """What was written twice or more, and nothing else, once: "next track next track ne". Longer
    texts have likelier tokens in the mean, and so the decoder prefers them."""
    words = parts(text, language)
    plainly = [plain(word) or word for word in words]
    least = CHARACTERS if language == "zh" else WORDS
    size = looped(plainly, language, least=least, times=2)
    barks = len(set(plainly[:size])) == 1
    return joined(words[:size], language) if size and not barks else text


def written(text: str, language: str) -> str:
    """Recognised text as it is handed on: simplified characters, percent as a word, loops once."""
    text = once(_LOOP.sub(r"\1", text.strip()).strip(), language)
    if language == "zh":
        return simplified(text)
    return re.sub(r"(?<=\d) ?%", " percent", text)


def plain(text: str) -> str:
    """A text for comparison: no case, no punctuation, every number the same."""
    return " ".join(
        re.findall(r"[^\W\d_]+|#", re.sub(r"\d+", " # ", text.lower().replace("'", "")))
    )


def sound_of(text: str) -> str:
    """A text as it sounds, roughly: letters alone, Chinese as pinyin without tones."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(plain(text))).replace(" ", "")


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Without those that differ from an earlier one in case and punctuation only."""
    seen: dict[str, Reading] = {}
    for reading in readings:
        seen.setdefault(re.sub(r"\W", "", reading.text.lower()), reading)
    return list(seen.values())
