"""What was told in the talk that has to do with what is asked now: found by meaning, so that "which
herb should I not plant?" finds "I can't stand coriander", in both languages alike."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from voice_assistant.embedding import embed
from voice_assistant.terms import stopwords, terms

from .wording import QUESTION

KEPT = 100
"""Texts of a talk that are known, the latest."""
CLOSE = 0.3
"""Cosine from which a text has to do with a question."""
PLAINLY = 0.42
"""The same for what answers it plainly, and is told as it is: below, it is only good to know."""
NEAR = 0.6
"""Share of the best one's closeness that the others need."""
NAMED = 0.15
"""What it adds to be about all that the question names."""

_GOES_ON = re.compile(
    r"^(?:(?!\b(?:my|our|an?)\b).)*?\b(?:he|she|they|him|his|her|hers|them|their)\b"
    r"|^(?:(?!我[家的]|个).)*?[他她它]|^(?:是|叫)",
    re.IGNORECASE,
)
"""What is about whoever was spoken of before, and says of nobody that they are."""
OURS = re.compile(r"\b(?:my|our)\b|我")
"""Of whom a question may say that the talk is."""
_LEANS = re.compile(r"^(?:是|叫)")
"""What says nothing without that."""
_CLAUSE = re.compile(r"[,;，；。]\s*")
_CORRECTS = re.compile(
    r"^(?:no|actually|wait|sorry|i mean)\b|^(?:不对|不是|错了|哦不|我是说)", re.IGNORECASE
)
"""What is about the very words before it."""


class Told:
    """What people told, until the program ends: on disk is only what one asks to remember."""

    def __init__(self) -> None:
        self._texts: deque[tuple[str, str]] = deque(maxlen=KEPT)
        """Each with what it goes on from; without that, with nothing."""
        self._last = self._subject = ""
        """The text before, and the one that said whom the talk is of."""

    def note(self, text: str) -> None:
        """Keep what is told. What is asked tells nothing, but may say whom the talk is of."""
        text = text.strip(" .!。！")
        corrects, goes_on = _CORRECTS.search(text), _GOES_ON.search(text)
        subject = self._last if corrects else self._subject if goes_on else ""
        if text and not QUESTION.search(text.lower()):
            if corrects and self._texts and self._texts[-1][0] == self._last:
                _, subject = self._texts.pop()
                text = f"{self._last}; {text}"
            self._texts.append((text, subject))
        if not QUESTION.search(text.lower()) or OURS.search(text.lower()):
            self._subject = subject or text
        self._last = text

    def about(
        self,
        asked: str,
        *,
        most: int = 2,
        close_from: float = CLOSE,
        known: Callable[[str], bool] = lambda text: False,
    ) -> list[str]:
        """Those of the texts that have to do with what is asked, as they came, without what is
        `known` anyway."""
        texts = [each for each in self._texts if not known(each[0])]
        close = np.array([max(_likeness(asked, *each), 0.0) for each in texts])
        if not close.size:
            return []
        least = max(NEAR * close.max(), CLOSE)
        if close.max() < close_from:
            return []
        best = sorted(int(at) for at in close.argsort()[::-1][:most] if close[at] >= least)
        found: dict[str, None] = {}
        for text, subject in (texts[at] for at in best):
            if _LEANS.search(text) and any(subject == each for each, _ in texts):
                found.setdefault(subject)
            found.setdefault(text)
        return list(found)

    def clear(self) -> None:
        """Forget it all."""
        self._texts.clear()


def _likeness(asked: str, text: str, subject: str) -> float:
    """How close a text is to a question, by itself, with what it goes on from, or a clause of it."""
    whole = f"{subject}. {text}" if subject else text
    wanted = _meaning(asked)
    clauses = [each for each in _CLAUSE.split(text) if len(_named(each)) > 1]
    close = max(float(wanted @ _meaning(each)) for each in {text, whole, *clauses})
    named = _named(asked)
    return close + NAMED * len(named & _named(whole)) / max(1, len(named))


def _named(text: str) -> set[str]:
    """The words that carry meaning; of Chinese, pairs of characters."""
    found = set(terms(text)) - stopwords("en") - stopwords("zh")
    return {term for term in found if term.isascii() or len(term) > 1}


@lru_cache(4 * KEPT)
def _meaning(text: str) -> npt.NDArray[np.float32]:
    """Takes about two milliseconds."""
    row: npt.NDArray[np.float32] = embed([text])[0]
    return row
