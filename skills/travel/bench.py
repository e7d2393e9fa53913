"""How many questions travel answers rightly, whether it invents anything, how fast and how large.

The questions are `data/bench_LANGUAGE.tsv`; they are asked through the real router. What an answer
must hold is looked up in the files, not in the skill; distances are worked out by another formula.
"""

from __future__ import annotations

import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio

from voice_assistant.bench import Row
from voice_assistant.intents import load_sentences
from voice_assistant.mind import NoMind
from voice_assistant.phrases import Phrases
from voice_assistant.router import Router, Utterance
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Exchange, Session
from voice_assistant.skill import Home, NeverMind, Piece, Reply
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route, Turn

from . import atlas, countries, judging, phrasebook, recomputed
from .judging import Case
from .skill import Travel

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""The moment of the questions: countdowns and holidays depend on it."""

TOWNS = {"aachen": (50.78, 6.08, "亚琛"), "亚琛": (50.78, 6.08, "亚琛"),
         "johannesburg": (-26.2, 28.04, "约翰内斯堡")}  # fmt: skip
"""Towns that the skill can only place."""


def run() -> Iterator[Row]:
    """The figures of the skill."""
    for language in atlas.LANGUAGES:
        answers = asked(language)
        right = sum(not answer.wrong for answer in answers)
        yield Row(f"questions, {language}", len(answers), "", goal=">= 150")
        share = 100 * right / len(answers)
        yield Row(f"answered rightly, {language}", share, "%", goal=">= 95")
        inventions = sum(bool(answer.invented) for answer in answers)
        yield Row(f"answers with something invented, {language}", inventions, "", goal="<= 0")
        taken = sorted(1000 * answer.seconds for answer in answers)
        yield Row(f"an answer takes, {language}, median", statistics.median(taken), "ms")
        late = taken[round(len(taken) * 0.95)]
        yield Row(f"an answer takes, {language}, 95 of 100", late, "ms", goal="< 50")
    yield Row("destinations", len(atlas.places()), "", goal=">= 150")
    yield Row("countries", len(countries.countries()), "", goal=">= 195")
    yield Row("all data in memory", memory() / 2**20, "MB", goal="< 40")


def memory() -> int:
    """Bytes at the most while every file is read."""
    for cached in (atlas.places, atlas.names, atlas.whole, countries.countries):
        cached.cache_clear()
    tracemalloc.start()
    for key in atlas.names().values():
        atlas.whole(key)
    countries.names()
    phrasebook.tongues()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question."""

    case: Case
    route: Route
    text: str
    wrong: str
    """What is wrong with it; empty if nothing."""
    invented: str
    seconds: float
    """The processor's, of the handler alone."""


def asked(language: str, cache: Path | None = None) -> list[Answer]:
    """Every question of a language, answered and judged. `cache` keeps what the router learns."""

    async def ask_all(desk: Desk) -> list[Answer]:
        return [await desk.ask(case) for case in judging.cases(language)]

    with tempfile.TemporaryDirectory() as folder:
        return anyio.run(ask_all, Desk(language, Path(folder), cache))


class _Clock:
    """It stands still."""

    zone = UTC

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return 0.0


def _find(said: str) -> Any:
    """A town by its name, as the gazetteer of the household gives it."""
    if (town := TOWNS.get(said)) is None:
        return None
    latitude, longitude, chinese = town
    called = {"en": said.title(), "zh": chinese}.get
    return SimpleNamespace(latitude=latitude, longitude=longitude, called=called)


class Desk:
    """The skill in a household of its own, asked through the real router."""

    def __init__(self, language: str, folder: Path, cache: Path | None = None) -> None:
        self.language = language
        self.sentences = load_sentences(Path(__file__).parent)
        self._phrases = Phrases()
        for each in self.sentences.values():
            self._phrases.add("travel", each.language, each.phrases)
        clock: Any = _Clock()
        Travel.name = "travel"
        database = Database(":memory:")
        self.skill = Travel(
            Home(
                name="travel",
                folder=folder,
                store=Store(database, "travel"),
                scheduler=Scheduler(database, clock).owned_by("travel"),
                clock=clock,
                mind=NoMind(),
                place={"city": "Berlin", "country": "DE"},
                services={
                    "gazetteer": SimpleNamespace(find=_find, names=lambda language: list(TOWNS))
                },
            )
        )
        self._session = Session(clock)
        self._clock = clock
        self.router = Router({"travel": self}, now=clock.now, cache=cache)
        self._handlers = {
            intent: getattr(self.skill, name)
            for name in dir(Travel)
            for intent in getattr(getattr(Travel, name), "intents", ())
        }

    def vocabulary(self, language: str) -> Mapping[str, list[str]]:
        """As a loaded skill has it."""
        return {slot: list(said) for slot, said in self.skill.vocabulary(language).items()}

    def fresh(self) -> None:
        """Forget what was talked of."""
        self._session = Session(self._clock)
        store = self.skill.home.store
        for key in store.keys():  # noqa: SIM118 - a store is no mapping
            store.delete(key)

    async def ask(self, case: Case) -> Answer:
        """One question, judged."""
        if not case.goes_on:
            self.fresh()
        utterance = Utterance(text=case.say, language=self.language)
        route = await self.router.route(utterance, self._session)
        said: list[str] = []
        turn = self._turn(case.say, route, said)
        began = time.thread_time()
        if route.skill and route.intent:
            try:
                await _collect(await self._handlers[route.intent](turn, **route.slots), said)
            except NeverMind as never:
                said.append(str(never))
        seconds = time.thread_time() - began
        text = " ".join(said)
        self._session.turns.append(Exchange(when=NOW, text=case.say, route=route, said=tuple(said)))
        return Answer(
            case=case,
            route=route,
            text=text,
            wrong=judging.wrong(case, text, self.language),
            invented=recomputed.invented(case, route, text, self.language),
            seconds=seconds,
        )

    def _turn(self, text: str, route: Route, said: list[str]) -> Turn:
        async def speak(turn: Turn, answer: Any) -> None:
            await _collect(answer, said)
            if turn.asking:
                turn.hear({"en": "five days in may", "zh": "五月去五天"}[turn.language])

        return Turn(
            text=text,
            language=self.language,
            session=self._session,
            route=replace(route, skill="travel"),
            speak=speak,
            phrases=lambda turn, key: self._phrases.of(key, turn.language, "travel"),
        )


async def _collect(answer: Any, said: list[str]) -> None:
    say = answer.say if isinstance(answer, Reply) else answer
    if isinstance(say, str):
        said.append(say)
    elif say is not None:
        said.extend([piece.text if isinstance(piece, Piece) else piece async for piece in say])
