"""Fetching over HTTP for the few skills that may: only from hosts the settings allow them."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit

from voice_assistant.errors import VoiceAssistantError
from voice_assistant.workers import Worker

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 6.0
"""How long an answer may take: longer, and nobody waits for it by voice."""

LARGEST = 4_000_000
"""Bytes of an answer that are read."""


class Unreachable(VoiceAssistantError):
    """A host did not answer, or answered nonsense."""


class Rejected(Unreachable):
    """A host answered, and the answer was no. `status` is HTTP's: 401 for a wrong token."""

    def __init__(self, host: str, status: int) -> None:
        super().__init__(f"{host} refuses that (status {status}).")
        self.status = status


class Http:
    """The network as one skill sees it. `allow(host)` raises NotAllowed where settings say no."""

    def __init__(self, allow: Callable[[str], None], worker: Worker) -> None:
        self._allow = allow
        self._worker = worker

    async def json(
        self, url: str, *, headers: Mapping[str, str] | None = None, data: Any = None
    ) -> Any:
        """The JSON at an address; with `data`, what it answers to that being posted."""
        host = self._allowed(url)
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(url, body, dict(headers or {}))  # noqa: S310
        request.add_header("Accept", "application/json")
        if body is not None:
            request.add_header("Content-Type", "application/json")
        text = await self._worker.call(_fetch, request, host)
        try:
            return json.loads(text)
        except ValueError as error:
            raise Unreachable(f"{host} answers nonsense: try again later.") from error

    async def text(self, url: str) -> str:
        """What is at an address, as text."""
        return await self.read(url, str)

    async def read(self, url: str, reader: Callable[[str], T]) -> T:
        """What a reader makes of the text at an address, off the loop: a long page takes a while."""
        host = self._allowed(url)
        request = urllib.request.Request(url)  # noqa: S310

        def fetch_and_read() -> T:
            return reader(_fetch(request, host).decode("utf-8", "replace"))

        return await self._worker.call(fetch_and_read)

    def _allowed(self, url: str) -> str:
        """The host of an address, if the settings allow it."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unreachable(f"{url} is no address of the web.")
        host = urlsplit(url).hostname or ""
        self._allow(host)
        return host

    async def converse(
        self, host: str, talk: Callable[P, T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Let `talk` speak another protocol with a host, where it may block. It raises OSError
        when the host does not answer, PermissionError when it does not let us in."""
        self._allow(host)
        try:
            return await self._worker.call(talk, *arguments, **named)
        except PermissionError as error:
            raise Rejected(host, 401) from error
        except OSError as error:
            raise Unreachable(f"{host} does not answer: try again later.") from error


def _fetch(request: urllib.request.Request, host: str) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST))
    except HTTPError as error:
        error.close()
        raise Rejected(host, error.code) from error
    except (OSError, ValueError) as error:
        raise Unreachable(f"{host} does not answer: try again later.") from error
