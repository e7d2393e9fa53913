"""What a stage looks at, and what all of them ask of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from voice_assistant.aliases import Aliases
from voice_assistant.intents import Intent
from voice_assistant.lexicon import Lexicon
from voice_assistant.matcher import OTHER
from voice_assistant.normal import core
from voice_assistant.session import Session
from voice_assistant.templates import Reading
from voice_assistant.turn import Route

if TYPE_CHECKING:
    from voice_assistant.router import Utterance

T = TypeVar("T")

DOUBT = 0.25
"""Literal share that an alternative must have more than what was heard first."""

BACK = 2
"""Skills that an utterance may go on with: of the last turns."""

GOING_ON, SHORT = 4.0, 6
"""How much likelier than by its words alone what is said after a skill's turn is for it, and up to
how many words: who goes on is brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that a stage may look at."""

    utterance: Utterance
    readings: tuple[str, ...]
    """Normalised, likeliest first."""
    plain: int
    """How many of them are what the recogniser held likeliest; the others are its alternatives."""
    session: Session
    asking: bool
    understood: bool | None
    """Whether the question that waits can take this for its answer; None where it takes any."""
    again: Callable[[str], Awaitable[Route]] | None
    """Routes other words in place of these; None where these came so already."""
    aliases: Aliases | None
    lexicon: Lexicon
    mind: Any
    now: Callable[[], datetime]
    _found: dict[Callable[[str, Intent], bool], Reading | None] = field(default_factory=dict)
    """What was read already, by what it is open to: several stages ask for the same."""
    _scored: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    """How likely each intent is of a text, for the same reason."""

    @property
    def cores(self) -> tuple[str, ...]:
        """The readings without the politeness around the request."""
        language = self.utterance.language
        return tuple(dict.fromkeys(core(text, language) for text in self.readings))

    @property
    def text(self) -> str:
        """The likeliest reading."""
        return self.readings[0] if self.readings else ""

    @property
    def in_talk(self) -> bool:
        """Whether the turn before was talk: most likely this one is, too."""
        before = self.session.previous
        return before is not None and before.route is not None and before.route.stage == "chat"

    def chances(self, text: str) -> Mapping[str, float]:
        """The probability of each skill, by the statistical match and what it may go on with."""
        found: dict[str, float] = {}
        for name, chance in self.scores(text):
            skill = name.partition(".")[0]
            found[skill] = found.get(skill, 0.0) + chance
        return found

    def scores(self, text: str) -> list[tuple[str, float]]:
        """The probability of each intent, the likeliest first. After a skill's turn what goes on
        with it is likelier, and what would go on with another is out of the question."""
        if text not in self._scored:
            before = self.session.context if length(text) <= SHORT else None
            since = before.route.skill if before and before.route else None
            scores = self.lexicon.scores(text)
            self._scored[text] = self._weighed(scores, since) if since else scores
        return self._scored[text]

    def _weighed(self, scores: list[tuple[str, float]], since: str) -> list[tuple[str, float]]:
        likely = []
        for name, chance in scores:
            skill, _, intent = name.partition(".")
            known = self.lexicon.known[skill].intents.get(intent) if skill else None
            if known is None or listened_for(self.session, skill, known):
                likely.append((name, chance * (GOING_ON if skill == since else 1.0)))
        if not likely:
            return [(OTHER, 1.0)]
        whole = sum(chance for _, chance in likely) or 1.0
        likely.sort(key=lambda pair: -pair[1])
        return [(name, chance / whole) for name, chance in likely]

    def best(self, open_to: Callable[[str, Intent], bool]) -> Reading | None:
        """What a template reads in one of the readings: the most literal, of two the one that says
        more. An alternative must be a better request, not just as good a one: it was heard less."""
        if open_to not in self._found:
            self._found[open_to] = self._best(open_to)
        return self._found[open_to]

    def _best(self, open_to: Callable[[str, Intent], bool]) -> Reading | None:
        best, most = None, (-1.0, 0)
        for number, text in enumerate(self.readings):
            doubt = 0.0 if number < self.plain else DOUBT
            for reading in self.lexicon.templates.match(text, self.now, open_to)[:1]:
                rank = (reading.literal - doubt, len(reading.text))
                if rank > most:
                    best, most = reading, rank
        return best


Stage: TypeAlias = Callable[[Heard], Awaitable["Route | None"]]


def lately(heard: Heard) -> list[Route]:
    """The last turn of each skill that took one lately, the latest first: what is said now may go on
    with it, though something else came between."""
    found: dict[str, Route] = {}
    for each in heard.session.recent:
        if each.route and each.route.skill:
            found.setdefault(each.route.skill, each.route)
    return list(found.values())[:BACK]


def last_named(heard: Heard, taken: Callable[[str, Any], T | None]) -> T | None:
    """What is taken of a slot (its name and value) that was filled last: of the turns that still
    give context the latest that has such a one."""
    for each in heard.session.recent:
        for name, value in each.route.slots.items() if each.route else ():
            if (found := taken(name, value)) is not None:
                return found
    return None


def as_route(reading: Reading, stage: str) -> Route:
    """The route to what a template read."""
    return Route(
        skill=reading.skill,
        intent=reading.intent.name,
        text=reading.text,
        slots=reading.slots,
        stage=stage,
        confidence=reading.literal,
    )


def length(text: str) -> int:
    """Words of a text; of Chinese, half its characters."""
    return len(text.split()) if text.isascii() else len(text) // 2


def listened_for(session: Session, skill: str, intent: Intent) -> bool:
    """Whether an intent is listened for now."""
    if intent.when == "always":
        return True
    if intent.when == "session":
        return skill in session.active
    before = session.context
    return before is not None and before.route is not None and before.route.skill == skill


def always(skill: str, intent: Intent) -> bool:
    """Whether an intent is listened for whatever goes on."""
    return intent.when == "always"


@cache
def only(skill: str, when: str) -> Callable[[str, Intent], bool]:
    """The intents of one skill that are for now alone; the same answer each time, by which `best`
    knows what it has read."""
    return lambda name, intent: name == skill and intent.when == when
