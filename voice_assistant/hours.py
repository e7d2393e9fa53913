"""Hours of the day, over midnight too: when a child is answered, when the house is quiet."""

from __future__ import annotations

from datetime import datetime, time
from typing import TypeAlias

from voice_assistant.errors import SettingsError

Hours: TypeAlias = tuple[time, time]
"""From and until."""


def read_hours(begin: str, end: str, key: str) -> Hours | None:
    """The hours of two settings, `key`_from and `key`_until; None where neither is set. Raises
    SettingsError."""
    if not begin and not end:
        return None
    try:
        return time.fromisoformat(begin), time.fromisoformat(end)
    except ValueError as error:
        raise SettingsError(
            f"'household.{key}_from' and '{key}_until' must both be times such as 07:00."
        ) from error


def within(hours: Hours, moment: datetime) -> bool:
    """Whether a moment is in these hours."""
    begin, end = hours
    now = moment.time()
    return begin <= now < end if begin < end else now >= begin or now < end
