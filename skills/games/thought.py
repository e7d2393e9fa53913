"""We think of something; the player asks what can be answered with yes or no, and guesses."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import ClassVar

from voice_assistant_skills.games.game import Step, data, right

from voice_assistant.normal import normalise

MOST = 20
"""Questions until it is told."""

_BELONGS = re.compile(r"^(?:a|an|the) ")
_DENIES = re.compile(r"\bnot\b|n't\b|不是|没有")


class Thought:
    """Twenty questions the other way round."""

    name: ClassVar[str] = "thought"

    def __init__(self, talk: Callable[..., str], language: str, *, animal: bool = False) -> None:
        self._talk, self._language, self._tries = talk, language, 0
        table = data("things")
        self._words = {
            key: entry[f"ask_{language}"].split() for key, entry in table["questions"].items()
        }
        self._names = [row[language] for row in table["things"]]
        fitting = (row for row in table["things"] if not animal or "animal" in row["is"].split())
        row = random.choice(list(fitting))
        self._thing, self._is = row[language], frozenset(row["is"].split())

    def begin(self) -> str:
        """What to do."""
        return self._talk("thought_open")

    def question(self) -> str:
        """Ask on."""
        return self._talk("thought_ask")

    def answer(self, heard: str) -> Step:
        """Yes, no, found, or that it cannot be told."""
        said = normalise(heard, self._language)
        self._tries += 1
        if right(said, [self._bare(self._thing)], self._language):
            found = self._talk("thought_found", thing=self._thing, tries=self._tries)
            return Step(say=found, over=True, points=max(1, MOST + 1 - self._tries))
        if self._tries >= MOST:
            return self.give_up()
        asked = self._asked(said)
        if asked is not None:
            yes = (asked in self._is) != bool(_DENIES.search(said))
            return Step(say=self._talk("thought_yes" if yes else "thought_no"))
        other = any(right(said, [self._bare(name)], self._language) for name in self._names)
        return Step(say=self._talk("thought_miss" if other else "thought_unknown"))

    def give_up(self) -> Step:
        """What it was."""
        return Step(say=self._talk("thought_was", thing=self._thing), over=True)

    def _asked(self, said: str) -> str | None:
        """Which of the things we know about everything is asked: the longest of its words decides
        (of 会飞的动物 both are there)."""
        pieces = said if self._language == "zh" else frozenset(said.split())
        told = [
            (len(word), key)
            for key, words in self._words.items()
            for word in words
            if word in pieces
        ]
        return max(told)[1] if told else None

    def _bare(self, name: str) -> str:
        return _BELONGS.sub("", name)
