"""Guess the number, twenty questions, and rock, paper, scissors."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import ClassVar

from voice_assistant_skills.games.game import Step, data, number_in

from voice_assistant import answers
from voice_assistant.normal import normalise

HIGHEST = 100
QUESTIONS = 20
WINS = 2
"""Wins that decide a match of rock, paper, scissors."""


class Number:
    """The player guesses a number that we think of."""

    name: ClassVar[str] = "number"

    def __init__(self, talk: Callable[..., str], language: str) -> None:
        self._talk, self._language, self._tries = talk, language, 0
        self._number = random.randint(1, HIGHEST)

    def begin(self) -> str:
        """The range."""
        return self._talk("number_open", high=HIGHEST)

    def question(self) -> str:
        """What is your guess?"""
        return self._talk("number_ask")

    def answer(self, heard: str) -> Step:
        """Higher, lower or found."""
        guess = number_in(heard, self._language)
        if guess is None:
            return Step(say=self.question())
        self._tries += 1
        if guess == self._number:
            said = self._talk("number_right", number=self._number, tries=self._tries)
            return Step(say=said, over=True, points=max(1, 11 - self._tries))
        return Step(say=self._talk("higher" if guess < self._number else "lower"))

    def give_up(self) -> Step:
        """The number."""
        return Step(say=self._talk("number_was", number=self._number), over=True)


class Twenty:
    """The player thinks of something; we ask, halving what it may be with each question."""

    name: ClassVar[str] = "twenty"

    def __init__(self, talk: Callable[..., str], language: str) -> None:
        self._talk, self._language = talk, language
        table = data("things")
        self._questions: dict[str, dict[str, str]] = table["questions"]
        self._things = [(row[language], frozenset(row["is"].split())) for row in table["things"]]
        self._misses = [0] * len(self._things)
        self._asked: list[str] = []
        self._guess: int | None = None
        self._guessed: set[int] = set()
        self._pick()

    def begin(self) -> str:
        """Think of something; and the first question."""
        return self._talk("twenty_open") + " " + self.question()

    def question(self) -> str:
        """The question that waits."""
        if self._guess is not None:
            return self._talk("twenty_guess", thing=self._things[self._guess][0])
        return self._questions[self._asked[-1]][self._language]

    def answer(self, heard: str) -> Step:
        """Take in yes or no; "I don't know" rules nothing out."""
        said = normalise(heard, self._language)
        yes = answers.yes_no(said, self._language)
        if self._guess is not None and yes:
            return Step(say=self._talk("twenty_found"), over=True, points=0)
        if yes is None and not re.fullmatch(data("controls")[self._language]["unsure"], said):
            return Step(say=f"{self._talk('twenty_unclear')} {self.question()}")
        if yes is not None and self._guess is None:
            self._misses = [
                missed + ((self._asked[-1] in has) != yes)
                for missed, (_, has) in zip(self._misses, self._things, strict=True)
            ]
        self._pick()
        if len(self._asked) + len(self._guessed) > QUESTIONS or self._guess == -1:
            return self.give_up()
        return Step(say=self.question())

    def give_up(self) -> Step:
        """We did not find it."""
        return Step(say=self._talk("twenty_lost"), over=True, points=1)

    def _pick(self) -> None:
        """The question that halves best what is left; a guess when that is no more than one."""
        left = [n for n in range(len(self._things)) if n not in self._guessed]
        if not left:
            self._guess = -1
            return
        fewest = min(self._misses[n] for n in left)
        likely = [n for n in left if self._misses[n] == fewest]
        open_ = [key for key in self._questions if key not in self._asked]

        def uneven(key: str) -> int:
            return abs(2 * sum(key in self._things[n][1] for n in likely) - len(likely))

        best = min(open_, key=uneven, default=None)
        if best is None or len(likely) == 1 or uneven(best) == len(likely):
            self._guess = likely[0]
            self._guessed.add(self._guess)
        else:
            self._guess = None
            self._asked.append(best)


class Duel:
    """Rock, paper, scissors; who wins twice has won."""

    name: ClassVar[str] = "duel"
    _BEATS: ClassVar[dict[str, str]] = {"rock": "scissors", "paper": "rock", "scissors": "paper"}

    def __init__(self, talk: Callable[..., str], language: str) -> None:
        self._talk, self._words = talk, data("duel")[language]
        self._language, self._mine, self._yours = language, 0, 0

    def begin(self) -> str:
        """The rules in a breath."""
        return self._talk("duel_open")

    def question(self) -> str:
        """And the next throw."""
        return self._talk("duel_ask")

    def answer(self, heard: str) -> Step:
        """Both throws, and who won."""
        said = normalise(heard, self._language)
        yours = next((t for t, words in self._words.items() if any(w in said for w in words)), None)
        if yours is None:
            return Step(say=self.question())
        mine = random.choice(tuple(self._BEATS))
        word = self._words[mine][0]
        if mine == yours:
            return Step(say=self._talk("duel_tie", mine=word))
        won = self._BEATS[yours] == mine
        self._yours, self._mine = self._yours + won, self._mine + (not won)
        score = {"mine": word, "you": self._yours, "me": self._mine}
        if max(self._yours, self._mine) < WINS:
            return Step(say=self._talk("duel_won" if won else "duel_lost", **score))
        said = self._talk("duel_match_won" if won else "duel_match_lost", **score)
        return Step(say=said, over=True, points=int(won))

    def give_up(self) -> Step:
        """Enough."""
        return Step(say=self._talk("bye"), over=True)
