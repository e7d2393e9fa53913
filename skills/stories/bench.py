"""How good the stories are that are told: sixty requests a language without a model, some with each
installed one, and fifty times "tell me a story"."""

from __future__ import annotations

import itertools
import json
import os
import random
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import anyio
import yaml

from voice_assistant import catalog as catalogs
from voice_assistant.bench import Row
from voice_assistant.engines.child import ChildModel
from voice_assistant.engines.piper import PiperVoice
from voice_assistant.engines.system import SystemVoice
from voice_assistant.mind import Mind, NoMind
from voice_assistant.model_mind import ModelMind
from voice_assistant.workers import Worker

from . import aloud, check, choose, judge
from .audience import Audience, Heard, Noon
from .markup import split
from .story import Story
from .understand import understand

REQUESTS = 60
BARE = 50
WITH_MODEL = 6
"""Requests that each language model is tried with: it may write for as long as the telling takes."""
SAMPLE = "VOICE_ASSISTANT_BENCH_STORIES"
"""The environment variable that asks for more of them: all sixty take half an hour a model."""
KEEP = "VOICE_ASSISTANT_BENCH_STORIES_KEEP"
"""The environment variable that names a file for the stories told, a JSON line each, to be read."""
DATA = Path(__file__).parent / "data" / "requests.yaml"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request, and what must be in its story."""

    text: str
    minutes: float
    wanted: Mapping[str, str]
    """hero, friend, place and lesson, by the words that must be heard of them."""
    age: int


def run() -> Iterator[Row]:
    """All rows."""
    for language in ("en", "zh"):
        yield from _rows(f"stories {language}", tell(language), language)
        yield from _bare(language)
    catalog = catalogs.load()
    count = int(os.environ.get(SAMPLE, WITH_MODEL))
    for model in catalog.models.values():
        if model.kind == "llm" and catalog.installed(model.name):
            for language in ("en", "zh"):
                name = f"stories {language}, {model.name}"
                with _loaded(model.name, catalog.path(model.name)) as mind:
                    yield from _rows(name, tell(language, mind, count, catalog), language)
                    yield from _aloud(name, language, mind, catalog)


Told = list[tuple[Asked, Heard]]


def _rows(name: str, told: Told, language: str) -> Iterator[Row]:
    count = len(told)
    ended = sum(judge.ended(heard) for _, heard in told)
    in_time = sum(abs(heard.story.seconds / 60 / asked.minutes - 1) <= 0.2 for asked, heard in told)
    there = [judge.present(heard, *each) for asked, heard in told for each in asked.wanted.items()]
    named = sum(judge.names_hold(heard) for _, heard in told)
    faults = [fault for asked, heard in told for fault in check.faults(heard.story, asked.age)]
    yield Row(f"{name}: ending reached", 100 * ended / count, "%", goal="100")
    yield Row(f"{name}: length within a fifth", 100 * in_time / count, "%", goal=">= 95")
    yield Row(f"{name}: requested elements", 100 * sum(there) / len(there), "%", goal=">= 95")
    twice = sum(fault.startswith("said twice") for fault in faults)
    yield Row(f"{name}: repeated sentences", twice, "", goal="0")
    yield Row(f"{name}: names consistent", 100 * named / count, "%", goal="100")
    policy = sum(fault.startswith(("word", "topic")) for fault in faults)
    yield Row(f"{name}: policy violations", policy, "", goal="0")
    yield Row(f"{name}: sentences of the model", sum(len(judge.added(h)) for _, h in told), "")
    slowest = 1000 * max(heard.first_seconds for _, heard in told)
    yield Row(f"{name}: slowest to begin", slowest, "ms", goal="<= 600")


def _aloud(name: str, language: str, mind: Mind, catalog: catalogs.Catalog) -> Iterator[Row]:
    """How soon a story is heard, and whether it falls silent while the model writes."""
    best = catalog.best("voice", language)
    voice = (
        PiperVoice(catalog.path(best.name)) if best and best.engine == "piper" else SystemVoice()
    )
    text = yaml.safe_load(DATA.read_text("utf-8"))[language]["aloud"]
    heard = aloud.silences(text, language, mind, catalog, voice)
    yield Row(f"{name}: first sound", 1000 * heard.first, "ms", goal="<= 600")
    late = quantiles(heard.between, n=20)[-1]
    yield Row(f"{name}: silences, 95 %", 1000 * late, "ms", goal="<= 300")
    yield Row(f"{name}: longest silence", 1000 * max(heard.between), "ms")


def _bare(language: str) -> Iterator[Row]:
    stories = bare(language)
    shared = max(overlap(one, two) for one, two in itertools.combinations(stories, 2))
    yield Row(f"stories {language}: most shared by two of {BARE}", 100 * shared, "%", goal="<= 30")


def tell(
    language: str,
    mind: Mind | None = None,
    count: int = REQUESTS,
    catalog: catalogs.Catalog | None = None,
) -> Told:
    """Stories for so many requests, two thirds of them for somebody and something in particular.
    By the `catalog` it is known which languages the mind writes."""

    async def all_of_them() -> Told:
        audience = Audience(language, mind or NoMind(), catalog)
        return [each async for each in _told(audience, count)]

    return anyio.run(all_of_them)


async def _told(audience: Audience, count: int) -> AsyncIterator[tuple[Asked, Heard]]:
    data = yaml.safe_load(DATA.read_text("utf-8"))[audience.language]
    dice = random.Random(audience.language)
    for number in range(count):
        asked = _request(data, number, dice)
        heard = await audience.hear(asked.text)
        _keep(asked, heard)
        yield asked, heard
    audience.close()


def _keep(asked: Asked, heard: Heard) -> None:
    """Write a story to the file that was named for it, if one was."""
    if name := os.environ.get(KEEP):
        line = {"asked": asked.text, "added": judge.added(heard), **heard.story.to_json()}
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


@contextmanager
def _loaded(name: str, path: Path) -> Iterator[Mind]:
    with tempfile.TemporaryDirectory() as cache, Worker("bench") as worker:
        options = {"path": path, "threads": 2, "cache": cache}
        mind = ModelMind(
            name, lambda: ChildModel(name, "voice_assistant.engines.llama", options), worker
        )
        worker.submit(lambda: None).result()  # behind the loading
        yield mind
        mind.close()


def _request(data: Mapping[str, Any], number: int, dice: random.Random) -> Asked:
    spoken, minutes = list(data["minutes"].items())[number % 4]
    if number % 3 == 0:
        said, age = list(data["ages"].items())[number // 3 % 3]
        text = data["plain"].format(minutes=spoken, age=said)
        return Asked(text=text, minutes=minutes, wanted={}, age=age)
    hero = data["heroes"][number % 10]
    friend = dice.choice([each for each in data["friends"] if each not in hero])
    place, sign = dice.choice(list(data["places"].items()))
    lesson = dice.choice(data["lessons"])
    text = data["ask"].format(minutes=spoken, hero=hero, friend=friend, place=place, lesson=lesson)
    wanted = {"hero": hero, "friend": friend, "place": sign, "lesson": lesson}
    return Asked(text=text, minutes=minutes, wanted=wanted, age=0)


def bare(language: str) -> list[Story]:
    """Fifty stories for somebody who only says "tell me a story"."""
    data = yaml.safe_load(DATA.read_text("utf-8"))[language]
    dice, heard, stories = random.Random(language), list[str](), list[Story]()
    for _ in range(BARE):
        request = understand(data["bare"], language, Noon(), {})
        stories.append(choose.story(request, heard, {}, dice))
        heard += stories[-1].parts
    return stories


def overlap(one: Story, two: Story) -> float:
    """The share of the shorter story's sentences that the other has too."""
    first, second = (_sentences(story) for story in (one, two))
    return len(first & second) / min(len(first), len(second))


def _sentences(story: Story) -> set[str]:
    texts: Sequence[str] = [line.text for line in story.lines]
    return {sentence for text in texts for sentence in split(text)}
