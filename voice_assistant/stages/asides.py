"""What is said around a request that goes on with the one before: "on second thoughts ..."."""

from __future__ import annotations

import re
from functools import cache

from voice_assistant.stages.own import own


def without_asides(text: str, language: str) -> tuple[str, ...]:
    """What is left of a normalised text when such words are taken off it one after the other, the
    most first."""
    found: dict[str, None] = {}
    pending = [text]
    while pending:
        here = pending.pop(0)
        for pattern in _patterns(language):
            shorter = pattern.sub("", here, count=1)
            if shorter != here and shorter not in found:
                found[shorter] = None
                pending.append(shorter)
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is taken off the beginning, and off the end."""
    between = "" if language == "zh" else " "
    start, end = (
        "|".join(sorted(map(re.escape, own("asides")[language][side]), key=len, reverse=True))
        for side in ("start", "end")
    )
    return re.compile(f"^(?:{start}){between}(?=.)"), re.compile(f"(?<=.){between}(?:{end})$")
