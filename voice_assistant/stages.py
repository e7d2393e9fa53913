"""The router's stages. Each takes what was heard and returns a route, or None: not mine.

Deterministic first: a wrong match that sounds sure is worse than a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from voice_assistant.aliases import Aliases
from voice_assistant.corrections import amended
from voice_assistant.engines import Message
from voice_assistant.intents import Intent, Sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.matcher import OTHER
from voice_assistant.normal import core
from voice_assistant.session import Session
from voice_assistant.slots import fill
from voice_assistant.template import Template
from voice_assistant.templates import Compiler, Reading
from voice_assistant.texts import read_yaml
from voice_assistant.turn import Route

if TYPE_CHECKING:
    from voice_assistant.router import Utterance

STRICT = 0.75
"""Share of a reading that must be literal for a template to decide alone; below it, the statistical
match must not be sure of something else."""

EXACT = 0.97
"""From this literal share a template needs no second opinion."""

CERTAIN, HARDLY = 0.6, 0.1
"""Probabilities of another skill, and of its own, at which a template is not believed."""

VAGUE = 0.3
"""Below this literal share a template says little: the statistical match must be sure by itself."""

SURE = 0.4
"""Probability of a skill from which the statistical match decides."""

PLAIN = 0.1
"""Probability that its likeliest intent must have: a skill that is likely only as the sum of many
unlikely intents was not meant."""

SURER = 0.6
"""The same for a reading that the recogniser held less likely."""

UNSURE = ("knowledge", "chat", "unknown")
"""Stages that answer what no skill was asked for."""

LONGEST = 45
"""Words; a longer speech is no request."""

EITHER = 0.3
"""Probability that the second of two skills must have for both to be offered."""

MENDED = 0.9
"""Literal share of what was mended."""

STRANGER = 0.9
"""Probability that something is for no skill from which it is not mended either."""

POSSIBLE = 0.2
"""Probability of the likeliest intent from which the language model is asked."""

CHOICES = 6
"""Intents that the language model chooses among."""

PLAINLY = 0.9
"""While a question waits, a request needs this literal share, or this probability of its skill."""

PART = 0.5
"""And at least this literal share."""

LONG = 3
"""And so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that a stage may look at."""

    utterance: Utterance
    readings: tuple[str, ...]
    """Normalised, likeliest first."""
    session: Session
    asking: bool
    again: Callable[[str], Awaitable[Route]] | None
    """Routes other words in place of these; None where these came so already."""
    aliases: Aliases | None
    lexicon: Lexicon
    mind: Any
    now: Callable[[], datetime]

    @property
    def cores(self) -> tuple[str, ...]:
        """The readings without the politeness around the request."""
        language = self.utterance.language
        return tuple(dict.fromkeys(core(text, language) for text in self.readings))

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
def _own(name: str) -> Mapping[str, Any]:
    """A file of our own templates."""
    text = files("voice_assistant").joinpath("data", f"{name}.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = read_yaml(text)
    return loaded


@cache
def _patterns(name: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Our own templates of a language as regular expressions."""
    templates = tuple(Template(line, {}) for line in _own(name)[language])
    compiler = Compiler(Sentences(skill=name, language=language), {})
    return tuple(each.regex for each in compiler.compile(Intent(name=name, templates=templates)))


def is_halt(text: str, language: str) -> bool:
    """Whether a normalised text is a "stop" and nothing else."""
    return any(pattern.fullmatch(text) for pattern in _patterns("halt", language))


def is_control(text: str, language: str) -> bool:
    """Whether a normalised text is obeyed without the wake word while music plays."""
    return any(pattern.fullmatch(text) for pattern in _patterns("controls", language))


async def halt(heard: Heard) -> Route | None:
    """ "Stop", whatever goes on."""
    for text in heard.readings:
        if is_halt(text, heard.utterance.language):
            return Route(skill=None, intent="halt", text=text, stage="halt", confidence=1.0)
    return None


async def question(heard: Heard) -> Route | None:
    """The answer to a question that was asked, unless it is plainly a request of its own."""
    if not heard.asking:
        return None
    found = _best(heard, _always)
    if found and _length(found.text) >= LONG and _plain(heard, found):
        return _route(found, "template")
    return Route(skill=None, intent="answer", text=heard.text, stage="question", confidence=1.0)


def _plain(heard: Heard, found: Reading) -> bool:
    """Whether a reading is a request of its own beyond doubt."""
    if found.literal >= PLAINLY:
        return True
    chance = _by_skill(heard.lexicon.scores(found.text)).get(found.skill, 0.0)
    return found.literal >= PART and chance >= PLAINLY


def _length(text: str) -> int:
    """Words of a text; of Chinese, half its characters."""
    return len(text.split()) if text.isascii() else len(text) // 2


