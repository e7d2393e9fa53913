"""What a request becomes when a part of it is put right: "five minutes" - "no, ten"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from voice_assistant import values
from voice_assistant.normal import normalise

EXCHANGED = ("duration", "time", "date", "percent", "money", "quantity", "number")
"""Kinds of values that one may stand for another of, the narrow ones first."""


def amended(
    text: str, slots: Mapping[str, Any], part: str, language: str, now: datetime
) -> Iterator[str]:
    """A request (normalised) with `part` in the place of what it must stand for: the one value of
    its kind, or one of the names in the slots."""
    for kind in EXCHANGED:
        if values.parse(kind, part, language, now) is not None:
            found = values.find(kind, text, language, now)
            if len(found) == 1:
                yield text[: found[0].start] + part + text[found[0].end :]
    for value in slots.values():
        said = normalise(value, language) if isinstance(value, str) else ""
        if said and said in text:
            yield text.replace(said, part, 1)
