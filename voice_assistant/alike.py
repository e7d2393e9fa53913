"""Whether two sentences say the same: what nobody wants to hear twice."""

from __future__ import annotations

import re
from itertools import pairwise

ALIKE = 0.75
"""Share of common word pairs from which two sentences say the same."""
SAME_OPENING = 4
"""Words (Chinese characters) that two questions begin with when they are the same question again:
"Do you have any other hobbies?", "Do you have any other plans?"."""
SHORT_QUESTION = 3
"""Words (Chinese characters) from which the question at a sentence's end is one of its own."""

_HAN = re.compile(r"[一-鿿]")
_CLAUSE = re.compile(r"[,;，；、] *(?=[^,;，；、])")
_LOOP = re.compile(r"(.{4,60}?)(?:[\s,，、;；]*\1){2,}", re.DOTALL)


def without_loop(text: str) -> tuple[str, bool]:
    """The text up to the first repetition of something that is said three times in a row."""
    if loop := _LOOP.search(text):
        return text[: loop.end(1)].rstrip(" ,，、;；"), True
    return text, False


def alike(a: str, b: str, language: str) -> bool:
    """Whether two sentences, or one and part of the other, are made of the same word pairs."""
    x, y = _pairs(a, language), _pairs(b, language)
    if min(len(x), len(y)) < 2:
        return a.lower().strip(".!?。！？ ") == b.lower().strip(".!?。！？ ")
    return len(x & y) / min(len(x), len(y)) >= ALIKE


def same_question(a: str, b: str, language: str) -> bool:
    """Whether two questions begin alike."""
    if not (a.endswith(("?", "？")) and b.endswith(("?", "？"))):
        return False
    x, y = (_units(text, language)[:SAME_OPENING] for text in (a, b))
    return x == y and len(x) == SAME_OPENING


def same_end(a: str, b: str, language: str) -> bool:
    """Whether two sentences end in the same question: "..., have you thought of that?"."""
    if not (a.endswith(("?", "？")) and b.endswith(("?", "？"))):
        return False
    x, y = (_units(_CLAUSE.split(text)[-1], language) for text in (a, b))
    return x == y and len(x) >= SHORT_QUESTION


def echoes(text: str, asked: str, language: str) -> bool:
    """Whether a sentence says what was asked, all of it and nothing else, or asks part of it back."""
    x, y = _pairs(text, language), _pairs(asked, language)
    if x and x <= y and text.endswith(("?", "？")):
        return True
    return bool(x and y) and len(x & y) / max(len(x), len(y)) >= ALIKE


def _pairs(text: str, language: str) -> set[tuple[str, str]]:
    return set(pairwise(_units(text, language)))


def _units(text: str, language: str) -> list[str]:
    """The words of a sentence, in lower case; of Chinese, its characters."""
    return _HAN.findall(text) if language == "zh" else re.findall(r"[\w']+", text.lower())
