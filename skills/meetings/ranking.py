"""Which sentences matter: those whose words come back in many others (TextRank's idea, one step)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from voice_assistant.normal import language_of
from voice_assistant.terms import stopwords, terms

IMPORTANT = 1.6
"""What a decision or an open question counts more."""

SHORT, LONG = 4, 30
"""Terms of a sentence that says something, and that can still be listened to."""


def ranked(sentences: Sequence[str], important: Sequence[bool]) -> list[int]:
    """The places of the sentences, the one that matters most first."""
    words = [content(each) for each in sentences]
    spread = Counter(word for each in words for word in set(each))
    count = len(sentences)

    def score(at: int) -> float:
        held = set(words[at])
        if not held:
            return 0.0
        weight = sum(
            math.log(1 + count / spread[word]) * (spread[word] > 1 or 0.4) for word in held
        )
        length = len(words[at])
        fit = min(length / SHORT, 1.0) * min(LONG / length, 1.0)
        return weight / math.sqrt(len(held)) * fit * (IMPORTANT if important[at] else 1.0)

    return sorted(range(count), key=lambda at: (-score(at), at))


def content(text: str) -> list[str]:
    """The terms of a text that carry meaning."""
    little = stopwords(language_of(text))
    return [term for term in terms(text) if term not in little]
