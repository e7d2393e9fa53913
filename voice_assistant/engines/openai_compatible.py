"""A language model on another machine of the house, over HTTP: vLLM, Ollama, llama-server ..."""

from __future__ import annotations

import http.client
import json
import select
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Self
from urllib.parse import urlsplit

from voice_assistant.engines import Message
from voice_assistant.errors import ModelError

POLL_SECONDS = 0.05
"""How often a silent server is left to look whether the answer is still wanted."""
TRIES = 2


class _Unbuffered(http.client.HTTPResponse):
    """A response that keeps nothing back, so that `select` sees all there is to read."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.sock = sock
        self.fp.close()
        self.fp = sock.makefile("rb", buffering=0)  # type: ignore[assignment]


class _Plain(http.client.HTTPConnection):
    """Speaks HTTP/1.0: the answer comes in one stream and not in chunks, whose lengths one would
    have to wait for."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"
    response_class = _Unbuffered


class _Secure(http.client.HTTPSConnection):
    """The same over TLS."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"
    response_class = _Unbuffered


class OpenAICompatible:
    """The server at `url` (such as http://desktop:8080/v1), asked for `model` or its first one.

    `allow` is called with the host before each connection; it raises where the settings do not
    allow the network.
    """

    def __init__(
        self,
        url: str,
        *,
        model: str = "",
        timeout: float = 20.0,
        allow: Callable[[str], None] = lambda host: None,
    ) -> None:
        self._url = urlsplit(url.rstrip("/"))
        self._timeout = timeout
        self._allow = allow
        self.name = model or self._first_model()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held between requests."""

    def generate(
        self,
        chat: Sequence[Message],
        *,
        limit: int,
        grammar: str | None = None,
        abort: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """Pieces of the reply, as the server sends them. With a limit of 0 nothing is asked: a
        server keeps its own cache."""
        if limit == 0:
            return
        request: dict[str, object] = {
            "model": self.name,
            "messages": [asdict(m) for m in chat],
            "max_tokens": limit,
            "temperature": 0.4,
            "stream": True,
        }
        if grammar is not None:
            request["grammar"] = grammar
        for event in self._events(json.dumps(request).encode(), abort):
            choices = json.loads(event).get("choices") or [{}]
            if piece := choices[0].get("delta", {}).get("content"):
                yield piece

    def keep(self, chat: Sequence[Message], *, abort: Callable[[], bool] = lambda: False) -> None:
        """A server keeps its own cache."""

    def _first_model(self) -> str:
        response = self._ask("GET", "/models", b"")
        try:
            return str(json.loads(response.read())["data"][0]["id"])
        except (ValueError, LookupError, TypeError) as error:
            raise ModelError(f"{self._where} names no model: is it OpenAI-compatible?") from error
        finally:
            response.close()

    def _events(self, body: bytes, abort: Callable[[], bool]) -> Iterator[str]:
        """The data of the server-sent events of an answer."""
        response = self._ask("POST", "/chat/completions", body)
        try:
            for line in self._lines(response, abort):
                data = line.removeprefix("data:").strip()
                if data == "[DONE]":
                    return
                if line.startswith("data:"):
                    yield data
        except (OSError, http.client.HTTPException) as error:
            raise ModelError(f"{self._where} broke off its answer ({error}).") from error
        finally:
            response.close()

    def _lines(self, response: _Unbuffered, abort: Callable[[], bool]) -> Iterator[str]:
        line, silent = bytearray(), 0.0
        while not abort():
            if not _readable(response.sock):
                silent += POLL_SECONDS
                if silent > self._timeout:
                    raise ModelError(f"{self._where} does not go on with its answer.")
                continue
            silent = 0.0
            byte = response.read(1)
            if not byte:
                raise http.client.IncompleteRead(bytes(line))
            line += byte
            if byte == b"\n":
                yield line.decode("utf-8", "replace").strip()
                line.clear()

    def _ask(self, method: str, path: str, body: bytes) -> _Unbuffered:
        """The response to a request; tried once more where it fails."""
        self._allow(self._url.hostname or "")
        kind = _Secure if self._url.scheme == "https" else _Plain
        problem: object = ""
        for _ in range(TRIES):
            connection = kind(self._url.netloc, timeout=self._timeout)
            try:
                headers = {"Content-Type": "application/json"}
                connection.request(method, self._url.path + path, body or None, headers)
                response = connection.getresponse()
                if response.status == http.HTTPStatus.OK:
                    assert isinstance(response, _Unbuffered)
                    return response
                response.close()
                problem = f"status {response.status}"
            except (OSError, http.client.HTTPException) as error:
                problem = error
            connection.close()
        raise ModelError(f"{self._where} does not answer ({problem}).")

    @property
    def _where(self) -> str:
        return f"The model server {self._url.netloc}"


def _readable(sock: socket.socket) -> bool:
    """Whether something can be read; TLS may have decrypted more than was asked for."""
    pending = getattr(sock, "pending", lambda: 0)
    return bool(pending() or select.select([sock], [], [], POLL_SECONDS)[0])
