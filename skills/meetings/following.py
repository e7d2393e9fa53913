"""What follows from a meeting: its to-dos on lists and as reminders."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from voice_assistant import values
from voice_assistant.mentions import daytime
from voice_assistant.values.kinds import When

from .minutes import Todo

MORNING = time(9)
"""When one is reminded of what is due on a day."""


def due_moment(todo: Todo, day: str, language: str, zone: tzinfo | None) -> datetime | None:
    """When a to-do is due, its date being said on `day` (ISO); None where that is not plain."""
    said_at = datetime.combine(date.fromisoformat(day), MORNING, zone)
    found = values.find("time", todo.due.lower(), language, said_at)
    when = found[0].value if found else None
    if not isinstance(when, When) or (when.day is None and when.clock is None):
        return None
    if when.clock or when.part:
        return daytime(when)
    return datetime.combine(when.day or said_at.date(), MORNING, zone)
