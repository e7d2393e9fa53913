"""A language model in a process of its own: whatever happens to it, the assistant lives on.

Both ends speak JSON Lines over the child's standard input and output. One request at a time; a line
that arrives while one is being answered means: stop.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from voice_assistant.engines import LanguageModel, Message
from voice_assistant.errors import ModelCrashed, ModelError, VoiceAssistantError

POLL_SECONDS = 0.02
"""How often the parent looks whether the reader has lost interest."""
NICENESS = 5
"""The child yields the processor to whatever makes sound."""


@dataclass(slots=True)
class Usage:
    """Tokens of one request."""

    prompt: int = 0
    evaluated: int = 0
    """Those of the prompt that were not known from before."""
    generated: int = 0


class Served(LanguageModel, Protocol):
    """What a child process can serve."""

    usage: Usage


class ChildModel:
    """The engine `module` (run with `python -m`), made in a child process from `options`."""

    def __init__(self, name: str, module: str, options: Mapping[str, object]) -> None:
        self.name = name
        self.usage = Usage()
        self._buffer = b""
        self._child = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps(options, default=str)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"OMP_WAIT_POLICY": "PASSIVE"},  # spinning threads starve the ears
        )
        assert self._child.stdin
        assert self._child.stdout
        self._to, self._from = self._child.stdin, self._child.stdout.fileno()
        try:
            self._receive()
        except ModelError:
            self.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # the child may be gone, with words to it unsent
            self._to.close()
        try:
            self._child.wait(1)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._child.stdout:
            self._child.stdout.close()

    def generate(
        self,
        chat: Sequence[Message],
        *,
        limit: int,
        grammar: str | None = None,
        abort: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """Pieces of the reply, as the child makes them."""
        wish = {"chat": [asdict(m) for m in chat], "limit": limit, "grammar": grammar}
        yield from self._pieces(wish, abort)

    def keep(self, chat: Sequence[Message], *, abort: Callable[[], bool] = lambda: False) -> None:
        """Have the child read these leading messages now, and remember them across restarts."""
        list(self._pieces({"keep": [asdict(m) for m in chat]}, abort))

    def _pieces(self, request: Mapping[str, object], abort: Callable[[], bool]) -> Iterator[str]:
        """The pieces that answer a request, to its end: the child is ready for the next one then."""
        self._send(request)
        ended = stopping = False
        try:
            while not ended:
                if not stopping and abort():
                    self._send({})
                    stopping = True
                if (line := self._receive(POLL_SECONDS)) is None:
                    continue
                ended = "end" in line
                if ended:
                    self.usage = Usage(**line["end"])
                elif not stopping:
                    yield line["piece"]
        except ModelError:
            ended = True
            raise
        finally:
            if not ended:
                self._finish(stopping)

    def _finish(self, stopping: bool) -> None:
        """Have the child stop, and read its answer to the end."""
        if not stopping:
            self._send({})
        while (line := self._receive()) is None or "end" not in line:
            pass
        self.usage = Usage(**line["end"])

    def _send(self, line: Mapping[str, object]) -> None:
        try:
            self._to.write(json.dumps(line).encode() + b"\n")
            self._to.flush()
        except OSError as error:
            raise self._dead() from error

    def _receive(self, seconds: float | None = None) -> dict[str, Any] | None:
        """The child's next line; None when none came within `seconds`."""
        while b"\n" not in self._buffer:
            if not select.select([self._from], [], [], seconds)[0]:
                return None
            received = os.read(self._from, 65536)
            if not received:
                raise self._dead()
            self._buffer += received
        text, _, self._buffer = self._buffer.partition(b"\n")
        line: dict[str, Any] = json.loads(text)
        if "error" in line:
            raise ModelError(line["error"])
        return line

    def _dead(self) -> ModelCrashed:
        return ModelCrashed(f"The language model '{self.name}' stopped unexpectedly.")


def serve(make: Callable[..., Served]) -> None:
    """The child's side: make the engine from the options on the command line, then answer."""
    os.nice(NICENESS)
    requests = open(0, "rb", buffering=0)  # noqa: SIM115 - unbuffered: select must see what waits
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not end up among the replies

    def reply(**line: object) -> None:
        replies.write(json.dumps(line) + "\n")
        replies.flush()

    try:
        options = json.loads(sys.argv[1])
        engine = make(Path(options.pop("path")), **_with_paths(options))
    except VoiceAssistantError as error:
        reply(error=str(error))
        return
    with engine:
        reply(ready=engine.name)
        for line in iter(requests.readline, b""):
            if request := json.loads(line):
                _answer(engine, request, reply)


def _answer(engine: Served, request: Mapping[str, Any], reply: Callable[..., None]) -> None:
    try:
        if "keep" in request:
            engine.keep([Message(**m) for m in request["keep"]], abort=_interrupted)
        else:
            chat = [Message(**m) for m in request["chat"]]
            limit, grammar = request["limit"], request["grammar"]
            for piece in engine.generate(chat, limit=limit, grammar=grammar, abort=_interrupted):
                reply(piece=piece)
    except VoiceAssistantError as error:
        reply(error=str(error))
    else:
        reply(end=asdict(engine.usage))


def _interrupted() -> bool:
    """Whether the parent wrote something, or is gone."""
    return bool(select.select([0], [], [], 0)[0])


def _with_paths(options: Mapping[str, Any]) -> dict[str, Any]:
    cache = options.get("cache")
    return {**options, "cache": Path(cache)} if cache else dict(options)
