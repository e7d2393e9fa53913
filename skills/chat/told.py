"""What was told earlier in the talk about what somebody asks back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice_assistant.terms import stopwords, terms

MOST = 2
"""Sentences that are told back, the latest."""

_CORRECTS = re.compile(r"^(?:no|actually|wait|sorry|i mean)\b|^(?:不对|不是|错了|哦不|我是说)")


def told_about(
    asked: str, texts: Iterable[str], language: str, question: re.Pattern[str]
) -> list[str]:
    """Those of the texts that tell something about what is asked, with what corrected them."""
    subject = _telling(asked, language)
    found: list[str] = []
    related = False
    for text in texts:
        related = bool(subject & _telling(text, language)) or bool(
            related and _CORRECTS.search(text.lower())
        )
        if related and not question.search(text.lower()):
            found.append(text.strip(" .!。！"))
    return found[-MOST:]


def _telling(text: str, language: str) -> set[str]:
    """The terms that say what a text is about; of Chinese, pairs of characters only."""
    found = set(terms(text)) - stopwords(language) - _RECALLING
    return {t for t in found if len(t) > 1} if language == "zh" else found


_RECALLING = frozenset(
    terms("say said told tell remember recall know again 记得 还记 说过 我刚 刚才 才说 告诉 的是")
)
"""Terms of asking back itself."""
