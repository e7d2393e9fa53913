"""What a request becomes when a part of it is put right: "five minutes" - "no, ten"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from voice_assistant import values
from voice_assistant.normal import joined, normalise, parts
from voice_assistant.values.kinds import When

EXCHANGED = ("duration", "time", "date", "percent", "money", "quantity", "number")
"""Kinds of values that one may stand for another of, the narrow ones first."""


def is_value(text: str, language: str, now: datetime) -> bool:
    """Whether a text is such a value and nothing else."""
    return any(values.parse(kind, text, language, now) is not None for kind in EXCHANGED)


def amended(
    text: str, names: Iterable[Any], part: str, language: str, now: datetime
) -> Iterator[str]:
    """A request (normalised) with `part` in the place of what it must stand for: the one value of
    its kind, or one of the names in it."""
    for kind in EXCHANGED:
        if values.parse(kind, part, language, now) is not None:
            found = values.find(kind, text, language, now)
            if kind == "number" and len(found) > 1:  # of 15 percent of 80, the number is 80
                percents = {each.start for each in values.find("percent", text, language, now)}
                found = [each for each in found if each.start not in percents]
            if len(found) == 1:
                before, behind = text[: found[0].start], text[found[0].end :]
                said = text[found[0].start : found[0].end]
                if kind == "time":
                    yield from (
                        before + each + behind for each in _mixed(said, part, language, now)
                    )
                yield before + part + behind
    for value in names:
        said = normalise(value, language) if isinstance(value, str) else ""
        if said and said in text:
            yield text.replace(said, part, 1)


def _mixed(said: str, part: str, language: str, now: datetime) -> Iterator[str]:
    """A time (as said) with its clock or its day exchanged for `part`: who corrects the hour still
    means Friday."""
    wanted = values.parse("time", part, language, now)
    if not isinstance(wanted, When):
        return
    before = values.parse("time", said, language, now)
    if isinstance(before, When) and before.clock is None and _dated(before):
        if wanted.clock is not None and not _dated(wanted):  # "tomorrow morning" - "ten o'clock"
            yield joined((said, part), language)
    words = parts(said, language)
    for cut in range(1, len(words)):
        first, second = (joined(each, language) for each in (words[:cut], words[cut:]))
        old = [values.parse("time", each, language, now) for each in (first, second)]
        if not all(isinstance(each, When) for each in old):
            continue
        alike = [_alike(wanted, each) for each in old]
        if alike == [True, False]:
            yield joined((part, second), language)
        elif alike == [False, True]:
            yield joined((first, part), language)


def _alike(one: When, other: object) -> bool:
    """Whether both say a clock time, or neither does, and so of the day."""
    return isinstance(other, When) and (one.clock is None, _dated(one)) == (
        other.clock is None,
        _dated(other),
    )


def _dated(when: When) -> bool:
    """Whether a day was said, or days that come again."""
    return when.day is not None or when.repeat is not None
