"""What sounds like a request."""

from __future__ import annotations

from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard, always, as_route
from voice_assistant.stages.likely import match_of
from voice_assistant.turn import Route

CLEAR = 0.8
"""Probability of a skill from which nothing else is looked for; of none, from which nothing is
mended."""

LITERAL = {"en": 0.75, "zh": 0.6}
"""Share of what was mended that a template must have word for word. Chinese is mended by characters
of just the same sound: there is less to doubt."""

STRANGER, WHOLE = 0.5, 0.9
"""Probability that something is for no skill from which that share must be larger."""

LIKELY = 0.7
"""Probability of a skill from which the statistical match decides about what was mended: more than
what was heard needs."""


async def misheard(heard: Heard) -> Route | None:
    """What sounds like a request, though as it was heard it is hardly one: a template has it, or it
    is more surely for a skill."""
    for text in heard.cores:
        if route := _meant(heard, text):
            return route
    return None


def _meant(heard: Heard, text: str) -> Route | None:
    """What was meant by a text. Of what was said and is clearly for a skill only usual words are put
    right (others are names), of what is for nobody none, unless single letters were wrong: then it
    looks like anything."""
    lexicon, chances = heard.lexicon, heard.chances(text)
    likeliest = max(chances, key=lambda skill: chances[skill])
    clear, strange = chances[likeliest] >= CLEAR, lexicon.mender.is_strange(text)
    typed = heard.utterance.confidence == 1.0
    if clear and (not strange if likeliest == OTHER else typed):  # mending takes milliseconds
        return None
    if (mended := lexicon.mended(text)) is None:
        return None
    slip = lexicon.mender.slips(text, mended)
    if clear and strange and slip is None:
        return None
    better = slip or mended
    stranger = chances.get(OTHER, 0.0) >= STRANGER and not slip
    literal = WHOLE if stranger else LITERAL[heard.utterance.language]
    for reading in lexicon.templates.match(better, heard.now, always)[:1]:
        if reading.literal >= literal and (slip or not clear or reading.skill == likeliest):
            return as_route(reading, "misheard")
    if stranger or (clear and not slip):
        return None
    route = match_of(heard, better, LIKELY if slip else max(LIKELY, chances[likeliest]))
    return route if route and not _asks_the_same(heard, text, route) else None


def _asks_the_same(heard: Heard, text: str, route: Route) -> bool:
    """Whether what was heard is for that intent anyway: then only names were mended in it, and
    what somebody calls a thing is no word that is usual here."""
    before = match_of(heard, text)
    return before is not None and (before.skill, before.intent) == (route.skill, route.intent)
