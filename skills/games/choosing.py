"""Which game is played, and which questions are asked."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from voice_assistant_skills.games import chain, guessing, quiz, thought
from voice_assistant_skills.games.game import Game, data

from voice_assistant.normal import normalise
from voice_assistant.skill import Turn

from .luck import Luck

CHILD = 8
"""Age that is assumed when the questions shall be for children."""


class Choosing(Luck):
    """The part of `games` that chooses."""

    async def _new(self, turn: Turn, name: str, wish: str) -> Game:
        talk, language = turn.phrase, turn.language
        self.home.store.set("last", name)
        if name == "quiz":
            return quiz.Quiz(talk, language, self._questions(turn, wish))
        if name == "riddle":
            return quiz.Riddle(talk, language, self._fresh("riddle", quiz.riddles(language), 1)[0])
        if name == "chain":
            return chain.Chain(talk, language, await self._idioms(language))
        if name == "thought":
            animal = quiz.topic_of(wish, language) == "animals"
            return thought.Thought(talk, language, animal=animal)
        if name == "sums":
            kinds = data("controls")[language]["kinds"].items()
            only = next(
                (kind for kind, words in kinds if any(word in wish for word in words)), None
            )
            return quiz.Sums(talk, language, only=only)
        games = {"number": guessing.Number, "twenty": guessing.Twenty}
        return {**games, "duel": guessing.Duel}[name](talk, language)

    def _questions(self, turn: Turn, wish: str) -> list[quiz.Question]:
        known = quiz.questions(turn.language)
        topic = quiz.topic_of(wish, turn.language)
        if any(word in wish for word in data("controls")[turn.language]["children"]):
            known = [each for each in known if each.age <= CHILD]
        about = _about(wish, known, turn.language)
        about = about or [each for each in known if each.topic == topic] or known
        age = quiz.age_of(normalise(turn.text, turn.language), turn.language)
        return self._fresh("quiz", quiz.fair(about, age) if age else about, quiz.ROUND)

    def _fresh(self, name: str, known: Sequence[quiz.Question], count: int) -> list[quiz.Question]:
        """Some that were not asked lately; all count as new again when too few are left."""
        asked: list[str] = self.home.store.get(f"asked.{name}", [])
        new = [each for each in known if each.key not in asked]
        if len(new) < count:
            again = {each.key for each in known}
            asked = [key for key in asked if key not in again]
            new = list(known)
        chosen = random.sample(new, min(count, len(new)))
        self.home.store.set(f"asked.{name}", asked + [each.key for each in chosen])
        return chosen

    async def _idioms(self, language: str) -> frozenset[str]:
        """The idioms of the Chinese dictionary, where it is installed."""
        catalog, worker = (self.home.services.get(each) for each in ("catalog", "background"))
        if language != "zh" or catalog is None or not catalog.installed("cc-cedict"):
            return frozenset()
        packed = catalog.path("cc-cedict")
        found: frozenset[str] = (
            await worker.call(chain.idioms, packed) if worker else chain.idioms(packed)
        )
        return found


def _about(wish: str, known: Sequence[quiz.Question], language: str) -> list[quiz.Question]:
    """The questions on a narrower subject than a topic; none where there are too few for a round."""
    for words in data("topics")["subjects"][language].values():
        if any(word in wish.lower() for word in words):
            told = ((each, f"{each.text} {each.answers[0]}".lower()) for each in known)
            found = [each for each, text in told if any(word in text for word in words)]
            return found if len(found) >= quiz.ROUND else []
    return []


def game_in(text: str, language: str) -> str | None:
    """The game that a request names."""
    controls = data("controls")[language]
    if re.search(controls["guesses"], text):
        return "twenty"
    if any(word in text for word in controls["thinks"]):
        return "thought"
    for name, words in controls["games"].items():
        if any(word in text for word in words):
            return str(name)
    return None
