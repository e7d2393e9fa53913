"""A day that is told by how far it is from the one spoken of: "the day before", "two days later"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from voice_assistant import values
from voice_assistant.stages.heard import Heard
from voice_assistant.stages.own import own


def shifted(heard: Heard, text: str) -> str | None:
    """The day that a text means, as somebody would say it; None where it means none."""
    carry, language = own("carry"), heard.utterance.language
    found = re.fullmatch(carry["shift"][language], text)
    day = _day(heard) if found else None
    if found is None or day is None:
        return None
    far = values.parse(
        "duration", carry["one"].get(found["far"], found["far"]), language, heard.now()
    )
    if not isinstance(far, timedelta):
        return None
    day += -far if re.fullmatch(carry["back"][language], found["way"]) else far
    return _said(day, language) if day >= heard.now().date() else None


def _day(heard: Heard) -> date | None:
    """The day that was named last."""
    for each in heard.session.recent:
        for value in each.route.slots.values() if each.route else ():
            day = getattr(value, "day", None) if not isinstance(value, date) else value
            if isinstance(day, date):
                return day
    return None


def _said(day: date, language: str) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day:%B} {day.day}".lower()
