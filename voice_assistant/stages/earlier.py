"""What goes on with a request or a session, where it is no request as it stands: after something
else that came between, or with other words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from voice_assistant.corrections import is_value
from voice_assistant.intents import Intent
from voice_assistant.stages.asides import without_asides
from voice_assistant.stages.carried import once_more
from voice_assistant.stages.heard import BACK, Heard, always, as_route, lately, only
from voice_assistant.stages.shifted import shifted
from voice_assistant.stages.strict import STRICT, supported
from voice_assistant.stages.words import changed, in_place
from voice_assistant.turn import Route


async def earlier(heard: Heard) -> Route | None:
    """What refers to one of the last turns; or a request with asides around it."""
    for skill in heard.session.active:
        for text in _bare(heard):
            if found := _read(heard, text, only(skill, "session"), "session"):
                return found
    for before in lately(heard):
        for text in (*heard.readings[: heard.plain], *_bare(heard)):
            if found := _read(heard, text, only(before.skill or "", "follow"), "follow"):
                return found
    return request(heard) or await _value(heard)


def request(heard: Heard) -> Route | None:
    """A request of its own with asides around it."""
    for text in _bare(heard):
        if found := _read(heard, text, always, "template"):
            return found
    return None


def _bare(heard: Heard) -> Iterator[str]:
    """What is left of what was said without asides."""
    for text in heard.readings[: heard.plain]:
        yield from without_asides(text, heard.utterance.language)


def _read(
    heard: Heard, text: str, open_to: Callable[[str, Intent], bool], stage: str
) -> Route | None:
    found = heard.lexicon.templates.match(text, heard.now, open_to)
    if not found or (found[0].literal < STRICT and not supported(heard, found[0])):
        return None
    return as_route(found[0], stage)


async def _value(heard: Heard) -> Route | None:
    """A value alone, where one was asked for and something else was said first; or in the place
    of one that was said before: "that's too early" - "eight"."""
    if heard.again is None or not heard.session.turns:
        return None
    for said in (*heard.readings[: heard.plain], *_bare(heard)):
        text = shifted(heard, said) or said
        if is_value(text, heard.utterance.language, heard.now()):
            open_still = (each.route for each in heard.session.recent[:BACK] if each.interrupted)
            for before in open_still:
                if before.skill and (found := await once_more(heard, before, text)):
                    return found
            if (context := heard.session.context) and context.receipts:
                return await in_place(heard, context.route, text) or await changed(heard, text)
            if context and context.route and context.route.skill:
                return await once_more(heard, context.route, text)
    return None
