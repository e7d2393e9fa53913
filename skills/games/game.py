"""What a game is to the skill: questions and answers, nothing of microphones or turns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

import yaml
from rapidfuzz import fuzz

from voice_assistant import values
from voice_assistant.normal import normalise
from voice_assistant.sounds import syllables

DATA = Path(__file__).parent / "data"

ALIKE = 84
"""How alike (rapidfuzz ratio, 0 to 100) an answer is that counts: a letter misheard."""

NEVER = datetime(2000, 1, 1).astimezone()
"""A now for values that have nothing to do with time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes of an answer."""

    say: str
    over: bool = False
    points: int | None = None
    """At the end of a game that has points."""


class Game(Protocol):
    """One round. It lives in memory; what is to last is the skill's to keep. It is made with
    `talk`, which gives a phrase of the skill by its key, filled in: `turn.phrase`."""

    name: ClassVar[str]

    def begin(self) -> str:
        """The first words, with the first question."""
        ...

    def question(self) -> str:
        """What is asked now, once more."""
        ...

    def answer(self, heard: str) -> Step:
        """What follows from an answer."""
        ...

    def give_up(self) -> Step:
        """The player passes."""
        ...


@runtime_checkable
class Hinting(Protocol):
    """A game that can help."""

    def hint(self) -> str:
        """Something about the answer."""
        ...


@runtime_checkable
class Scoring(Protocol):
    """A game whose state of play can be told before its end."""

    def standing(self) -> str:
        """How it stands."""
        ...


@cache
def data(name: str) -> Any:
    """A YAML file of this skill's data."""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe


def right(heard: str, accepted: list[str], language: str) -> bool:
    """Whether an answer is one of those that are accepted."""
    said = bare(heard, language)
    return any(_same(said, bare(str(each), language), language) for each in accepted)


def number_in(heard: str, language: str) -> float | None:
    """The last number of an answer: "seven, no, eight" is eight."""
    found = values.find("number", normalise(heard, language), language, NEVER)
    return float(found[-1].value) if found else None  # type: ignore[arg-type]


def _same(said: str, wanted: str, language: str) -> bool:
    number = values.parse("number", wanted, language, NEVER)
    if isinstance(number, int):
        return number_in(said, language) == number
    if language == "zh":
        return bool(wanted) and (wanted in said or _sound(wanted) in _sound(said))
    if re.search(rf"\b{re.escape(wanted)}\b", said):
        return True
    return len(wanted) > 3 and fuzz.ratio(said, wanted) >= ALIKE


def _sound(text: str) -> str:
    return " " + " ".join(syllables(text)) + " "


def bare(text: str, language: str) -> str:
    """An answer without the words around it: "I think it's the Nile" is "nile"."""
    text = normalise(text, language)
    if language == "zh":
        return re.sub(r"^(?:我猜|我觉得|应该是|答案是|是不是|是)|[吧吗呢]$", "", text)
    text = re.sub(
        r"^(?:i think|maybe|my guess is|the answer is|is it|it's|it is|that's)\b ?", "", text
    )
    return re.sub(r"^(?:an?|the|in|on) (?=.)", "", text)
