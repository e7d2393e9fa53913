"""What is said around a request that goes on with the one before: "on second thoughts ..."."""

from __future__ import annotations

import re
from functools import cache

from voice_assistant.stages.own import own


def without_asides(text: str, language: str) -> tuple[str, ...]:
    """What is left of a normalised text when such words are taken off it one after the other, the
    least first."""
    return _without(text, _patterns(language))


def behind_reason(text: str, language: str) -> tuple[str, ...]:
    """What is left of a normalised text without the reason it begins with: "太早了，改成七点"."""
    return _without(text, _reasons(language))


def _without(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    pending = [text]
    while pending:
        here = pending.pop(0)
        for pattern in patterns:
            shorter = pattern.sub("", here, count=1)
            if shorter != here and shorter not in found:
                found[shorter] = None
                pending.append(shorter)
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _reasons(language: str) -> tuple[re.Pattern[str], ...]:
    """How reasons are told; of English none is."""
    said = own("asides")["reason"].get(language)
    return (re.compile(said),) if said else ()


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """What is taken off the beginning, off the end, and told as a reason."""
    between = "" if language == "zh" else " "
    start, end = (
        "|".join(sorted(map(re.escape, own("asides")[language][side]), key=len, reverse=True))
        for side in ("start", "end")
    )
    taken = re.compile(f"^(?:{start}){between}(?=.)"), re.compile(f"(?<=.){between}(?:{end})$")
    return (*taken, *_reasons(language))
