"""What a terminal shows."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.text import Text

from voice_assistant.events import Heard, Level, Partial, Ready, Routed, Said, Sign, Woken
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


def routed(skill, intent):
    return Routed(at=1.0, text="", stage="template", confidence=1.0, skill=skill, intent=intent)


def test_the_picture_in_the_readme_is_what_it_shows():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    picture = readme.split("```text\n")[1].split("```")[0].splitlines()
    shown = io.StringIO()
    with Terminal(Console(file=shown, force_terminal=True, width=80)) as terminal:
        for event in (
            Ready(at=0.0, text=picture[0]),
            Heard(at=1.0, text="set an egg timer for six minutes", language="en"),
            routed("timers", "set"),
            Said(at=2.0, text=picture[3].strip()),
            Heard(at=9.0, text="what time is it in tokyo", language="en"),
            routed("clock", "place"),
            Said(at=9.0, text=picture[6].strip()),
            Woken(at=12.0, phrase="hey jarvis"),
            Level(at=12.0, db=-24.0),
            Partial(at=13.0, text="tell me a"),
        ):
            terminal.take(event)
        terminal.count([("egg timer", timedelta(minutes=5, seconds=48))])
        shown.seek(0)
        shown.truncate()
        terminal._live.refresh()
        lines = Text.from_ansi(shown.getvalue()).plain.splitlines()
    assert [line.rstrip() for line in lines[-len(picture) :]] == picture


def test_without_a_terminal_it_is_a_line():
    shown = io.StringIO()
    with Terminal(Console(file=shown, width=80)) as terminal:
        terminal.take(Sign(at=1.0, text="recording: Budget"))
    assert shown.getvalue().strip() == "⏺ recording: Budget"