async def active(heard: Heard) -> Route | None:
    """Skills in the middle of something, the one in front first; then what refers to the turn
    before."""
    previous = heard.session.previous
    before = previous.route.skill if previous and previous.route else None
    for skill in heard.session.active:
        if found := _best(heard, _only(skill, "session")):
            return _route(found, "session")
    if before and (found := _best(heard, _only(before, "follow"))):
        return _route(found, "follow")
    return None


async def alias(heard: Heard) -> Route | None:
    """The household's own words for a request, or for several."""
    if heard.again is None or heard.aliases is None:
        return None
    for text in heard.readings:
        if found := heard.aliases.find(text, heard.utterance.language):
            return await heard.again(found.means)
    return None


async def correction(heard: Heard) -> Route | None:
    """ "No, I meant ...": a request in place of the one before, or a change of it."""
    if heard.again is None or heard.session.previous is None:
        return None
    language = heard.utterance.language
    for text in heard.readings:
        for pattern in _patterns("correct", language):
            if match := pattern.fullmatch(text):
                return await _corrected(heard, heard.again, match["s0"].strip())
    return None


async def _corrected(
    heard: Heard, again: Callable[[str], Awaitable[Route]], rest: str
) -> Route | None:
    route = await again(rest)
    if route.stage == "template":
        return replace(route, instead=True)
    if better := await _amended(heard, again, rest):
        return better
    for way in _own("correct")["change"][heard.utterance.language]:
        changed = await again(way.format(rest=rest))
        if changed.stage == "follow":
            return changed
    return replace(route, instead=True) if route.skill else None


def _only(skill: str, when: str) -> Callable[[str, Intent], bool]:
    """The intents of one skill that are for now alone."""
    return lambda name, intent: name == skill and intent.when == when


def _best(heard: Heard, open_to: Callable[[str, Intent], bool]) -> Reading | None:
    best = None
    for text in heard.readings:
        for reading in heard.lexicon.templates.match(text, heard.now, open_to)[:1]:
            if best is None or _rank(reading) > _rank(best):
                best = reading
    return best


def _rank(reading: Reading) -> tuple[float, int]:
    """The most literal reading is best; of two, the one that says more."""
    return reading.literal, len(reading.text)


async def templates(heard: Heard) -> Route | None:
    """What was said word for word as a template has it."""
    found = _best(heard, _always)
    if found is None:
        return None
    if found.literal < STRICT and not _supported(heard, found):
        return None
    if found.literal < EXACT and _contradicted(heard, found):
        return None
    return _route(found, "template")


def _contradicted(heard: Heard, found: Reading) -> bool:
    """Whether the statistical match is sure of another skill and does not see this one at all: a
    name was taken for one it resembles."""
    by_skill = _by_skill(heard.lexicon.scores(found.text))
    best = max(by_skill, key=lambda skill: by_skill[skill])
    return (
        best not in (OTHER, found.skill)
        and by_skill[best] >= CERTAIN
        and (by_skill.get(found.skill, 0.0) < HARDLY)
    )


def _supported(heard: Heard, found: Reading) -> bool:
    """Whether the statistical match bears out a reading that is free text in good part: the more
    of it, the more."""
    by_skill = _by_skill(heard.lexicon.scores(found.text))
    chance = by_skill.get(found.skill, 0.0)
    if found.literal < VAGUE and chance < SURE:
        return False
    return chance >= (1 - found.literal) * max(by_skill.values())


def _by_skill(scores: list[tuple[str, float]]) -> Mapping[str, float]:
    summed: dict[str, float] = {}
    for name, probability in scores:
        skill = name.partition(".")[0]
        summed[skill] = summed.get(skill, 0.0) + probability
    return summed


async def _amended(
    heard: Heard, again: Callable[[str], Awaitable[Route]], rest: str
) -> Route | None:
    """The request before with a part of it put right."""
    before = heard.session.previous.route if heard.session.previous else None
    if before is None or before.skill is None:
        return None
    language = heard.utterance.language
    for text in amended(before.text, before.slots, rest, language, heard.now()):
        route = await again(text)
        if (route.skill, route.intent) == (before.skill, before.intent):
            return replace(route, instead=True)
    return None


async def quoting(heard: Heard) -> Route | None:
    """What tells of other requests, and is none of them: "when I say movie time, ..."."""
    found = _best(heard, lambda skill, intent: intent.quotes)
    return _route(found, "template") if found else None


async def compound(heard: Heard) -> Route | None:
    """Two requests in one breath: "set a timer for ten minutes and play some jazz". Only where
    each half is one word for word and the whole is none."""
    whole = _best(heard, _always)
    if whole is not None and whole.literal >= STRICT:
        return None
    for text in heard.readings:
        for joint in JOINT[heard.utterance.language].finditer(text):
            if found := _joined(heard, text, joint):
                return found
    return None


def _joined(heard: Heard, text: str, joint: re.Match[str]) -> Route | None:
    """The requests on both sides of a joint; the second may be two again."""
    first = _half(heard, text[: joint.start()].strip())
    if first is None:
        return None
    rest = text[joint.end() :].strip()
    for later in JOINT[heard.utterance.language].finditer(rest):
        if found := _joined(heard, rest, later):
            return replace(first, then=found)
    second = _half(heard, rest)
    return replace(first, then=second) if second else None


