"""The hand-written answers of a talk: in turn, and quieter for a while after a loss."""

from __future__ import annotations

from collections import Counter

from .meant import OWN, PLAIN, kind, listening, replies
from .wording import QUESTION

STAYS = 3
"""Tellings after news of a loss that are listened to, and no more."""
LOSS = "death"
ABOUT = frozenset(("missing", "guilt", "cry", "only_listen"))
"""What goes on about a loss; any other kind ends it."""


class Careful:
    """What is said where a language model had better not speak."""

    def __init__(self) -> None:
        self._used: Counter[tuple[str, str]] = Counter()
        self._listening = 0
        """Tellings that are only listened to from now on."""

    def answer(self, text: str, language: str, *, child: bool = False) -> str | None:
        """The answer to an utterance, of a child perhaps; None where a language model may give it."""
        found, asked = kind(text), bool(QUESTION.search(text.lower()))
        if found == LOSS and self._listening:
            found = PLAIN  # sorrow was said
        if found not in (PLAIN, OWN):
            if found not in ABOUT:
                self._listening = STAYS if found == LOSS else 0
            return self._next(found, language, child=child)
        if asked or not self._listening:
            return None
        self._listening -= 1
        return self._next(PLAIN, language, child=child)

    def clear(self) -> None:
        """A new talk."""
        self._listening = 0

    def _next(self, kind: str, language: str, *, child: bool) -> str:
        texts = listening(language) if kind == PLAIN else replies(kind, language, child=child)
        turn = self._used[kind, language]
        self._used[kind, language] += 1
        return texts[turn % len(texts)]
