"""The router's stages. Each takes what was heard and returns a route, or None: not mine.

Deterministic first: a wrong match that sounds sure is worse than a question.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from hassil.parse_expression import parse_sentence

from voice_assistant.intents import Intent, Sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.matcher import OTHER
from voice_assistant.session import Session
from voice_assistant.templates import Compiler, Reading
from voice_assistant.turn import Route

if TYPE_CHECKING:
    from voice_assistant.router import Utterance

STRICT = 0.75
"""Share of a reading that must be literal for a template to decide alone; below it, the statistical
match must not be sure of something else."""

SURE = 0.45
"""Probability from which the statistical match decides."""

CLOSE = 0.6
"""The second skill has at least this share of the first's probability: better ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that a stage may look at."""

    utterance: Utterance
    readings: tuple[str, ...]
    """Normalised, likeliest first."""
    session: Session
    asking: bool
    lexicon: Lexicon
    mind: Any
    now: Callable[[], datetime]

    @property
    def text(self) -> str:
        """The likeliest reading."""
        return self.readings[0] if self.readings else ""


Stage: TypeAlias = Callable[[Heard], Awaitable["Route | None"]]


def _route(reading: Reading, stage: str) -> Route:
    return Route(
        skill=reading.skill,
        intent=reading.intent.name,
        text=reading.text,
        slots=reading.slots,
        stage=stage,
        confidence=reading.literal,
    )


@cache
def _halts(language: str) -> re.Pattern[str]:
    text = files("voice_assistant").joinpath("data", "halt.yaml").read_text("utf-8")
    templates = tuple(parse_sentence(line) for line in yaml.safe_load(text)[language])
    compiler = Compiler(Sentences(skill="halt", language=language), {})
    found = compiler.compile(Intent(name="halt", templates=templates))
    return re.compile("|".join(f"(?:{pattern.regex.pattern})" for pattern in found))


async def halt(heard: Heard) -> Route | None:
    """ "Stop", whatever goes on."""
    for text in heard.readings:
        if _halts(heard.utterance.language).fullmatch(text):
            return Route(skill=None, intent="halt", text=text, stage="halt", confidence=1.0)
    return None


async def question(heard: Heard) -> Route | None:
    """The answer to a question that was asked."""
    if not heard.asking:
        return None
    return Route(skill=None, intent="answer", text=heard.text, stage="question", confidence=1.0)


async def active(heard: Heard) -> Route | None:
    """Skills in the middle of something, the one in front first; then what refers to the turn before."""
    previous = heard.session.previous
    before = previous.route.skill if previous and previous.route else None
    for skill in heard.session.active:
        if found := _best(
            heard, lambda name, intent, s=skill: name == s and intent.when == "session"
        ):
            return _route(found, "session")
    if before and (
        found := _best(heard, lambda name, intent: name == before and intent.when == "follow")
    ):
        return _route(found, "follow")
    return None


def _best(heard: Heard, open_to: Callable[[str, Intent], bool]) -> Reading | None:
    best = None
    for text in heard.readings:
        for reading in heard.lexicon.templates.match(text, heard.now, open_to)[:1]:
            if best is None or reading.literal > best.literal:
                best = reading
    return best


async def templates(heard: Heard) -> Route | None:
    """What was said word for word as a template has it."""
    found = _best(heard, lambda skill, intent: intent.when == "always")
    if found is None:
        return None
    if found.literal < STRICT and not _supported(heard, found):
        return None
    return _route(found, "template")


def _supported(heard: Heard, found: Reading) -> bool:
    """Whether the statistical match bears out a reading that is free text in good part: the more
    of it, the more."""
    by_skill = _by_skill(heard.lexicon.scores(found.text))
    return by_skill.get(found.skill, 0.0) >= (1 - found.literal) * max(by_skill.values())


def _by_skill(scores: list[tuple[str, float]]) -> Mapping[str, float]:
    summed: dict[str, float] = {}
    for name, probability in scores:
        skill = name.partition(".")[0]
        summed[skill] = summed.get(skill, 0.0) + probability
    return summed


async def match(heard: Heard) -> Route | None:
    """What was said in other words."""
    for text in heard.readings[:1]:
        scores = heard.lexicon.scores(text)
        by_skill = _by_skill(scores)
        skill = max(by_skill, key=lambda name: by_skill[name])
        if skill == OTHER or by_skill[skill] < SURE:
            continue
        name, _ = next(pair for pair in scores if pair[0].partition(".")[0] == skill)
        _, intent = heard.lexicon.intent(name)
        if intent.when != "always":
            continue
        return Route(
            skill=skill,
            intent=intent.name,
            text=text,
            stage="match",
            confidence=by_skill[skill],
        )
    return None


_QUESTION = {
    "en": re.compile(
        r"^(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|has|have|can|could|"
        r"tell me (?:about|who|what|when|where|why|how)|explain|what's|who's|where's|how's)\b"
    ),
    "zh": re.compile(
        r"谁|什么|哪|几|多少|怎么|为什么|为何|如何|吗$|是不是|介绍|解释|多[大高远长久]"
    ),
}


async def knowledge(heard: Heard) -> Route | None:
    """Questions about the world."""
    language = heard.utterance.language
    if "knowledge" not in heard.lexicon.known or not _QUESTION[language].search(heard.text):
        return None
    return Route(skill="knowledge", intent="answer", text=heard.text, stage="knowledge")


async def chat(heard: Heard) -> Route | None:
    """Everything else that has words."""
    if "chat" not in heard.lexicon.known or not heard.text:
        return None
    return Route(skill="chat", intent="talk", text=heard.text, stage="chat")


async def unknown(heard: Heard) -> Route | None:
    """An honest "I don't know"."""
    return Route(skill=None, intent=None, text=heard.text, stage="unknown")


STAGES: tuple[Stage, ...] = (
    halt,
    question,
    active,
    templates,
    match,
    knowledge,
    chat,
    unknown,
)
