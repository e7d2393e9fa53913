"""What the assistant needs of its ears and its loudspeaker; the engines' ports are in engines/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from voice_assistant.audio.frames import Clip


class Attention(Protocol):
    """What the ears can be told."""

    def listen(self, seconds: float) -> None:
        """Listen for speech that begins within `seconds`, without the wake word."""
        ...

    def attend(self, speaking: bool) -> None:
        """Tell whether the assistant speaks now."""
        ...


class Loudspeaker(Protocol):
    """The one place where sound goes out."""

    async def play(self, clip: Clip, started: Callable[[], object] | None = None) -> None:
        """Return when the clip has been heard; `started` is called with its first sample."""
        ...

    async def ring(self, clip: Clip) -> None:
        """Sound `clip` again and again on the alarm channel, growing, until cancelled."""
        ...

    def flush(self) -> float:
        """Silence the voice and any ring, now; the seconds of the clip that were heard."""
        ...

    def hold(self, held: bool) -> None:
        """Let the voice wait where it is, silently, or go on from there."""
        ...

    def duck(self, ducked: bool) -> None:
        """Media out of the way, or back."""
        ...

    def chime(self, name: str) -> None:
        """Sound an earcon, at once and without waiting."""
        ...
