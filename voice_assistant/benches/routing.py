"""How long it takes to find the skill, and how that grows with the number of intents."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

import anyio
import voice_assistant_skills
from rapidfuzz import fuzz, process

from voice_assistant.bench import Row
from voice_assistant.clock import SystemClock
from voice_assistant.intents import Intent, Sentences, load_sentences
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Session
from voice_assistant.sounds import is_chinese, key, pinyin

SIZES = (20, 100, 400)
"""Registered intents."""

ERRORS = 0.1
"""Share of words that are misheard."""

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
    for language in ("en", "zh"):
        yield from _misheard(language)


def _misheard(language: str) -> Iterator[Row]:
    """The skills' own test sentences with a tenth of their words misheard: how many more go wrong
    than without."""
    router = Router(our_skills(language), now=lambda: NOW)
    said = [
        (test.text, name)
        for name, skill in router.skills.items()
        for intent in skill.sentences[language].intents.values()
        if intent.when == "always"
        for test in intent.tests
    ]
    random = Random(7)
    if language == "zh":
        alike = _homophones("".join(text for text, _ in said))
        bad = [(_swapped(text, alike, random), name) for text, name in said]
    else:
        words = sorted({word for text, _ in said for word in text.lower().split()})
        bad = [(_garbled(text, words, random), name) for text, name in said]
    clean, garbled = (anyio.run(_right, router, each, language) for each in (said, bad))
    yield Row(f"right skill, word for word ({language})", 100 * clean, "%")
    lost = 100 * (clean - garbled)
    yield Row(f"lost with every tenth word misheard ({language})", lost, "points", goal="<= 4")


def _homophones(text: str) -> dict[str, list[str]]:
    """The characters of a text that sound alike, by each of them."""
    by_sound: dict[tuple[str, ...], list[str]] = {}
    for char in sorted({char for char in text if is_chinese(char)}):
        by_sound.setdefault(pinyin(char), []).append(char)
    return {char: alike for alike in by_sound.values() for char in alike if len(alike) > 1}


def _swapped(text: str, alike: dict[str, list[str]], random: Random) -> str:
    """A text as a poor recogniser writes it: a character of ten is another of the same sound."""
    return "".join(
        random.choice([other for other in alike[char] if other != char])
        if char in alike and random.random() < ERRORS
        else char
        for char in text
    )


def _garbled(text: str, words: list[str], random: Random) -> str:
    """A text as a poor recogniser writes it: a word of ten is one that sounds like it."""
    heard = []
    for word in text.lower().split():
        if random.random() < ERRORS:
            near = process.extract(key(word), words, processor=key, scorer=fuzz.ratio, limit=6)
            heard.append(random.choice([other for other, _, _ in near if other != word]))
        else:
            heard.append(word)
    return " ".join(heard)


async def _right(router: Router, said: list[tuple[str, str]], language: str) -> float:
    """The share of sentences that find their skill."""
    session = Session(clock=SystemClock())
    routes = [
        (await router.route(Utterance(text=text, language=language), session)).skill == skill
        for text, skill in said
    ]
    return sum(routes) / len(routes)


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


def _ours(language: str = "en") -> list[Sentences]:
    """The sentences of our skills in a language."""
    return [
        load_sentences(folder)[language]
        for folder in sorted(Path(voice_assistant_skills.__path__[-1]).iterdir())
        if (folder / f"{language}.yaml").is_file()
    ]


def our_skills(language: str) -> dict[str, _Skill]:
    """Our skills, as far as the router needs them, in a language."""
    return {each.skill: _Skill({language: each}) for each in _ours(language)}


def _skills(size: int) -> dict[str, _Skill]:
    """Our skills, then copies of them, until there are `size` intents."""
    ours = _ours()
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
