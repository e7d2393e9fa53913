"""Clips in a row: what a voice, a chime or an alarm plays into the mixer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import soxr

from voice_assistant.audio.frames import Clip, Samples

FADE_SECONDS = 0.004
"""How fast a flushed clip falls silent: long enough not to click, too short to be a sound."""


def _nothing() -> None: ...


@dataclass(eq=False, slots=True)
class Piece:
    """A clip at the mixer's rate with its place in the row."""

    samples: Samples
    """Shape (n, 1) or (n, 2)."""
    start: int
    started: Callable[[], object] = _nothing
    ended: Callable[[], object] = _nothing
    sounding: bool = False
    flushed: bool = False

    @property
    def end(self) -> int:
        """The position behind its last sample."""
        return self.start + len(self.samples)


class ClipChannel:
    """Clips one after the other, sample-exact; positions count samples that had something to say.

    What was read can be taken back (`rewind`) until it is known to be heard (`heard`): so a flush
    or a pause acts on what the ear has reached, not on what was mixed ahead.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.position = 0
        self._row: deque[Piece] = deque()
        self._resampler: soxr.ResampleStream | None = None
        self._resampling = (0, 0)

    @property
    def idle(self) -> bool:
        """True when everything was heard."""
        return not self._row

    def resampled(self, clip: Clip) -> Clip:
        """The clip at the channel's rate; whoever may not wait for that calls this before `add`.

        The clips of one sentence go through one resampler, so their joins are as smooth as the
        voice made them.
        """
        if clip.rate == self.rate:
            return clip
        samples = np.asarray(clip.samples, np.float32)
        shape = (clip.rate, samples.shape[1] if samples.ndim > 1 else 1)
        if self._resampler is None or shape != self._resampling:
            self._resampler = soxr.ResampleStream(clip.rate, self.rate, shape[1], dtype="float32")
            self._resampling = shape
        resampled = self._resampler.resample_chunk(samples, last=clip.last)
        if clip.last:
            self._resampler = None
        return replace(clip, samples=resampled, rate=self.rate)

    def add(
        self,
        clip: Clip,
        *,
        started: Callable[[], object] = _nothing,
        ended: Callable[[], object] = _nothing,
    ) -> Piece:
        """Queue a clip. `started` and `ended` are called when its first and last sample were heard;
        `ended` also when it is flushed."""
        start = max(self._row[-1].end, self.position) if self._row else self.position
        samples = self.resampled(clip).samples
        samples = samples[:, None] if samples.ndim == 1 else samples
        piece = Piece(samples, start, started, ended)
        self._row.append(piece)
        return piece

    def read(self, n: int) -> Samples | None:
        """The next `n` samples, shape (n, 2), or None when there is nothing to say."""
        if not self._row or self._row[-1].end <= self.position:
            return None
        out = np.zeros((n, 2), np.float32)
        filled = 0
        for piece in self._row:
            skip = self.position + filled - piece.start
            if 0 <= skip < len(piece.samples) and filled < n:
                part = piece.samples[skip : skip + n - filled]
                out[filled : filled + len(part)] = part
                filled += len(part)
        self.position += filled
        return out

    def rewind(self, position: int) -> None:
        """Go back to where reading stood before."""
        self.position = position

    def heard(self, position: int) -> None:
        """Everything before `position` has left the loudspeaker."""
        while self._row:
            piece = self._row[0]
            done = piece.end <= position
            if not piece.sounding and (done or piece.start < position):
                piece.sounding = True
                piece.started()
            if not done:
                return
            self._row.popleft()
            piece.ended()

    def flush(self, fade: float = FADE_SECONDS) -> float:
        """Drop everything from here on, but for a short fade; the seconds of the present clip that
        were read."""
        seconds = 0.0
        for piece in list(self._row):
            if piece.end > self.position:
                if piece.start < self.position:
                    seconds = (self.position - piece.start) / self.rate
                self.remove(piece, fade)
        self._resampler = None
        return seconds

    def remove(self, piece: Piece, fade: float = FADE_SECONDS) -> None:
        """Drop one clip, with a short fade if it is sounding."""
        if piece not in self._row:
            return
        read = max(self.position - piece.start, 0)
        fall = min(round(fade * self.rate), len(piece.samples) - read) if read else 0
        samples = piece.samples[: read + fall].copy()
        samples[read:] *= np.linspace(1, 0, fall, dtype=np.float32)[:, None]
        cut = len(piece.samples) - len(samples)
        for later in list(self._row)[self._row.index(piece) + 1 :]:
            later.start -= cut
        piece.samples, piece.flushed = samples, True
        ended, piece.started, piece.ended = piece.ended, _nothing, _nothing
        ended()
