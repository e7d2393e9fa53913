"""How good the stories are that are told without a model: sixty requests a language, and fifty
times "tell me a story"."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from voice_assistant.bench import Row

from . import check, choose
from .markup import split
from .story import Story
from .understand import understand

REQUESTS = 60
BARE = 50
DATA = Path(__file__).parent / "data" / "requests.yaml"


class _Noon:
    """A clock for reading requests."""

    def now(self) -> datetime:
        """Always noon."""
        return datetime(2026, 6, 1, 12, tzinfo=UTC)

    def elapsed(self) -> float:
        """Nothing passes."""
        return 0.0


@dataclass(frozen=True)
class Told:
    """A request, what must be in its story, and the story."""

    text: str
    minutes: float
    wanted: tuple[str, ...]
    age: int
    story: Story
    seconds: float
    """What making it took, on this machine's clock."""


def run() -> Iterator[Row]:
    """All rows."""
    for language in ("en", "zh"):
        yield from _requests(language)
        yield from _bare(language)


def _requests(language: str) -> Iterator[Row]:
    told = list(tell(language))
    count = len(told)
    name = f"stories {language}"
    ended = sum(each.story.scenes[-1] is not None and bool(each.story.lines) for each in told)
    in_time = sum(abs(each.story.seconds / 60 / each.minutes - 1) <= 0.2 for each in told)
    wanted = [(each, word) for each in told for word in each.wanted]
    there = sum(word in _text(each.story).lower() for each, word in wanted)
    faults = [fault for each in told for fault in check.faults(each.story, each.age)]
    yield Row(f"{name}: ending reached", 100 * ended / count, "%", goal="100")
    yield Row(f"{name}: length within a fifth", 100 * in_time / count, "%", goal=">= 95")
    yield Row(f"{name}: requested elements", 100 * there / len(wanted), "%", goal=">= 95")
    twice = sum(fault.startswith("said twice") for fault in faults)
    yield Row(f"{name}: repeated sentences", twice, "", goal="0")
    names = sum(fault.startswith(("no word", "mark-up")) for fault in faults)
    yield Row(f"{name}: names consistent", 100 * (1 - names / count), "%", goal="100")
    policy = sum(fault.startswith(("word", "topic")) for fault in faults)
    yield Row(f"{name}: policy violations", policy, "", goal="0")
    slowest = 1000 * max(each.seconds for each in told)
    yield Row(f"{name}: slowest to begin", slowest, "ms", goal="<= 600")


def _bare(language: str) -> Iterator[Row]:
    stories = bare(language)
    shared = max(overlap(one, two) for one, two in itertools.combinations(stories, 2))
    yield Row(f"stories {language}: most shared by two of {BARE}", 100 * shared, "%", goal="<= 30")


def tell(language: str) -> Iterator[Told]:
    """Sixty stories for sixty requests, half of them for somebody and something in particular."""
    data = yaml.safe_load(DATA.read_text("utf-8"))[language]
    dice, heard = random.Random(language), list[str]()
    for number in range(REQUESTS):
        text, minutes, wanted, age = _request(data, number, dice)
        began = time.perf_counter()
        request = understand(text, language, _Noon(), {})
        story = choose.story(request, heard, {}, dice)
        took = time.perf_counter() - began
        heard += story.parts
        yield Told(text, minutes, wanted, age, story, took)


def _request(
    data: Mapping[str, Any], number: int, dice: random.Random
) -> tuple[str, float, tuple[str, ...], int]:
    spoken, minutes = list(data["minutes"].items())[number % 4]
    if number % 3 == 0:
        said, age = list(data["ages"].items())[number // 3 % 3]
        return data["plain"].format(minutes=spoken, age=said), minutes, (), age
    hero = data["heroes"][number % 10]
    friend = dice.choice([each for each in data["friends"] if each not in hero])
    place, sign = dice.choice(list(data["places"].items()))
    lesson = dice.choice(data["lessons"])
    text = data["ask"].format(minutes=spoken, hero=hero, friend=friend, place=place, lesson=lesson)
    return text, minutes, (hero, friend, sign), 0


def bare(language: str) -> list[Story]:
    """Fifty stories for somebody who only says "tell me a story"."""
    data = yaml.safe_load(DATA.read_text("utf-8"))[language]
    dice, heard, stories = random.Random(language), list[str](), list[Story]()
    for _ in range(BARE):
        request = understand(data["bare"], language, _Noon(), {})
        stories.append(choose.story(request, heard, {}, dice))
        heard += stories[-1].parts
    return stories


def overlap(one: Story, two: Story) -> float:
    """The share of the shorter story's sentences that the other has too."""
    first, second = (
        {sentence for line in story.lines for sentence in split(line.text)} for story in (one, two)
    )
    return len(first & second) / min(len(first), len(second))


def _text(story: Story) -> str:
    return " ".join([story.place, *(line.text for line in story.lines)])
