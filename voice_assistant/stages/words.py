"""The household's own words, and what is said in place of other words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from voice_assistant.corrections import amended
from voice_assistant.stages.heard import Heard, as_route
from voice_assistant.stages.own import own, patterns
from voice_assistant.turn import Route


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
        for pattern in patterns("correct", language):
            if match := pattern.fullmatch(text):
                return await _corrected(heard, heard.again, match["s0"].strip())
    for text in heard.readings:
        for pattern in patterns("amend", language):
            match = pattern.fullmatch(text)
            if match and (found := await _amended(heard, heard.again, match["s0"].strip(), ())):
                return found
    return None


async def _corrected(
    heard: Heard, again: Callable[[str], Awaitable[Route]], rest: str
) -> Route | None:
    route = await again(rest)
    if route.stage == "template":
        return replace(route, instead=True)
    before = heard.session.previous
    names = before.route.slots.values() if before and before.route else ()
    if better := await _amended(heard, again, rest, names):
        return better
    for way in own("correct")["change"][heard.utterance.language]:
        changed = await again(way.format(rest=rest))
        if changed.stage == "follow":
            return changed
    return replace(route, instead=True) if route.skill else None


async def _amended(
    heard: Heard, again: Callable[[str], Awaitable[Route]], rest: str, names: Iterable[Any]
) -> Route | None:
    """The request before with a part of it put right: a value, or one of these names."""
    before = heard.session.previous.route if heard.session.previous else None
    if before is None or before.skill is None:
        return None
    language = heard.utterance.language
    for text in amended(before.text, names, rest, language, heard.now()):
        route = await again(text)
        if (route.skill, route.intent) == (before.skill, before.intent):
            return replace(route, instead=True)
    return None


async def quoting(heard: Heard) -> Route | None:
    """What tells of other requests, and is none of them: "when I say movie time, ..."."""
    found = heard.best(lambda skill, intent: intent.quotes)
    return as_route(found, "template") if found else None
