"""The row of tracks: what plays, what came before, what is next. No sound, no clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from random import Random

from .track import Track

More = Callable[[], Sequence[Track]]
"""Finds more of the same when a row runs out."""

FAR_BACK = 200
"""Tracks behind the present one that "back" can reach; older ones are let go."""


_versions = itertools.count(1)


class Row:
    """Tracks in their order, and a place in it."""

    def __init__(self, tracks: Sequence[Track] = (), at: int = 0, more: More | None = None) -> None:
        self.tracks = list(tracks)
        self.at = at
        self.repeat = ""
        """`all`, `one`, or empty."""
        self.last = False
        """Whether to end after the present track."""
        self._more = more
        self.version = next(_versions)
        """Another number whenever the tracks are not what they were."""

    @property
    def track(self) -> Track | None:
        """The present one."""
        return self.tracks[self.at] if 0 <= self.at < len(self.tracks) else None

    @property
    def coming(self) -> list[Track]:
        """Those after it."""
        return self.tracks[self.at + 1 :]

    def next(self) -> int | None:
        """The place of the track that follows by itself, or None. A row that goes on is made
        longer."""
        if self.last or not self.tracks:
            return None
        if self.repeat == "one":
            return self.at
        if self.at + 1 >= len(self.tracks) and not self.repeat and self._more:
            self.tracks += self._more()
            self._changed()
        if self.at + 1 < len(self.tracks):
            return self.at + 1
        return 0 if self.repeat == "all" else None

    def go(self, at: int) -> None:
        """Another one is the present one."""
        self.at = at
        if at > FAR_BACK:
            del self.tracks[: at - FAR_BACK]
            self.at = FAR_BACK
            self._changed()

    def step(self, by: int) -> int | None:
        """The place of the track that many on or back, or None."""
        if by == 1 and self.repeat != "one":
            return self.next() if not self.last else None
        at = self.at + by
        if self.repeat == "all" and self.tracks:
            return at % len(self.tracks)
        return at if 0 <= at < len(self.tracks) else None

    def insert(self, tracks: Sequence[Track], *, next_up: bool) -> None:
        """More tracks, right after the present one or at the end."""
        at = self.at + 1 if next_up else len(self.tracks)
        self.tracks[at:at] = tracks
        self._changed()

    def shuffle(self, dice: Random) -> None:
        """Mix those that are to come."""
        rest = self.coming
        dice.shuffle(rest)
        self.tracks[self.at + 1 :] = rest
        self._changed()

    def drop(self, path: str) -> None:
        """Take a track out of what is to come."""
        kept = [track for track in self.coming if track.path != path]
        self.tracks[self.at + 1 :] = kept
        self._changed()

    def _changed(self) -> None:
        self.version = next(_versions)
