"""Quiz, riddles and sums: questions with an answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from voice_assistant_skills.games.game import NEVER, Step, bare, data, number_in, right

from voice_assistant import values

ROUND = 5
"""Questions of a round."""

SPAN = 3
"""Years below a player's age at which a question is still fun."""

GROWN = 10
"""From this age on a question is worth asking of everyone who is older, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, and the answers that count; the first is the one that is told."""

    key: str
    topic: str = ""
    age: int = 0
    """From how many years on it is fair."""
    text: str
    answers: tuple[str, ...]


def questions(language: str) -> list[Question]:
    """The quiz's own questions: per topic, rows of age, question, answer, other answers."""
    return [
        Question(key=row[1], topic=topic, age=row[0], text=row[1], answers=tuple(map(str, row[2:])))
        for topic, rows in data(f"quiz_{language}").items()
        for row in rows
    ]


def riddles(language: str) -> list[Question]:
    """Riddles: rows of riddle, answer, other answers."""
    return [
        Question(key=row[0], text=row[0], answers=tuple(row[1:]))
        for row in data(f"riddles_{language}")
    ]


def topic_of(wish: str, language: str) -> str | None:
    """The topic that is meant by what was said, or None."""
    for topic, words in data("topics")[language].items():
        if any(word in wish.lower() for word in words):
            return str(topic)
    return None


def age_of(wish: str, language: str) -> int | None:
    """How old the players are said to be ("for a seven year old", 七岁孩子), or None."""
    text, words = wish.replace("-", " "), tuple(data("controls")[language]["years"])
    for found in values.find("number", text, language, NEVER):
        if isinstance(found.value, int) and text[found.end :].lstrip().startswith(words):
            return found.value
    return None


def fair(known: Sequence[Question], age: int) -> Sequence[Question]:
    """The questions for an age, neither too hard nor too easy; all, where there are none."""
    youngest = min(age - SPAN, GROWN)
    return [each for each in known if youngest <= each.age <= age] or known


class Quiz:
    """Five questions, a point for each that is right."""

    name: ClassVar[str] = "quiz"

    def __init__(self, talk: Callable[..., str], language: str, row: Sequence[Question]) -> None:
        self._talk, self._language = talk, language
        self._row, self._at, self._points = row, 0, 0

    def begin(self) -> str:
        """How many there are, and the first."""
        return self._talk("quiz_open", count=len(self._row)) + " " + self.question()

    def question(self) -> str:
        """The question that waits."""
        return self._row[self._at].text

    def answer(self, heard: str) -> Step:
        """Right or wrong, and the next question."""
        asked = self._row[self._at]
        if right(heard, list(asked.answers), self._language):
            self._points += 1
            return self._next(self._talk("right"))
        return self._next(self._talk("wrong", answer=asked.answers[0]))

    def hint(self) -> str:
        """How the answer begins."""
        answer = bare(self._row[self._at].answers[0], self._language)
        return self._talk("hint", letter=answer[0].upper())

    def give_up(self) -> Step:
        """The answer, and the next question."""
        return self._next(self._talk("passed", answer=self._row[self._at].answers[0]))

    def standing(self) -> str:
        """Points so far."""
        return self._talk("so_far", points=self._points, count=self._at)

    def _next(self, verdict: str) -> Step:
        self._at += 1
        if self._at < len(self._row):
            return Step(say=f"{verdict} {self.question()}")
        end = self._talk("quiz_over", points=self._points, count=len(self._row))
        return Step(say=f"{verdict} {end}", over=True, points=self._points)


class Riddle:
    """One riddle; three tries."""

    name: ClassVar[str] = "riddle"

    def __init__(self, talk: Callable[..., str], language: str, riddle: Question) -> None:
        self._talk, self._language, self._riddle, self._tries = talk, language, riddle, 0

    def begin(self) -> str:
        """The riddle."""
        return self._riddle.text

    question = begin

    def answer(self, heard: str) -> Step:
        """Right, or another try with the first letter (the length, in Chinese) as a help."""
        if right(heard, list(self._riddle.answers), self._language):
            return Step(say=self._talk("riddle_right"), over=True, points=3 - self._tries)
        self._tries += 1
        if self._tries == 3:
            return self.give_up()
        answer = bare(self._riddle.answers[0], self._language)
        key = "riddle_wrong" if self._tries == 1 else "riddle_hint"
        return Step(say=self._talk(key, letter=answer[0].upper(), count=len(answer)))

    def hint(self) -> str:
        """How long the answer is."""
        answer = bare(self._riddle.answers[0], self._language)
        return self._talk("hint_size", count=len(answer), letter=answer[0].upper())

    def give_up(self) -> Step:
        """The answer."""
        return Step(say=self._talk("riddle_answer", answer=self._riddle.answers[0]), over=True)


class Sums:
    """Mental arithmetic that grows harder with each right answer."""

    name: ClassVar[str] = "sums"

    def __init__(self, talk: Callable[..., str], language: str, *, only: str | None = None) -> None:
        """Sums of one kind `only` (plus, minus, times), or of all."""
        self._talk, self._language, self._only = talk, language, only
        self._asked = self._points = 0
        self._level = 1
        self._draw()

    def begin(self) -> str:
        """The first sum."""
        return self._talk("sums_open", count=ROUND) + " " + self.question()

    def question(self) -> str:
        """The sum that waits."""
        return self._talk(self._kind, a=self._a, b=self._b)

    def answer(self, heard: str) -> Step:
        """Right or wrong, and the next sum."""
        if number_in(heard, self._language) == self._result:
            self._points, self._level = self._points + 1, self._level + 1
            return self._next(self._talk("right"))
        return self._next(self._talk("wrong", answer=self._result))

    def give_up(self) -> Step:
        """The result, and the next sum."""
        return self._next(self._talk("passed", answer=self._result))

    def standing(self) -> str:
        """Points so far."""
        return self._talk("so_far", points=self._points, count=self._asked)

    def _next(self, verdict: str) -> Step:
        self._asked += 1
        if self._asked < ROUND:
            self._draw()
            return Step(say=f"{verdict} {self.question()}")
        end = self._talk("quiz_over", points=self._points, count=ROUND)
        return Step(say=f"{verdict} {end}", over=True, points=self._points)

    def _draw(self) -> None:
        top = 10 * self._level
        kinds = ("plus", "minus") if self._level < 2 else ("plus", "minus", "times")
        self._kind = self._only or random.choice(kinds)
        self._a, self._b = random.randint(2, top), random.randint(2, top)
        if self._kind == "times":
            self._a, self._b = random.randint(2, 4 + self._level), random.randint(2, 10)
        self._a, self._b = max(self._a, self._b), min(self._a, self._b)
        self._result = {
            "plus": self._a + self._b,
            "minus": self._a - self._b,
            "times": self._a * self._b,
        }[self._kind]
