"""The mixer's media channel: music and other long sounds, gapless, cross-faded, levelled.

The engine room of every player: it knows of sources, not of files, artists or queues of a hundred
songs. Whoever plays keeps one source ahead with `queue` and hears of the end by a callback.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from typing import Protocol

import numpy as np

from voice_assistant.audio.fader import Fader, gain
from voice_assistant.audio.frames import Samples

STOP_SECONDS = 0.05
"""Fade of a track that is stopped, replaced or sought in."""


class Source(Protocol):
    """Sound that lasts: a decoded file, a stream, or something generated for ever."""

    def read(self, n: int) -> Samples:
        """Up to `n` samples at the mixer's rate, shape (k, 2). Never waits: fewer when no more are
        ready."""
        ...

    @property
    def left(self) -> int | None:
        """Samples until the end, 0 once it has ended; None while unknown, or endless."""
        ...

    @property
    def position(self) -> float:
        """Seconds read since its beginning."""
        ...

    def seek(self, seconds: float) -> None:
        """Go on from there; a source that cannot stays where it is."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


def _nothing() -> None: ...


@dataclass(frozen=True, slots=True)
class Cue:
    """What to play, how, and who is told of it."""

    source: Source
    _: KW_ONLY
    gain_db: float = 0.0
    crossfade: float = 0.0
    """Seconds in which it crosses with what plays before it."""
    started: Callable[[], object] = _nothing
    ended: Callable[[], object] = _nothing
    passing: Callable[[], object] = _nothing
    """Called about every second of it that was heard."""
    dropped: Callable[[], object] = _nothing
    """Called when it is stopped or replaced before its end."""


@dataclass(eq=False, slots=True)
class _Track:
    cue: Cue
    ended: Callable[[], object]
    fader: Fader = field(default_factory=Fader)

    @property
    def source(self) -> Source:
        return self.cue.source

    def read(self, n: int, at: int) -> Samples:
        samples = self.source.read(n)
        return self.fader.applied(samples, at) * np.float32(gain(self.cue.gain_db))

    def drop(self) -> None:
        """It is not played to its end."""
        self.source.close()
        self.cue.dropped()


