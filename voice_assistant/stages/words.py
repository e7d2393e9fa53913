"""The household's own words, and what is said in place of other words."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from voice_assistant.corrections import amended, is_value
from voice_assistant.normal import joined, parts
from voice_assistant.session import UNTAKEN
from voice_assistant.stages.carried import renamed, root_of
from voice_assistant.stages.heard import Heard, always, as_route, lately, length
from voice_assistant.stages.own import corrections, own, rests
from voice_assistant.stages.shifted import scaled
from voice_assistant.turn import Route

REQUEST = 2
"""Words (of Chinese, pairs of characters) of a request that the statistical match may read in a
correction: less is a name of something."""

NAME = 4
"""Letters of what is a name in a request, and no little word."""


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
    if heard.again is None or heard.session.context is None:
        return None
    language = heard.utterance.language
    better = [both for text in heard.readings for both in _better(heard, text)]
    better.sort(key=lambda both: not both[1])  # "dad, not mum" says more than all that was meant
    for rest, wrong in better:
        if found := await _corrected(heard, heard.again, rest, wrong):
            return found
    for text in heard.readings:
        for rest in filter(None, (scaled(heard, text), *rests("amend", text, language))):
            if found := await _amended(heard, rest, ()):
                return found
            if is_value(rest, language, heard.now()) and (found := await changed(heard, rest)):
                return found
    for rest, _ in better:
        route = await heard.again(rest)
        if route.skill and route.stage not in (*UNTAKEN, "knowledge") and length(rest) >= REQUEST:
            return replace(route, instead=True)
    return None


def _better(heard: Heard, text: str) -> Iterator[tuple[str, str]]:
    """What is meant, in a correction, and what was not, if that is said: "I said ten", "not eight
    eighteen"."""
    language, context = heard.utterance.language, heard.session.context
    before = root_of(heard, context.route).text if context and context.route else ""
    for both in rests("not_but", text, language):
        said = parts(both, language)
        for cut in range(1, len(said)):
            first, second = (joined(each, language) for each in (said[:cut], said[cut:]))
            if all(is_value(each, language, heard.now()) for each in (first, second)):
                yield second, ""
            elif (wrong := _without_article(first, language)) in before and len(wrong) >= NAME:
                yield _without_article(second, language), wrong
    yield from corrections("correct", text, language)


def _without_article(text: str, language: str) -> str:
    """A name without the article it was said with."""
    return re.sub(f"^(?:{own('carry')['articles'][language]})", "", text)


async def _corrected(
    heard: Heard, again: Callable[[str], Awaitable[Route]], rest: str, wrong: str
) -> Route | None:
    before = heard.session.context.route if heard.session.context else None
    language = heard.utterance.language
    named = wrong and not is_value(wrong, language, heard.now())  # no day is the name of anything
    for way in own("correct")["swap"][language] if named else ():
        route = await again(way.format(rest=rest, wrong=wrong))
        known = before is not None and (route.skill, route.stage) == (before.skill, "template")
        if route.stage == "follow" or known:
            return route
    route = await again(rest)
    if route.stage == "template":
        return replace(route, instead=True)
    names = before.slots.values() if before else ()
    if before and wrong and wrong in before.text:  # that one and no other
        names = (wrong,)
    return await _amended(heard, rest, names) or await changed(heard, rest)


async def changed(heard: Heard, rest: str) -> Route | None:
    """What was done before, changed to `rest`: as if somebody had said "make it" before it."""
    assert heard.again is not None
    for way in own("correct")["change"][heard.utterance.language]:
        route = await heard.again(way.format(rest=rest))
        if route.stage == "follow":
            return route
    return None


async def _amended(heard: Heard, rest: str, names: Iterable[Any]) -> Route | None:
    """The request before with a part of it put right: a value, or one of these names; or a name in
    one of the requests before that, as of the song that was made louder since."""
    before = heard.session.context.route if heard.session.context else None
    if before and (found := await in_place(heard, before, rest, names)):
        return found
    for each in () if is_value(rest, heard.utterance.language, heard.now()) else lately(heard):
        if each is not before and (put := renamed(heard, each, rest)):
            return put
    return None


async def in_place(
    heard: Heard, before: Route, rest: str, names: Iterable[Any] = ()
) -> Route | None:
    """A request once more, with `rest` in the place of a value of its kind, or of a name."""
    language = heard.utterance.language
    if before.skill is None or heard.again is None:
        return None
    for text in amended(before.text, names, rest, language, heard.now()):
        route = await heard.again(text)
        if (route.skill, route.intent) == (before.skill, before.intent):
            return replace(route, instead=True)
    if is_value(rest, language, heard.now()):
        return None
    found = renamed(heard, before, rest)
    return replace(found, instead=True) if found else None


async def quoting(heard: Heard) -> Route | None:
    """What tells of other requests, and is none of them: "when I say movie time, ...". Not where
    more of it is a request: 记录会议 is no note about 会议."""
    found = heard.best(lambda skill, intent: intent.quotes)
    whole = heard.best(always) if found else None
    if found is None or (whole and whole.literal > found.literal and not whole.intent.quotes):
        return None
    return as_route(found, "template")
