"""What a terminal shows while the assistant listens: its state, what it hears, what it says."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from voice_assistant.events import (
    Caption,
    Event,
    Failed,
    Gaps,
    Heard,
    Level,
    Listening,
    Partial,
    Ready,
    Routed,
    Said,
    Sign,
    SpeechStarted,
    TurnEnded,
    TurnStarted,
    Woken,
)

LINES = 12
"""Lines of the conversation that stay in sight."""

QUIETEST = -60.0
"""dB at which the meter is empty."""

_STATES = {
    "starting": ("dim", "starting"),
    "waiting": ("dim", "waiting for the wake word"),
    "listening": ("bold green", "listening"),
    "thinking": ("bold yellow", "thinking"),
    "speaking": ("bold cyan", "speaking"),
}


class Terminal:
    """A live view on a terminal, plain lines elsewhere. Give it every event."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._state = "starting"
        self._partial = ""
        self._level = QUIETEST
        self._sign = ""
        self._timers: list[tuple[str, timedelta]] = []
        self._lines: deque[Text] = deque(maxlen=LINES)
        self._live = Live(console=self._console, refresh_per_second=12, transient=True)
        self._plain = not self._console.is_terminal

    def __enter__(self) -> Self:
        if not self._plain:
            self._live.start()
            self._show()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._plain:
            self._live.stop()

    def take(self, event: Event) -> None:
        """Show what happened."""
        if isinstance(event, Level):
            self._level = event.db
        if isinstance(event, Sign):
            self._sign = event.text
        self._partial = event.text if isinstance(event, Partial) else self._partial
        if state := _state_after(event):
            self._state, self._partial = state, ""
        if line := line_of(event):
            self._add(line)
        self._show()

    def count(self, timers: list[tuple[str, timedelta]]) -> None:
        """Show the timers that run; to be told every second while there are any."""
        if timers or self._timers:
            self._timers = timers
            self._show()

    @property
    def is_live(self) -> bool:
        """Whether what it shows can change."""
        return not self._plain

    def _add(self, line: Text) -> None:
        if self._plain:
            self._console.print(line)
        else:
            self._lines.append(line)
            self._show()

    def _show(self) -> None:
        if self._plain:
            return
        style, words = _STATES[self._state]
        status = Text.assemble(("● ", style), (words, style))
        if self._sign:
            status.append(f"  ⏺ {self._sign}", style="bold red")
        if self._state == "listening":
            status.append("  " + meter(self._level), style="green")
            status.append("  " + self._partial, style="italic")
        timers = [Text(f"⏱ {name} {clock(left)}", style="yellow") for name, left in self._timers]
        self._live.update(Group(*self._lines, *timers, status))


def _state_after(event: Event) -> str:
    """The state that an event leads to; empty if it changes nothing."""
    match event:
        case Woken() | SpeechStarted():
            return "listening"
        case Listening() | Heard(text="") | TurnEnded():
            return "waiting"
        case Heard() | TurnStarted():
            return "thinking"
        case Said():
            return "speaking"
    return ""


def line_of(event: Event) -> Text | None:
    """What of an event stays in sight."""
    match event:
        case Ready(text=text) | Gaps(text=text):
            return Text(text, style="dim")
        case Heard(text=str(text)) if text:
            return Text(f"› {text}", style="bold")
        case Routed(skill=skill, intent=intent):
            return Text(f"  {skill or 'nobody'} {intent or ''}", style="dim")
        case Said(text=text):
            return Text(f"  {text}", style="cyan")
        case Caption(text=text):
            return Text(f"  {text}", style="dim")
        case Sign(text=text) if text:
            return Text(f"  ⏺ {text}", style="bold red")
        case TurnEnded(error=str(error)) | Failed(error=error):
            return Text(f"  {error}", style="red")
    return None


def clock(left: timedelta) -> str:
    """A time as a display shows it: 9:05, 1:00:00."""
    seconds = max(round(left.total_seconds()), 0)
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def meter(db: float, width: int = 20) -> str:
    """A level as a bar: empty at QUIETEST, full at 0 dB."""
    filled = round(width * min(max(1 - db / QUIETEST, 0.0), 1.0))
    return "█" * filled + "░" * (width - filled)
