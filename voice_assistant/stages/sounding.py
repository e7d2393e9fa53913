"""What sounds like a request."""

from __future__ import annotations

from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard, always, as_route
from voice_assistant.turn import Route

MENDED = 0.9
"""Literal share of what was mended."""

STRANGER = 0.9
"""Probability that something is for no skill from which it is not mended either."""


async def misheard(heard: Heard) -> Route | None:
    """What is no request but sounds like just one, word for word; not where the statistical match
    is sure that it is for nobody."""
    for text in heard.cores:
        if dict(heard.lexicon.scores(text)).get(OTHER, 0.0) < STRANGER:
            if found := heard.lexicon.mended(text, heard.now, always, MENDED):
                return as_route(found, "misheard")
    return None
