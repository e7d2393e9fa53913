"""What refers to what is going on: a "stop", an answer, a story that is being told."""

from __future__ import annotations

import re
from collections.abc import Callable

from voice_assistant.corrections import is_value
from voice_assistant.intents import Intent
from voice_assistant.session import UNTAKEN
from voice_assistant.stages.asides import behind_reason
from voice_assistant.stages.earlier import request
from voice_assistant.stages.heard import Heard, always, as_route, length, only
from voice_assistant.stages.likely import match
from voice_assistant.stages.own import is_halt
from voice_assistant.stages.strict import STRICT, supported
from voice_assistant.templates import Reading
from voice_assistant.turn import Route

PLAINLY = 0.9
"""While a question waits, a request needs this literal share, or this probability of its skill."""

LIKELY, PART = 0.8, 0.5
"""Or this probability of its skill, and at least this literal share."""

LONG = {"en": 3, "zh": 2}
"""And so many words (of Chinese, pairs of characters)."""

_POINTING = {
    "en": re.compile(
        r"(?:the|a|an|my|that|this|those|it|at|in|on|by|for|from|to|until|every|each|half|quarter|"
        r"number|next|today|tomorrow|tonight)\b"
    ),
    "zh": re.compile(r"第|那|这|就|每|数字"),
}
"""How answers begin and requests do not."""


async def halt(heard: Heard) -> Route | None:
    """ "Stop", whatever goes on."""
    for text in heard.readings:
        if is_halt(text, heard.utterance.language):
            return Route(skill=None, intent="halt", text=text, stage="halt", confidence=1.0)
    return None


async def question(heard: Heard) -> Route | None:
    """The answer to a question that was asked, unless it is a request of its own: beyond doubt
    where any text would answer, else as sure a one as without the question."""
    if not heard.asking:
        return None
    found, long = heard.best(always), LONG[heard.utterance.language]
    if found and _of_the_session(heard, found):
        found = None
    if found and length(found.text) >= long:
        if _plain(heard, found) or (heard.understood is not None and _request(heard, found)):
            return as_route(found, "template")
    plain = request(heard) if heard.understood is not True else None
    if heard.understood is False:
        if found and found.literal >= PLAINLY:
            return as_route(found, "template")
        if (before := _of_the_turn_before(heard)) and before.literal >= PLAINLY:
            return as_route(before, "follow")
    if plain and plain.confidence >= PLAINLY and length(plain.text) >= long:
        return plain
    if heard.understood is False:
        other = await match(heard) if length(heard.text) >= long else None
        if other and other.confidence >= PLAINLY:
            return other
    return Route(skill=None, intent="answer", text=heard.text, stage="question", confidence=1.0)


def _of_the_session(heard: Heard, found: Reading) -> bool:
    """Whether the skill in front has these words for itself while its session is open: in a quiz,
    "skip this one" is about the question, not about the music."""
    for skill in heard.session.active[:1]:
        own = heard.best(only(skill, "session"))
        return own is not None and own.literal >= found.literal
    return False


def _plain(heard: Heard, found: Reading) -> bool:
    """Whether a reading is a request of its own beyond doubt."""
    if found.literal >= PLAINLY:
        return True
    chance = heard.chances(found.text).get(found.skill, 0.0)
    return found.literal >= PART and chance >= LIKELY


def _request(heard: Heard, found: Reading) -> bool:
    """Whether a reading is a whole request and not a longer way to say a value or a choice."""
    language = heard.utterance.language
    if _POINTING[language].match(found.text):
        return False
    if is_value(found.text, language, heard.now()):
        return False
    return found.literal >= STRICT or supported(heard, found)


def _of_the_turn_before(heard: Heard) -> Reading | None:
    """What is said of what was done before the question: "for how long?" - "which one is first"."""
    before = heard.session.context
    if before is None or not before.receipts or not before.route.skill:
        return None
    return heard.best(only(before.route.skill, "follow"))


async def active(heard: Heard) -> Route | None:
    """Skills in the middle of something, the one in front first; then what refers to the turn
    before."""
    for skill in heard.session.active:
        if found := heard.best(only(skill, "session")):
            return as_route(found, "session")
    before = heard.session.context
    if before is None or before.route is None or not before.route.skill:
        return None
    going_on = only(before.route.skill, "follow")
    found = heard.best(going_on)
    if found is None:
        return _reasoned(heard, going_on)
    whole = heard.best(always) if found.literal < STRICT else None
    if whole and whole.skill in UNTAKEN:
        whole = None  # small talk: to the list of what to do, "and call grandma"
    if whole and whole.literal > (found.literal if whole.skill == found.skill else STRICT):
        return None  # a request of its own: "put apples on the shopping list"
    if whole and whole.literal > found.literal and _plain(heard, whole):
        return None
    return as_route(found, "follow")


def _reasoned(heard: Heard, open_to: Callable[[str, Intent], bool]) -> Route | None:
    """What goes on with the turn before, behind a reason; unless a template has the whole for a
    request: "太早了，改成七点" is none of the calendar's."""
    whole = heard.best(always)
    if whole is not None and whole.literal >= STRICT:
        return None
    for text in heard.readings[: heard.plain]:
        for rest in behind_reason(text, heard.utterance.language):
            for found in heard.lexicon.templates.match(rest, heard.now, open_to)[:1]:
                if found.literal >= STRICT or supported(heard, found):
                    return as_route(found, "follow")
    return None
