"""What refers to what is going on: a "stop", an answer, a story that is being told."""

from __future__ import annotations

from collections.abc import Callable

from voice_assistant.intents import Intent
from voice_assistant.stages.heard import Heard, always, as_route, length
from voice_assistant.stages.own import is_halt
from voice_assistant.templates import Reading
from voice_assistant.turn import Route

PLAINLY = 0.9
"""While a question waits, a request needs this literal share, or this probability of its skill."""

PART = 0.5
"""And at least this literal share."""

LONG = 3
"""And so many words."""


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
    found = heard.best(always)
    if found and length(found.text) >= LONG and _plain(heard, found):
        return as_route(found, "template")
    return Route(skill=None, intent="answer", text=heard.text, stage="question", confidence=1.0)


def _plain(heard: Heard, found: Reading) -> bool:
    """Whether a reading is a request of its own beyond doubt."""
    if found.literal >= PLAINLY:
        return True
    chance = heard.chances(found.text).get(found.skill, 0.0)
    return found.literal >= PART and chance >= PLAINLY


async def active(heard: Heard) -> Route | None:
    """Skills in the middle of something, the one in front first; then what refers to the turn
    before."""
    previous = heard.session.previous
    before = previous.route.skill if previous and previous.route else None
    for skill in heard.session.active:
        if found := heard.best(_only(skill, "session")):
            return as_route(found, "session")
    if before and (found := heard.best(_only(before, "follow"))):
        return as_route(found, "follow")
    return None


def _only(skill: str, when: str) -> Callable[[str, Intent], bool]:
    """The intents of one skill that are for now alone."""
    return lambda name, intent: name == skill and intent.when == when
