"""How long it takes to find the skill, and how that grows with the number of intents."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import anyio
import voice_assistant_skills

from voice_assistant.bench import Row
from voice_assistant.clock import SystemClock
from voice_assistant.intents import Intent, Sentences, load_sentences
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Session

SIZES = (20, 100, 400)
"""Registered intents."""

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Skill:
    sentences: Mapping[str, Sentences]

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """None of its own."""
        return {}


def run() -> Iterator[Row]:
    """Training and routing for more and more intents; intents beyond ours are copies of ours."""
    medians = {}
    for size in SIZES:
        router = Router(_skills(size), now=lambda: NOW)
        began = perf_counter()
        lexicon = router.lexicon("en")
        yield Row(f"templates of {size} intents", perf_counter() - began, "s")
        began = perf_counter()
        _ = lexicon.matcher
        goal = "<= 5 for 150 intents" if size == 100 else ""
        yield Row(f"training for {size} intents", perf_counter() - began, "s", goal=goal)
        times = _times(router)
        medians[size] = statistics.median(times)
        yield Row(f"route, {size} intents, median", medians[size], "ms", goal="<= 5")
        yield Row(f"route, {size} intents, p95", times[int(len(times) * 0.95)], "ms", goal="<= 20")
    small, _, large = SIZES
    yield Row(
        "growth of a route's cost",
        medians[large],
        "ms",
        baseline=medians[small],
        ratio=medians[large] / medians[small],
        goal=f"<= {large / small:g}",
    )


def _times(router: Router) -> list[float]:
    """Milliseconds of each of the first intents' own test sentences, sorted; the second time, for
    templates compile when they are first tried."""
    said = [
        test.text
        for skill in router.skills.values()
        for intent in skill.sentences["en"].intents.values()
        for test in intent.tests
    ][:200]

    async def route(text: str) -> float:
        began = perf_counter()
        await router.route(Utterance(text=text, language="en"), Session(clock=SystemClock()))
        return 1000 * (perf_counter() - began)

    async def all_of_them() -> list[float]:
        return [await route(text) for text in said]

    anyio.run(all_of_them)
    return sorted(anyio.run(all_of_them))


def _skills(size: int) -> dict[str, _Skill]:
    """Our skills, then copies of them, until there are `size` intents."""
    ours = [
        load_sentences(folder)["en"]
        for folder in sorted(Path(voice_assistant_skills.__path__[-1]).iterdir())
        if (folder / "en.yaml").is_file()
    ]
    made: dict[str, _Skill] = {}
    left = size
    copy = 0
    while left > 0:
        for sentences in ours:
            name = sentences.skill + (str(copy) if copy else "")
            intents = dict(list(sentences.intents.items())[:left])
            made[name] = _Skill({"en": _renamed(sentences, name, intents)})
            left -= len(intents)
            if left <= 0:
                break
        copy += 1
    return made


def _renamed(sentences: Sentences, name: str, intents: dict[str, Intent]) -> Sentences:
    return replace(sentences, skill=name, intents=intents)