class MediaChannel:
    """One track after the other, or two while they cross."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.position = 0
        self._fresh = 0
        self._kept: Samples = np.zeros((0, 2), np.float32)
        """What was read of the tracks but not heard yet: the samples before `_fresh`."""
        self._track: _Track | None = None
        self._outgoing: list[_Track] = []
        self._queue: deque[_Track] = deque()
        self._marks: deque[tuple[int, Callable[[], object]]] = deque()

    @property
    def idle(self) -> bool:
        """True when nothing plays and nothing waits to."""
        playing = self._track or self._queue or self._outgoing
        return not (playing or self._marks or self.position < self._fresh)

    @property
    def seconds(self) -> float:
        """Where the present track is; 0 without one."""
        return self._track.source.position if self._track else 0.0

    def play(self, cue: Cue) -> None:
        """Play this now in place of everything."""
        self.forget_queue()
        track = _Track(cue, cue.ended)
        if cue.crossfade and self._track:
            self._track.ended = _nothing
            self._track.cue.dropped()
            self._cross(self._track, track, self._crossing(cue))
        else:
            self.stop()
        self._begin(track, self._fresh)

    def queue(self, cue: Cue) -> None:
        """Play this after what is playing: on the very next sample, or crossing into it."""
        self._queue.append(_Track(cue, cue.ended))

    def _crossing(self, cue: Cue) -> int:
        return round(cue.crossfade * self.rate)

    def forget_queue(self) -> None:
        """What plays now is the last."""
        for track in self._queue:
            track.drop()
        self._queue.clear()

    def stop(self, fade: float = STOP_SECONDS) -> None:
        """End everything within `fade` seconds. `ended` is not called: it was not the end."""
        self.forget_queue()
        self._fade_out(fade)
        self._marks.clear()
        for track in (*self._outgoing, *([self._track] if self._track else [])):
            track.drop()
        self._outgoing.clear()
        self._track = None

    def seek(self, seconds: float) -> None:
        """Go on in the present track from `seconds` after its beginning."""
        if self._track:
            self._fade_out(STOP_SECONDS)
            self._track.source.seek(max(seconds, 0.0))
            self._track.fader = _rising(self._fresh, round(STOP_SECONDS * self.rate))

    def read(self, n: int) -> Samples | None:
        """The next `n` samples, or None when nothing plays."""
        if not (self._track or self._queue or self._outgoing or self.position < self._fresh):
            return None
        again = self._kept[len(self._kept) - (self._fresh - self.position) :][:n]
        if len(again) < n:
            new = self._fetch(n - len(again))
            self._kept = np.concatenate((self._kept, new))
            self._fresh += len(new)
            again = np.concatenate((again, new))
        self.position += n
        return again

    def rewind(self, position: int) -> None:
        """Go back to where reading stood before."""
        self.position = position

    def heard(self, position: int) -> None:
        """Everything before `position` has left the loudspeaker."""
        self._kept = self._kept[max(len(self._kept) - (self._fresh - position), 0) :]
        while self._marks and self._marks[0][0] <= position:
            self._marks.popleft()[1]()

    def _fetch(self, n: int) -> Samples:
        """New samples of the tracks."""
        at = self._fresh
        self._cross_if_due(n)
        out = np.zeros((n, 2), np.float32)
        filled = 0
        while filled < n and self._next_track(at + filled):
            assert self._track
            part = self._track.read(n - filled, at + filled)
            out[filled : filled + len(part)] = part
            filled += len(part)
            if self._track.source.left == 0:
                self._end(self._track, at + filled)
                self._track = None
            elif filled < n:
                break  # it is not ready: a slow disk or network
        for track in list(self._outgoing):
            part = track.read(n, at)
            out[: len(part)] += part
            if track.fader.arrived(at + n) or track.source.left == 0:
                self._outgoing.remove(track)
                self._end(track, at + n)
        if self._track and at // self.rate != (at + n) // self.rate:
            self._marks.append((at + n, self._track.cue.passing))
        return out

    def _next_track(self, at: int) -> bool:
        """Make sure that there is a track; False when none is left."""
        if not self._track and self._queue:
            self._begin(self._queue.popleft(), at)
        return self._track is not None

    def _begin(self, track: _Track, at: int) -> None:
        self._track = track
        self._marks.append((at, track.cue.started))

    def _cross_if_due(self, n: int) -> None:
        """Begin to cross into the next track when the end of this one is near enough."""
        if not (self._track and self._queue and self._queue[0].cue.crossfade):
            return
        length, left = self._crossing(self._queue[0].cue), self._track.source.left
        if left is not None and left <= length + n:
            self._cross(self._track, self._queue[0], min(left, length))
            self._track = None

    def _cross(self, old: _Track, new: _Track, length: int) -> None:
        """From here on `old` falls while `new` rises."""
        old.fader = Fader(1.0, equal_power=True)
        old.fader.move(0.0, at=self._fresh, length=length)
        self._outgoing.append(old)
        new.fader = _rising(self._fresh, length)

    def _end(self, track: _Track, at: int) -> None:
        self._marks.append((at, track.ended))
        track.source.close()

    def _fade_out(self, seconds: float) -> None:
        """Let what would be read next fall to silence, and forget what was read ahead of that."""
        length = round(seconds * self.rate)
        here = self.position
        tail = self.read(length) if length else None
        self.position = here
        heard = self._kept[: max(len(self._kept) - (self._fresh - here), 0)]
        fall = np.linspace(1, 0, length, dtype=np.float32)[:, None]
        self._kept = heard if tail is None else np.concatenate((heard, tail * fall))
        self._fresh = here if tail is None else here + length


def _rising(at: int, length: int) -> Fader:
    fader = Fader(0.0, equal_power=True)
    fader.move(1.0, at=at, length=length)
    return fader
