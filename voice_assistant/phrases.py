"""What is said: a skill's phrases by key and language, several wordings taken in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from voice_assistant.texts import load

Wordings = Mapping[str, str | Sequence[str]]
"""Phrases of one language by key."""


class Phrases:
    """The phrases of the assistant itself and of its skills."""

    def __init__(self) -> None:
        self._books: dict[tuple[str, str], Wordings] = {
            ("", language): book for language, book in load("phrases").items()
        }
        self._used: Counter[tuple[str, str, str]] = Counter()

    def add(self, skill: str, language: str, book: Wordings) -> None:
        """Take in (or replace) a skill's phrases."""
        self._books[skill, language] = book

    def fixed(self, language: str) -> list[str]:
        """All that the assistant itself says word for word."""
        book = self._books["", language].values()
        texts = [text for each in book for text in ([each] if isinstance(each, str) else each)]
        return [text for text in texts if "{" not in text]

    def of(self, key: str, language: str, skill: str = "") -> str:
        """The next wording of `key` in `language`; in English where there is none in it.

        Raises KeyError when the skill has no such phrase at all.
        """
        for tongue in (language, "en"):
            wordings = self._books.get((skill, tongue), {}).get(key)
            if wordings is not None:
                break
        else:
            raise KeyError(f"{skill or 'the assistant'} has no phrase '{key}'")
        if isinstance(wordings, str):
            return wordings
        turn = self._used[skill, tongue, key]
        self._used[skill, tongue, key] += 1
        return wordings[turn % len(wordings)]
