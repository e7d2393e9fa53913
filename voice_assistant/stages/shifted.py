"""A value that is told by the one spoken of: "the day before", "two days later", "twice that"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from voice_assistant import values
from voice_assistant.normal import normalise
from voice_assistant.speaking import say_duration
from voice_assistant.stages.heard import Heard, last_named
from voice_assistant.stages.own import own


def shifted(heard: Heard, text: str) -> str | None:
    """The day that a text means, as somebody would say it; None where it means none."""
    carry, language = own("carry"), heard.utterance.language
    found = re.fullmatch(carry["shift"][language], text)
    day = last_named(heard, _day) if found else None
    if found is None or day is None:
        return None
    far = values.parse(
        "duration", carry["one"].get(found["far"], found["far"]), language, heard.now()
    )
    if not isinstance(far, timedelta):
        return None
    day += -far if re.fullmatch(carry["back"][language], found["way"]) else far
    return _said(day, language) if day >= heard.now().date() else None


def scaled(heard: Heard, text: str) -> str | None:
    """The value that a text means, as somebody would say it, where it tells it by the one spoken of:
    "twice that", "half the time"; None where it means none."""
    carry, language = own("carry"), heard.utterance.language
    found = re.fullmatch(carry["scale"][language], text)
    value = last_named(heard, _measure) if found else None
    if found is None or value is None:
        return None
    said = found["by"]
    by = carry["times"].get(said) or values.parse("number", said, language, heard.now())
    if not isinstance(by, int | float | Fraction):
        return None
    if isinstance(value, timedelta):
        return normalise(say_duration(value * float(by), language), language)
    return f"{float(value) * float(by):g}"


def _day(_: str, value: object) -> date | None:
    """The day in a slot, where it is one."""
    day = value if isinstance(value, date) else getattr(value, "day", None)
    return day if isinstance(day, date) else None


def _measure(_: str, value: object) -> Any:
    """The length or the number in a slot, where it is one."""
    return value if isinstance(value, timedelta | int | float | Fraction) else None


def _said(day: date, language: str) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day:%B} {day.day}".lower()
