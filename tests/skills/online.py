"""What tests of skills that use the network share: the socket guard around a skill, as in the
assistant, and servers on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.fakes import FakeClock, TryOut
from voice_assistant.http import Http
from voice_assistant.network import Network
from voice_assistant.skill import Skill
from voice_assistant.store import Database
from voice_assistant.workers import Worker


class StoppedClock(FakeClock):
    """Wall time that only passes by being set: a real loop's time is the machine's uptime, which
    after fourteen hours made every test's morning the next day."""

    def elapsed(self) -> float:
        return 0.0


@contextmanager
def online(
    skill: type[Skill], folder: Path, *, allowed: Sequence[str] = ("127.0.0.1",), **home: Any
) -> Iterator[TryOut]:
    """A skill behind the socket guard, allowed to talk to some hosts."""
    clock = StoppedClock()
    name = skill.__module__.split(".")[1]
    network = Network({name: allowed}, Database(":memory:"), clock)
    permit = partial(network.permit, name)
    with Worker("network") as worker, network.guarding():
        services = {"http": Http(permit, worker)}
        house = TryOut(skill, folder, clock=clock, network=permit, services=services, **home)
        house.network = network  # type: ignore[attr-defined]
        yield house


class Server(ThreadingHTTPServer):
    """A server on loopback; a subclass says what it serves."""

    daemon_threads = True

    def __init__(self, handler: Any) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None: ...  # a client that gave up

    def __enter__(self) -> Self:
        thread = threading.Thread(  # noqa: TID251 - a server of the test's own
            target=self.serve_forever, args=(0.02,), daemon=True
        )
        thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
