"""The deck of this machine: rows of tracks on the mixer's media channel, one kept ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from voice_assistant.skill import Cue, MediaPlayer

from .deck import Told
from .levels import crossfade, gain
from .place import Place
from .row import More, Row
from .sounds import sound
from .track import Track

SOUND_FADE = 2.0
"""Seconds in which an endless sound comes."""

MOST_FAILURES = 8
"""Files in a row that cannot be played, after which it gives up: the disk is gone."""


class Playing:
    """A `Deck` on our own mixer, so that speech ducks it and the echo canceller knows it."""

    def __init__(
        self,
        media: MediaPlayer,
        open_track: Callable[..., Any],
        place: Place,
        *,
        fade: float,
        current: Callable[[Track], Track] = lambda track: track,
    ) -> None:
        """`fade`: seconds in which one track becomes the next; `current`: the same track with
        what has been heard in it by now."""
        self.row = Row()
        self.told = Told()
        self.sound = ""
        self.paused = False
        self._media, self._open, self._place = media, open_track, place
        self._fade, self._current = fade, current
        self._queued: int | None = None
        self._present = object()
        """Stands for what was handed to the mixer last and sounds, or will."""
        self._ours = False
        """Whether what the mixer plays is ours."""
        self._kept = 0
        self._failures = 0

    @property
    def idle(self) -> bool:
        """Whether nothing plays or waits."""
        return self._media.media_idle or not self._ours

    @property
    def seconds(self) -> float:
        """Where the present track is."""
        return self._media.media_seconds

    async def play(
        self,
        tracks: Sequence[Track],
        *,
        at: int = 0,
        seconds: float = 0.0,
        more: More | None = None,
    ) -> None:
        """Play these, from one of them on."""
        self.row = Row(tracks, at, more)
        self.sound = ""
        self._start(seconds)

    async def play_sound(self, name: str) -> bool:
        """Play an endless sound."""
        self.row, self.sound, self.paused = Row(), name, False
        self._place.row([], name)
        present = self._now_present()
        self._media.play_media(
            Cue(
                sound(name, self._media.rate),
                crossfade=SOUND_FADE,
                dropped=partial(self._dropped, present),
            )
        )
        self.told.changed()
        return True

    async def go(self, at: int) -> None:
        """Play another track of the row."""
        self.row.go(at)
        self.row.last = False
        self._start(0.0)

    async def changed(self) -> None:
        """What is to come is not what it was."""
        self._media.forget_media_queue()
        self._queue_next()
        self._passing()

    async def pause(self) -> None:
        """Wait."""
        self.paused = True
        self._media.pause_media()
        self._passing()
        self.told.changed()

    async def resume(self) -> bool:
        """Go on."""
        if self.idle:
            return False
        self.paused = False
        self._media.resume_media()
        self.told.changed()
        return True

    async def stop(self) -> None:
        """End; the place is remembered."""
        self._passing()
        self._media.stop_media()
        self._over()

    async def seek(self, seconds: float) -> None:
        """Go on from there in the present track."""
        self._media.seek_media(max(seconds, 0.0))

    async def close(self) -> None:
        """Remember the place."""
        if not self.idle:
            self._passing()

    # --- what the mixer is handed, and tells -----------------------------------------------

    def _start(self, seconds: float) -> None:
        self.paused = False
        row, at = self.row, self.row.at
        track, present = row.tracks[at], self._now_present()
        source = self._open(Path(track.path), seconds)
        self._media.play_media(
            Cue(
                source,
                gain_db=self._gain(track),
                started=partial(self._began, present, track),
                ended=partial(self._ended, present, track, source),
                passing=self._passing,
                dropped=partial(self._dropped, present),
            )
        )
        self._queue_next()

    def _queue_next(self) -> None:
        """Have the next one ready behind the present one."""
        row, present = self.row, self.row.track
        self._queued = row.next()
        if self._queued is None or present is None:
            return
        track, token = row.tracks[self._queued], object()
        source = self._open(Path(track.path))
        self._media.queue_media(
            Cue(
                source,
                gain_db=self._gain(track),
                crossfade=crossfade(present, track, row.tracks, self._fade),
                started=partial(self._follows, self._present, token, track),
                ended=partial(self._ended, token, track, source),
                passing=self._passing,
                dropped=partial(self._dropped, token),
            )
        )

    def _gain(self, track: Track) -> float:
        return gain(self._current(track), [self._current(each) for each in self.row.tracks])

    def _now_present(self) -> object:
        self._present, self._ours = object(), True
        return self._present

    def _began(self, token: object, track: Track) -> None:
        if token is self._present:
            self._passing()
            self.told.began(track)
            self.told.changed()

    def _follows(self, before: object, token: object, track: Track) -> None:
        """The queued one sounds: it is the present one now."""
        if before is not self._present or self._queued is None:
            return
        self._present = token
        self.row.go(self._queued)
        self._began(token, track)
        self._queue_next()

    def _ended(self, token: object, track: Track, source: Any) -> None:
        """One is over; it is told before the next is, if there is one."""
        if not self._ours:
            return
        if source.failed:
            self._failures += 1
        else:
            self._failures = 0
            self.told.finished(track)
        if self._failures == MOST_FAILURES:
            self._media.stop_media()
            self._over()
        elif token is self._present and self._queued is None:
            self._place.forget()
            self._over()

    def _dropped(self, token: object) -> None:
        """Somebody else plays now: the radio, a story with sounds."""
        if token is self._present:
            self._over()

    def _over(self) -> None:
        self.row, self.sound, self.paused = Row(), "", False
        self._ours, self._present = False, object()
        self.told.changed()

    def _passing(self) -> None:
        if self.row.tracks:
            if self._kept != self.row.version:
                self._kept = self.row.version
                self._place.row([track.path for track in self.row.tracks])
            self._place.passing(self.row.at, self.seconds)
