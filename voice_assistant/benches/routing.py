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

from voice_assistant.bench import Row
from voice_assistant.benches.mishearing import Chinese, English, Plain
from voice_assistant.clock import SystemClock
from voice_assistant.intents import Intent, Sentences, load_sentences
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Session

SIZES = (20, 100, 400)
"""Registered intents."""

ERRORS = 0.1
"""Share of words that are misheard."""

HEARD = 0.67
"""Whisper's mean confidence in the sentences behind `mishearing`: typed ones are believed more."""

_UNSEEN = Path(__file__).parents[1] / "data" / "bench_unseen_en.txt"

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Skill:
    sentences: Mapping[str, Sentences]

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """None of its own."""
        return {}


def run() -> Iterator[Row]:
    """Training and routing for more and more intents; intents beyond ours are copies of ours."""
    yield from _unseen()
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
        said = _tests(router)
        _times(router, said)  # templates compile when they are first tried
        times = _times(router, said)
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


def _unseen() -> Iterator[Row]:
    """All our skills, just started as a household is, and sentences that stand nowhere in them:
    each asked once, so that nothing of it is in a cache."""
    router = Router(our_skills("en"), now=lambda: NOW)
    router.lexicon("en").make_quick()
    times = _times(router, _UNSEEN.read_text("utf-8").splitlines())
    yield Row("route, unseen sentences, median", statistics.median(times), "ms", goal="<= 5")
    yield Row("route, unseen sentences, p95", times[int(len(times) * 0.95)], "ms", goal="<= 20")


def _misheard(language: str) -> Iterator[Row]:
    """The skills' own test sentences with a tenth of their words misheard (as in `mishearing`): how
    many more go wrong than without."""
    router = Router(our_skills(language), now=lambda: NOW)
    said = [
        (test.text, name)
        for name, skill in router.skills.items()
        for intent in skill.sentences[language].intents.values()
        if intent.when == "always"
        for test in intent.tests
    ]
    texts = [text for text, _ in said]
    clean = anyio.run(_right, router, said, language)
    yield Row(f"right skill, word for word ({language})", 100 * clean, "%")
    counted = Chinese(texts, ERRORS) if language == "zh" else English(texts, ERRORS)
    ears: dict[str, Chinese | English | Plain] = {"misheard": counted}
    ears |= {kind: Plain(kind, language, texts, ERRORS) for kind in Plain.KINDS[language]}
    for kind, each in ears.items():
        random = Random(7)
        bad = [(each.mishear(text, random), name) for text, name in said]
        lost = 100 * (clean - anyio.run(_right, router, bad, language))
        yield Row(f"lost with every tenth word {kind} ({language})", lost, "points", goal="<= 4")


async def _right(router: Router, said: list[tuple[str, str]], language: str) -> float:
    """The share of sentences that find their skill."""
    session = Session(clock=SystemClock())
    routes = [
        (await router.route(_heard(text, language), session)).skill == skill for text, skill in said
    ]
    return sum(routes) / len(routes)


def _heard(text: str, language: str) -> Utterance:
    return Utterance(text=text, language=language, confidence=HEARD)


def _times(router: Router, said: Iterable[str]) -> list[float]:
    """Milliseconds that each sentence takes, sorted."""

    async def route(text: str) -> float:
        began = perf_counter()
        await router.route(Utterance(text=text, language="en"), Session(clock=SystemClock()))
        return 1000 * (perf_counter() - began)

    async def all_of_them() -> list[float]:
        return [await route(text) for text in said]

    return sorted(anyio.run(all_of_them))


def _tests(router: Router) -> list[str]:
    """The first intents' own test sentences."""
    return [
        test.text
        for skill in router.skills.values()
        for intent in skill.sentences["en"].intents.values()
        for test in intent.tests
    ][:200]


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
