"""The volume of a music server, which follows that of our own media."""

from __future__ import annotations

import logging

from .link import Connection, NoServer

_log = logging.getLogger(__name__)

FULL = 100
"""The most that a server's volume can be, in its percent."""

AUDIBLE = 0.05
"""Share of it below which nothing can be told from what somebody else set."""


class ServerVolume:
    """Turned down while somebody speaks; what was set elsewhere meanwhile is respected."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._full = 0.0
        """What it would be if our media were at their loudest."""
        self._share = 1.0
        self._was_set: int | None = None

    def follow(self, factor: float) -> None:
        """Our media sound at this factor now. On the thread of the connection. A server that is
        away, or has no volume, stays as it is."""
        try:
            (status,) = self._connection.run([("status",)])
            now = int(status.get("volume", -1))
            if now < 0:
                return
            if now != self._was_set and self._share > AUDIBLE:
                self._full = now / self._share
            self._share = share(factor)
            self._was_set = round(min(self._full * self._share, FULL))
            self._connection.run([("setvol", self._was_set)])
        except NoServer as error:
            _log.warning("its volume could not be set: %s", error)


def share(factor: float) -> float:
    """The share of a volume in percent that sounds like a factor: such volumes go with the third
    power (PulseAudio's exactly; MPD's own curve has 18 dB less at the half, too)."""
    return float(factor ** (1 / 3))
