"""The clock of `hear --pace fast` counts sound and answering, and no loading."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from voice_assistant.audio.frames import Frame
from voice_assistant.commands import hear
from voice_assistant.ears import SILENCE
from voice_assistant.events import Event, Heard


def test_loading_before_the_first_sound_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = [0.0]
    monkeypatch.setattr(hear, "perf_counter", lambda: wall[0])
    ears: Any = SimpleNamespace(feed=lambda frame: [])
    player: Any = SimpleNamespace(advance=lambda: None, sounding=False)
    assistant: Any = SimpleNamespace(computing=False)
    stage = hear.Fast(ears, player)
    wall[0] = 7.0  # the household was loaded
    anyio.run(stage.play, [SILENCE], assistant)
    assert stage.now() == pytest.approx(0.02)
    wall[0] = 7.5  # an answer was made
    anyio.run(stage.play, [SILENCE], assistant)
    assert stage.now() == pytest.approx(0.52)


class Slow:
    """Ears that hear one thing, and are through with it some time before they tell."""

    hearing = True

    def __init__(self) -> None:
        self._left = 10

    def feed(self, frame: Frame) -> list[Event]:
        self._left -= 1
        if self._left:
            return []
        self.hearing = False
        threading.Event().wait(0.1)
        return [Heard(at=0.2, text="what time is it")]


class Answers:
    """An assistant that is busy from what it hears until it is told that it is not."""

    busy = False

    def notice(self, event: Event) -> None:
        self.busy = True


def test_a_request_is_over_when_the_assistant_has_answered_it() -> None:
    assistant: Any = Answers()
    ears: Any = Slow()
    player: Any = SimpleNamespace(advance=lambda: None)

    async def ask() -> None:
        with hear.Realtime(ears, player) as stage:
            await stage.play([SILENCE] * 5, assistant)
            with anyio.move_on_after(1):
                await stage.finish(assistant)
            assert assistant.busy

    anyio.run(ask)
