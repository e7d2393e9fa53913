"""The Enter key opens the ears, closed ones too, and keeps no program from ending."""

from __future__ import annotations

import os

import anyio
import pytest

from voice_assistant.commands import run

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal"),
]


@pytest.fixture
def anyio_backend():
    """A terminal needs a real clock."""
    return "asyncio"


class Ears:
    def __init__(self):
        self.deaf, self.heard = True, anyio.Event()

    def deafen(self, deaf):
        self.deaf = deaf

    def listen(self, seconds, *, woken):
        assert woken
        self.heard.set()


@pytest.fixture
def terminal(monkeypatch):
    """The far end of the keyboard."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield ours
    os.close(ours)


async def test_enter_opens_a_closed_microphone(terminal):
    ears = Ears()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run._keys, ears)
        await anyio.wait_all_tasks_blocked()
        assert ears.deaf
        os.write(terminal, b"\n")
        with anyio.fail_after(5):
            await ears.heard.wait()
        assert not ears.deaf
        tasks.cancel_scope.cancel()


async def test_waiting_for_a_key_ends_at_once(terminal):
    with anyio.fail_after(1), anyio.move_on_after(0.05):
        await run._keys(Ears())
