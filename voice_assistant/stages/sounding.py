"""What sounds like a request."""

from __future__ import annotations

from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard, always, as_route
from voice_assistant.stages.likely import match_of
from voice_assistant.turn import Route

CLEAR = 0.8
"""Probability of a skill, or of none, from which nothing is mended."""

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
        chances = heard.chances(text)
        surest = max(chances.values())
        if surest >= CLEAR or (better := heard.lexicon.mended(text)) is None:
            continue
        stranger = chances.get(OTHER, 0.0) >= STRANGER
        literal = WHOLE if stranger else LITERAL[heard.utterance.language]
        for reading in heard.lexicon.templates.match(better, heard.now, always)[:1]:
            if reading.literal >= literal:
                return as_route(reading, "misheard")
        if not stranger and (route := match_of(heard, better, max(LIKELY, surest))):
            return route
    return None
