"""Sound that the devices lost is counted and shown."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from rich.console import Console

from voice_assistant.audio.mute import MutePlayer
from voice_assistant.commands import run
from voice_assistant.events import Event, Gaps
from voice_assistant.terminal import Terminal

pytestmark = pytest.mark.anyio


async def test_new_gaps_are_told_once() -> None:
    microphone: Any = SimpleNamespace(overruns=0)
    told: list[Event] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run._watch, microphone, MutePlayer(), told.append, anyio.current_time)
        await anyio.sleep(3 * run.GAPS_SECONDS)
        assert told == []
        microphone.overruns = 2
        await anyio.sleep(3 * run.GAPS_SECONDS)
        tasks.cancel_scope.cancel()
    (gaps,) = told
    assert isinstance(gaps, Gaps)
    assert (gaps.microphone, gaps.loudspeaker) == (2, 0)


def test_they_are_in_sight() -> None:
    shown = io.StringIO()
    with Terminal(Console(file=shown, width=80)) as terminal:
        terminal.take(Gaps(at=1.0, microphone=2, loudspeaker=1))
    assert "2 times at the microphone, 1 at the loudspeaker" in shown.getvalue()
