"""What plays a row: our own mixer (playing.py), or a music server (server.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from .row import More, Row
from .track import Track


def _nothing(track: Track) -> None: ...


class Told:
    """Who wants to hear of what is played; replace the functions."""

    def __init__(self) -> None:
        self.began: Callable[[Track], None] = _nothing
        self.finished: Callable[[Track], None] = _nothing
        """It was heard to its end."""
        self.changed: Callable[[], None] = lambda: None
        """Something else plays, or it waits, or it is over."""


class Deck(Protocol):
    """Plays rows of tracks."""

    row: Row
    told: Told
    paused: bool
    sound: str
    """The endless sound that plays; empty when music does."""

    @property
    def idle(self) -> bool:
        """Whether nothing plays or waits."""
        ...

    @property
    def seconds(self) -> float:
        """Where the present track is."""
        ...

    async def play(
        self,
        tracks: Sequence[Track],
        *,
        at: int = 0,
        seconds: float = 0.0,
        more: More | None = None,
    ) -> None:
        """Play these, from one of them on."""
        ...

    async def play_sound(self, name: str) -> bool:
        """Play an endless sound; False where that cannot be."""
        ...

    async def go(self, at: int) -> None:
        """Play another track of the row."""
        ...

    async def changed(self) -> None:
        """What is to come in the row is not what it was."""
        ...

    async def pause(self) -> None:
        """Wait."""
        ...

    async def resume(self) -> bool:
        """Go on; False if nothing waits."""
        ...

    async def stop(self) -> None:
        """End."""
        ...

    async def seek(self, seconds: float) -> None:
        """Go on from there in the present track."""
        ...

    async def close(self) -> None:
        """Remember the place, and let go of what is held."""
        ...
