"""The clock of `hear --pace fast` counts sound and answering, and no loading."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from voice_assistant.commands import hear
from voice_assistant.ears import SILENCE


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
