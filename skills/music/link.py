"""A connection to a music server (MPD or Mopidy)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from voice_assistant.skill import VoiceAssistantError

PORT = 6600
SECONDS = 5.0
"""How long an answer may take."""


class NoServer(VoiceAssistantError):
    """The music server does not answer."""


class Caller(Protocol):
    """A worker, as this file uses it."""

    async def call(self, fn: Callable[..., Any], *arguments: Any) -> Any:
        """The result of a function on the worker's thread."""
        ...

    def post(self, fn: Callable[[], object]) -> None:
        """Have a function run."""
        ...


class Connection:
    """One connection, made anew when it broke. Used by one thread."""

    def __init__(self, address: str, permit: Callable[[str], None]) -> None:
        self._address, self._permit = address, permit
        self._client: Any = None

    def run(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The answers to commands. Raises NoServer; a connection that broke is tried once more."""
        for fresh in (False, True):
            try:
                client = self._connected()
                return [getattr(client, name)(*arguments) for name, *arguments in commands]
            except (OSError, _errors()) as error:
                self.close()
                if fresh:
                    raise NoServer(
                        f"The music server at {self._address} does not answer ({error})."
                    ) from error
        raise AssertionError

    def _connected(self) -> Any:
        if self._client is None:
            from mpd import MPDClient

            client = MPDClient()
            client.timeout = SECONDS
            if self._address.startswith("/"):
                if not Path(self._address).exists():  # the client would leave its socket open
                    raise FileNotFoundError(f"there is no {self._address}")
                client.connect(self._address)
            else:
                host, _, port = self._address.partition(":")
                self._permit(host)
                client.connect(host, int(port or PORT))
            self._client = client
        return self._client

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.disconnect()
            self._client = None


def _errors() -> type[Exception]:
    from mpd import MPDError

    error: type[Exception] = MPDError
    return error
