"""What was said word for word as a template has it, or two of them."""

from __future__ import annotations

import re
from dataclasses import replace

from voice_assistant.intents import Intent
from voice_assistant.matcher import OTHER
from voice_assistant.normal import core
from voice_assistant.stages.heard import Heard, always, as_route, lately, length, only
from voice_assistant.stages.likely import LONGEST, SURE
from voice_assistant.stages.telling import is_told
from voice_assistant.templates import Reading
from voice_assistant.turn import Route

STRICT = 0.75
"""Share of a reading that must be literal for a template to decide alone; below it, the statistical
match must not be sure of something else."""

EXACT = 0.97
"""From this literal share a template needs no second opinion."""

CERTAIN, HARDLY = 0.6, 0.1
"""Probabilities of another skill, and of its own, at which a template is not believed."""

VAGUE = 0.3
"""Below this literal share a template says little: the statistical match must be sure by itself."""

CHAT = "chat"
"""The skill that talks, and says what it cannot do: "book me a flight to Paris"."""

JOINT = {
    "en": re.compile(r" (?:and then|and also|and|then) "),
    "zh": re.compile(r"(?:然后|并且|再(?![加来说讲给等听])|同时|顺便|接着|(?<=..)吧(?=..))"),
}
"""What stands between two requests. 再 does not before what is done once more: 清单再加一个灯泡."""


async def templates(heard: Heard) -> Route | None:
    """What was said word for word as a template has it."""
    found = heard.best(always)
    if found is None:
        return None
    if found.literal < STRICT and not supported(heard, found):
        return None
    if mine := _of_what_goes_on(heard, found):
        return as_route(mine, "template")
    if found.literal < EXACT:
        if contradicted(heard, found):
            return None
        if recent := _of_lately(heard, found):
            return as_route(recent, "follow")
    return as_route(found, "template")


def _of_what_goes_on(heard: Heard, found: Reading) -> Reading | None:
    """What the skill of the turn before, or one with an open session, has in just the same words:
    while music plays, "who is this" is no question about the assistant."""
    before = heard.session.context
    since = [before.route.skill] if before and before.route and before.route.skill else []
    for skill in [*heard.session.active, *since]:
        mine = heard.best(only(skill, "always"))
        if mine and skill != found.skill and mine.literal >= found.literal:
            return mine
    return None


def _of_lately(heard: Heard, found: Reading) -> Reading | None:
    """What is as likely of something that was done lately: who set a reminder for the pills and
    moves the pills means no appointment."""
    for before in lately(heard):
        if before.skill and before.skill != found.skill:
            going_on = heard.best(only(before.skill, "follow"))
            if going_on and going_on.literal >= found.literal:
                return going_on
    return None


def contradicted(heard: Heard, found: Reading) -> bool:
    """Whether the statistical match is sure of another skill and does not see this one at all: a
    name was taken for one it resembles."""
    chances = heard.chances(found.text)
    best = max(chances, key=lambda skill: chances[skill])
    return (
        best not in (OTHER, found.skill)
        and chances[best] >= CERTAIN
        and (chances.get(found.skill, 0.0) < HARDLY)
    )


def supported(heard: Heard, found: Reading) -> bool:
    """Whether the statistical match bears out a reading that is free text in good part: the more
    of it, the more. What is told to somebody else asks for nothing."""
    if is_told(found.text, heard.utterance.language):
        return False
    chances = heard.chances(found.text)
    chance = chances.get(found.skill, 0.0)
    if found.literal < VAGUE and chance < SURE:
        return False
    if found.skill == CHAT:  # to the match, most talk is for no skill
        chance += chances.get(OTHER, 0.0)
    return chance >= (1 - found.literal) * max(chances.values())


async def compound(heard: Heard) -> Route | None:
    """Two requests in one breath: "set a timer for ten minutes and play some jazz". Only where
    each half is one word for word and the whole is none; the first may go on with the turn before,
    the second with the first."""
    whole = heard.best(always)
    if whole is not None and whole.literal >= STRICT:
        return None
    before = heard.session.context
    since = (before.route.skill if before and before.route else None) or ""
    for text in heard.readings if whole is None else heard.readings[: heard.plain]:
        if length(text) > LONGEST:  # a list dictated at length: each "and" would be tried
            continue
        for joint in JOINT[heard.utterance.language].finditer(text):
            if found := _joined(heard, text, joint, since):
                return found
    return None


def _joined(heard: Heard, text: str, joint: re.Match[str], since: str) -> Route | None:
    """The requests on both sides of a joint; the second may be two again."""
    first = _half(heard, text[: joint.start()].strip(), since, ("follow",))
    if first is None:
        return None
    rest, then = text[joint.end() :].strip(), first.skill or ""
    for later in JOINT[heard.utterance.language].finditer(rest):
        if found := _joined(heard, rest, later, then):
            return replace(first, then=found)
    second = _half(heard, rest, then, ("follow", "session"))
    return replace(first, then=second) if second else None


def _half(heard: Heard, text: str, since: str, whens: tuple[str, ...]) -> Route | None:
    """A request, or what goes on with what the skill `since` did."""
    language = heard.utterance.language
    text = core(text, language)

    def is_open(skill: str, intent: Intent) -> bool:
        return intent.when == "always" or (skill == since and intent.when in whens)

    found = heard.lexicon.templates.match(text, heard.now, is_open) if text else []
    if not found or (found[0].literal < STRICT and not supported(heard, found[0])):
        return None
    return as_route(found[0], "template")
