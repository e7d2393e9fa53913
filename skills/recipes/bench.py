"""How well the recipes skill understands, how fast it finds, and that it poisons nobody."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import yaml

from voice_assistant.bench import Row
from voice_assistant.clock import SystemClock
from voice_assistant.intents import load_sentences
from voice_assistant.mind import NoMind
from voice_assistant.phrases import Phrases
from voice_assistant.router import Router, Utterance
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.skill import Home, NeverMind, Piece, Reply
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route, Turn

from . import search, wishes
from .amounts import DATA
from .book import Book
from .diets import Profile
from .foods import foods
from .recipe import Recipe
from .skill import Recipes

MANY = 5_000
"""Recipes of the search figure."""

ROUNDS = 40


def run() -> Iterator[Row]:
    """The figures of the skill."""
    cases = yaml.safe_load((DATA / "bench.yaml").read_text(encoding="utf-8"))
    for language in ("en", "zh"):
        failed = wrong(cases[language], language)
        right = 100 * (1 - len(failed) / len(cases[language]))
        yield Row(f"requests answered rightly, {language}", right, "%", goal=">= 95")
        kitchen = Kitchenette(language)
        yield Row(
            f"recipes, {language}", len(kitchen.skill.book(language).recipes), "", goal=">= 150"
        )
        yield Row(f"search over {MANY} recipes, {language}, median", searching(language), "ms",
                  goal="< 30")  # fmt: skip


@dataclass
class Heard:
    """What came of a request."""

    route: Route
    text: str
    offered: list[Recipe]


class Kitchenette:
    """The skill in a household of its own, asked through the real router."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._clock = clock = SystemClock()
        folder = Path(__file__).parent
        self._database = Database(":memory:")
        self._session = Session(clock)
        self._folder = tempfile.TemporaryDirectory()
        sentences = load_sentences(folder)
        self._phrases = Phrases()
        for each in sentences.values():
            self._phrases.add("recipes", each.language, each.phrases)
        scheduler = Scheduler(self._database, clock).owned_by("recipes")
        home = Home(
            name="recipes",
            folder=Path(self._folder.name),
            store=Store(self._database, "recipes"),
            scheduler=scheduler,
            clock=clock,
            mind=NoMind(),
        )
        self.skill = Recipes(home)
        self.sentences = sentences
        self.router = Router({"recipes": self}, now=clock.now)
        self._handlers = {
            intent: getattr(self.skill, name)
            for name in dir(Recipes)
            for intent in getattr(getattr(Recipes, name), "intents", ())
        }

    def vocabulary(self, language: str) -> Mapping[str, list[str]]:
        """As a loaded skill has it."""
        return {slot: list(said) for slot, said in self.skill.vocabulary(language).items()}

    def fresh(self) -> None:
        """Forget everything but the books."""
        self._session = Session(self._clock)
        store = self.skill.home.store
        for key in store.keys():  # noqa: SIM118 - a store is no mapping
            store.delete(key)
        for person in list(self.skill.allergies.everybody()):
            self.skill.allergies.keep(person, ())

    async def ask(self, text: str) -> Heard:
        """One request."""
        route = await self.router.route(Utterance(text=text, language=self.language), self._session)
        said: list[str] = []

        async def speak(turn: Turn, answer: Any) -> None:
            await _collect(answer, said)
            if turn.asking:
                turn.hear("yes" if turn.language == "en" else "对")

        turn = Turn(
            text=text,
            language=self.language,
            session=self._session,
            route=replace(route, skill="recipes"),
            speak=speak,
            phrases=lambda turn, key: self._phrases.of(key, turn.language, "recipes"),
        )
        if route.skill and route.intent:
            try:
                await _collect(await self._handlers[route.intent](turn, **route.slots), said)
            except NeverMind:
                said.append("")
        return Heard(route, " ".join(said), self._offered(route))

    def _offered(self, route: Route) -> list[Recipe]:
        if cooking := self.skill.cooking():
            return [cooking.front.recipe]
        store = self.skill.home.store
        kept = store.get("plan") if route.intent == "plan" else None
        ids = list(kept["days"].values()) if kept else store.get("offered", {}).get("ids", [])
        found = (self.skill.recipe(each, self.language) for each in ids)
        return [recipe for recipe in found if recipe]


async def _collect(answer: Any, said: list[str]) -> None:
    say = answer.say if isinstance(answer, Reply) else answer
    if isinstance(say, str):
        said.append(say)
    elif say is not None:
        said.extend([piece.text if isinstance(piece, Piece) else piece async for piece in say])


def wrong(cases: list[dict[str, Any]], language: str) -> list[str]:
    """The requests that were not answered as expected, and how."""
    kitchen = Kitchenette(language)
    failed = []

    async def ask_all() -> None:
        for case in cases:
            kitchen.fresh()
            heard = await kitchen.ask(case["say"])
            if problem := judge(kitchen.skill.book(language), case, heard):
                failed.append(f"{case['say']}: {problem}")

    anyio.run(ask_all)
    return failed


def judge(book: Book, case: Mapping[str, Any], heard: Heard) -> str:
    """What is wrong with an answer; empty if nothing."""
    wanted = case.get("intent")
    if wanted and heard.route.intent != wanted:
        return f"went to {heard.route.intent} ({heard.route.stage})"
    missing = [word for word in case.get("says", ()) if word.lower() not in heard.text.lower()]
    if missing:
        return f"does not say {missing}: {heard.text}"
    properties = set(case) - {"say", "intent", "says"}
    if not properties:
        return ""
    if not heard.offered:
        return f"offers nothing ({heard.route.intent}): {heard.text}"
    first = heard.offered[0].id
    if case.get("recipe", first) != first or first not in case.get("any", [first]):
        return f"offers {[each.id for each in heard.offered]}"
    return next((p for r in heard.offered if (p := _unfit(book, case, r))), "")


def _unfit(book: Book, case: Mapping[str, Any], recipe: Recipe) -> str:
    table = foods()
    inside = {line.id for food in recipe.foods for line in table.lineage(food)}
    if lacks := [food for food in case.get("has", ()) if food not in inside]:
        return f"{recipe.id} has no {lacks}"
    if has := [food for food in case.get("not", ()) if food in inside]:
        return f"{recipe.id} has {has}"
    if case.get("diet") and case["diet"] not in book.traits(recipe).diets:
        return f"{recipe.id} is not {case['diet']}"
    if case.get("course") and case["course"] not in recipe.courses:
        return f"{recipe.id} is no {case['course']}"
    if case.get("cuisine") and case["cuisine"] != recipe.cuisine:
        return f"{recipe.id} is {recipe.cuisine}"
    return (
        f"{recipe.id} takes {recipe.minutes}" if recipe.minutes > case.get("minutes", 9999) else ""
    )


def searching(language: str) -> float:
    """Milliseconds to find by what is in the house, median, in a book of MANY recipes."""
    kitchen = Kitchenette(language)
    ours = kitchen.skill.book(language).recipes
    many = Book(replace(ours[n % len(ours)], id=f"{n}") for n in range(MANY))
    wish = wishes.read(
        "eggs, tomatoes and rice but no cheese" if language == "en" else "鸡蛋番茄米饭，不要辣椒",
        language,
    )
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        search.fitting(many, wish, Profile(allergies=frozenset({"peanut"})))
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)