JOINT = {
    "en": re.compile(r" (?:and then|and also|and|then) "),
    "zh": re.compile(r"(?:然后|并且|再|同时|顺便|接着)"),
}


def _half(heard: Heard, text: str) -> Route | None:
    language = heard.utterance.language
    text = core(text, language)
    found = heard.lexicon.templates.match(text, heard.now, _always) if text else []
    if not found or (found[0].literal < STRICT and not _supported(heard, found[0])):
        return None
    return _route(found[0], "template")


def _always(skill: str, intent: Intent) -> bool:
    return intent.when == "always"


async def match(heard: Heard) -> Route | None:
    """What was said in other words. Another reading than the first must be surer."""
    for rank, text in enumerate(heard.cores):
        if _length(text) > LONGEST:
            continue
        scores = heard.lexicon.scores(text)
        by_skill = _by_skill(scores)
        skill = max(by_skill, key=lambda name: by_skill[name])
        if skill == OTHER or by_skill[skill] < (SURER if rank else SURE):
            continue
        name, chance = next(pair for pair in scores if pair[0].partition(".")[0] == skill)
        _, intent = heard.lexicon.intent(name)
        if chance >= PLAIN and intent.when == "always":
            return _likely(heard, skill, intent, text, by_skill[skill])
    return None


def _likely(heard: Heard, skill: str, intent: Intent, text: str, chance: float) -> Route:
    return Route(
        skill=skill,
        intent=intent.name,
        text=text,
        slots=fill(heard.lexicon.templates, skill, intent, text, heard.now),
        stage="match",
        confidence=chance,
    )


async def clarify(heard: Heard) -> Route | None:
    """Two skills that are as likely, and nobody else: ask which."""
    if heard.asking or not heard.text or _length(heard.text) > LONGEST:
        return None
    scores = heard.lexicon.scores(heard.text)
    by_skill = _by_skill(scores)
    first, second = sorted(by_skill, key=lambda skill: -by_skill[skill])[:2]
    if OTHER in (first, second) or by_skill[second] < EITHER:
        return None
    choices = []
    for skill in (first, second):
        name, _ = next(pair for pair in scores if pair[0].partition(".")[0] == skill)
        _, intent = heard.lexicon.intent(name)
        if intent.when != "always" or not intent.title:
            return None
        choices.append(_likely(heard, skill, intent, heard.text, by_skill[skill]))
    if len({heard.lexicon.title(each.skill or "", each.intent or "") for each in choices}) < len(
        choices
    ):
        return None
    return Route(
        skill=None, intent="clarify", text=heard.text, stage="clarify", choices=tuple(choices)
    )


async def misheard(heard: Heard) -> Route | None:
    """What is no request but sounds like just one, word for word; not where the statistical match
    is sure that it is for nobody."""
    for text in heard.cores:
        if dict(heard.lexicon.scores(text)).get(OTHER, 0.0) < STRANGER:
            if found := heard.lexicon.mended(text, heard.now, _always, MENDED):
                return _route(found, "misheard")
    return None


async def model(heard: Heard) -> Route | None:
    """The language model chooses among the intents that are likeliest, or none, under a grammar:
    it can name only what exists. Not asked where nothing is likely."""
    if heard.mind is None or not heard.mind.ready or not heard.text:
        return None
    scores = [
        (name, chance)
        for name, chance in heard.lexicon.scores(heard.text)[:CHOICES]
        if name != OTHER and heard.lexicon.intent(name)[1].when == "always"
    ]
    if not scores or scores[0][1] < POSSIBLE:
        return None
    titles = {heard.lexicon.title(*name.split(".", 1)): name for name, _ in scores}
    chat = [
        Message(role="system", content=_CHOOSE[heard.utterance.language]),
        Message(role="user", content="\n".join([*titles, "none", "", heard.text])),
    ]
    grammar = "root ::= " + " | ".join(json.dumps(title) for title in [*titles, "none"])
    said = ""
    async with aclosing(heard.mind.think(chat, limit=24, grammar=grammar)) as pieces:
        async for piece in pieces:
            said += piece
    if said.strip() not in titles:
        return None
    name = titles[said.strip()]
    skill, intent = heard.lexicon.intent(name)
    return replace(_likely(heard, skill, intent, heard.text, dict(scores)[name]), stage="model")


_CHOOSE = {
    "en": "Which of these does the request mean? Answer with one line of the list. Choose none "
    "unless it is plainly that.",
    "zh": "下面的请求是哪一项?只回答列表中的一行。不能确定就回答 none。",
}


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
    alias,
    active,
    correction,
    quoting,
    compound,
    templates,
    match,
    misheard,
    clarify,
    model,
    knowledge,
    chat,
    unknown,
)
