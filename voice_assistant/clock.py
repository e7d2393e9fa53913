"""Wall time, injected: the one place that reads the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Protocol

from dateutil.tz import tzlocal


class Clock(Protocol):
    """Tells the date and the time of day."""

    def now(self) -> datetime:
        """This moment, with its time zone."""
        ...


class SystemClock:
    """The machine's clock in the machine's (or a given) time zone."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone or tzlocal()

    def now(self) -> datetime:
        """This moment in the zone of the household."""
        return datetime.now(UTC).astimezone(self.zone)  # noqa: TID251 - the clock's one home
