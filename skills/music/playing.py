"""The queue: what plays, what comes next, and where it was when the power went."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from voice_assistant.skill import MediaPlayer, Store

from .library import Track
from .sounds import sound

CROSSFADE = 2.0
"""Seconds in which one track becomes the next."""


class Playing:
    """Plays rows of tracks on the media channel, one kept ahead so that there is no gap."""

    def __init__(self, media: MediaPlayer, open_track: Callable[..., Any], store: Store) -> None:
        self._media = media
        self._open = open_track
        self._store = store
        self._row: list[Track] = []
        self._at = 0
        self.sound = ""
        """The endless sound that plays; empty when music does."""
        self.paused = False
        self.repeat = False

    @property
    def track(self) -> Track | None:
        """What plays now."""
        return self._row[self._at] if self._at < len(self._row) and not self.idle else None

    @property
    def idle(self) -> bool:
        """Whether nothing plays or waits."""
        return self._media.media_idle

    def play(self, tracks: Sequence[Track], at: int = 0, seconds: float = 0.0) -> None:
        """Play these from one of them on."""
        self._row, self._at, self.sound, self.paused = list(tracks), at, "", False
        first = self._open(Path(self._row[at].path), seconds)
        self._media.play_media(first, ended=self._ended)
        self._queue_next()
        self.keep()

    def play_sound(self, name: str) -> None:
        """Play an endless sound."""
        self._row, self.sound, self.paused = [], name, False
        self._media.play_media(sound(name, self._media.rate), crossfade=CROSSFADE)

    def step(self, by: int) -> Track | None:
        """Go to another track of the row; None at its end."""
        if not 0 <= self._at + by < len(self._row):
            return None
        self.play(self._row, self._at + by)
        return self._row[self._at]

    def shuffle(self) -> None:
        """Mix what comes after the present track."""
        rest = self._row[self._at + 1 :]
        random.shuffle(rest)
        self._row[self._at + 1 :] = rest
        self._media.forget_media_queue()
        self._queue_next()

    def pause(self) -> None:
        """Wait."""
        self.paused = True
        self._media.pause_media()
        self.keep()

    def resume(self) -> bool:
        """Go on, with what played before a restart if nothing waits; False if there is nothing."""
        if not self.idle:
            self.paused = False
            self._media.resume_media()
            return True
        kept = self._store.get("playing")
        if not kept:
            return False
        self.play([Track(**track) for track in kept["row"]], kept["at"], kept["seconds"])
        return True

    def stop(self) -> None:
        """End."""
        self.keep()
        self._media.stop_media()

    def keep(self) -> None:
        """Remember the place on disk."""
        if self._row:
            row = [{n: getattr(t, n) for n in Track.__slots__} for t in self._row]
            seconds = self._media.media_seconds
            self._store.set("playing", {"row": row, "at": self._at, "seconds": seconds})

    def _queue_next(self) -> None:
        if self._at + 1 < len(self._row) or (self.repeat and self._row):
            following = self._row[(self._at + 1) % len(self._row)]
            self._media.queue_media(self._open(Path(following.path)), ended=self._ended)

    def _ended(self) -> None:
        """The present track is over; the next already sounds."""
        self._at = (self._at + 1) % max(len(self._row), 1) if self.repeat else self._at + 1
        if self._at < len(self._row):
            self._queue_next()
            self.keep()
