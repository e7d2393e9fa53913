"""No loudspeaker: for text. What would be played takes no time, but for a ring."""

from __future__ import annotations

from collections.abc import Callable

import anyio
from anyio.lowlevel import checkpoint

from voice_assistant.audio.frames import Clip


class MutePlayer:
    """A `Loudspeaker` that nobody hears."""

    async def play(self, clip: Clip, *, started: Callable[[], object] = lambda: None) -> None:
        """Return at once."""
        started()
        await checkpoint()

    async def ring(self, clip: Clip) -> None:
        """Ring silently, for as long as it would sound."""
        await anyio.sleep(clip.seconds)

    def flush(self) -> float:
        """Nothing sounds."""
        return 0.0

    def hold(self) -> None:
        """Nothing sounds."""

    def release(self) -> None:
        """Nothing sounds."""

    def duck(self) -> None:
        """Nothing sounds."""

    def unduck(self) -> None:
        """Nothing sounds."""

    def chime(self, clip: Clip) -> None:
        """Nothing sounds."""
