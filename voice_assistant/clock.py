"""Wall time, injected: the one place that reads the machine's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Protocol

from dateutil.tz import tzlocal


class Clock(Protocol):
    """Tells the date and the time of day."""

    def now(self) -> datetime:
        """This moment, with its time zone."""
        ...

    def elapsed(self) -> float:
        """Seconds that went by since some moment, also while the machine slept. Setting the clock
        does not touch them: that is how a set clock is told from time that passed."""
        ...


class SystemClock:
    """The machine's clock in the machine's (or a given) time zone."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone or tzlocal()

    def now(self) -> datetime:
        """This moment in the zone of the household."""
        return datetime.now(UTC).astimezone(self.zone)  # noqa: TID251 - the clock's one home

    def elapsed(self) -> float:
        """Seconds since the machine started."""
        # macOS counts sleep in MONOTONIC already; Linux has a clock of its own for that.
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def unset(root: Path = Path("/")) -> bool:
    """Whether this is a machine without a clock that runs on while it is off, such as a Raspberry
    Pi, and has not heard the time from the network since it started. systemd makes both known."""
    if not (root / "run/systemd/system").exists():
        return False
    battery = any((root / "dev").glob("rtc*"))
    return not (battery or (root / "run/systemd/timesync/synchronized").exists())
