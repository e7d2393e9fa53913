"""What a terminal shows."""

from __future__ import annotations

import io
from datetime import timedelta

from rich.console import Console

from voice_assistant.events import Sign
from voice_assistant.terminal import Terminal


def test_a_recording_is_in_sight_until_it_is_over():
    shown = io.StringIO()
    with Terminal(Console(file=shown, force_terminal=True, width=80)) as terminal:
        terminal.take(Sign(at=1.0, text="recording: Budget"))
        assert terminal._sign == "recording: Budget"
        terminal.take(Sign(at=2.0, text=""))
        assert terminal._sign == ""
    assert "recording: Budget" in shown.getvalue()


def test_timers_count_down_in_sight():
    shown = io.StringIO()
    with Terminal(Console(file=shown, force_terminal=True, width=80)) as terminal:
        terminal.count([("egg timer", timedelta(minutes=6)), ("roast", timedelta(hours=1.5))])
        terminal._live.refresh()
        terminal.count([])
        assert terminal._timers == []
    assert "⏱ egg timer 6:00" in shown.getvalue()
    assert "⏱ roast 1:30:00" in shown.getvalue()


def test_without_a_terminal_it_is_a_line():
    shown = io.StringIO()
    with Terminal(Console(file=shown, width=80)) as terminal:
        terminal.take(Sign(at=1.0, text="recording: Budget"))
    assert shown.getvalue().strip() == "⏺ recording: Budget"
