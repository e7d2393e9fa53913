"""Files of any format, decoded ahead of the mixer on a worker, a few seconds at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import av
import av.error
import numpy as np

from voice_assistant.audio.frames import Samples
from voice_assistant.workers import Worker

AHEAD_SECONDS = 8.0
"""How much is decoded ahead: the longest cross-fade, a slow disk, and under 4 MB."""

ANSWER_SECONDS = 10.0
"""How long a stream from the network may be silent before it has ended."""


_RECONNECT = {"reconnect": "1", "reconnect_streamed": "1", "reconnect_delay_max": "4"}
"""ffmpeg's HTTP: a connection that breaks off is made again where it was, for some seconds."""


@dataclass(eq=False, slots=True)
class _Ahead:
    """What is decoded from one starting point on; each count has one thread that writes it."""

    parts: deque[Samples] = field(default_factory=deque)
    decoded: int = 0
    taken: int = 0
    complete: bool = False
    filling: bool = True

    @property
    def ready(self) -> int:
        return self.decoded - self.taken


class DecodedFile:
    """A `Source` that reads a file, or the address of a stream, through ffmpeg's libraries.

    The worker decodes; the mixer takes what is ready and never waits. Several files may share a
    worker.
    """

    def __init__(self, path: Path | str, rate: int, worker: Worker, *, start: float = 0.0) -> None:
        self.failed: str | None = None
        """Why it ended early, if it did."""
        self._path = path
        self._rate = rate
        self._worker = worker
        self._pieces: Generator[Samples, None, None] | None = None
        self._closed = False
        self.seek(start)

    def read(self, n: int) -> Samples:
        """Up to `n` samples of those that are ready."""
        ahead, found, wanted = self._ahead, [], n
        while wanted and ahead.parts:
            part = ahead.parts.popleft()
            if len(part) > wanted:
                ahead.parts.appendleft(part[wanted:])
                part = part[:wanted]
            found.append(part)
            wanted -= len(part)
        ahead.taken += n - wanted
        if not ahead.complete and not ahead.filling and ahead.ready < self._limit / 2:
            ahead.filling = True
            self._worker.post(lambda: self._fill(ahead))
        return np.concatenate(found) if found else np.zeros((0, 2), np.float32)

    @property
    def left(self) -> int | None:
        """Samples until the end once all are decoded, else None."""
        return self._ahead.ready if self._ahead.complete else None

    @property
    def position(self) -> float:
        """Seconds read since the file's beginning."""
        return self._start + self._ahead.taken / self._rate

    def seek(self, seconds: float) -> None:
        """Go on from `seconds`; past the end it has ended."""
        self._start = seconds
        # A new object: what an older fill still adds goes nowhere.
        self._ahead = ahead = _Ahead()
        self._worker.post(lambda: self._fill(ahead, seconds))

    def close(self) -> None:
        """Stop decoding."""
        self._closed = True
        self._worker.post(self._close_file)

    @property
    def _limit(self) -> float:
        return AHEAD_SECONDS * self._rate

    def _fill(self, ahead: _Ahead, start: float | None = None) -> None:
        """On the worker: decode until enough is ready."""
        try:
            if start is not None or self._pieces is None:
                self._close_file()
                self._pieces = _decode(self._path, self._rate, start or 0.0)
            while ahead is self._ahead and ahead.ready < self._limit and not self._closed:
                piece = next(self._pieces, None)
                if piece is None:
                    if not ahead.decoded and not self._start:
                        self.failed = f"{Path(self._path).name} cannot be played: it is empty"
                    ahead.complete = True
                    break
                ahead.parts.append(piece)
                ahead.decoded += len(piece)
        except (av.error.FFmpegError, OSError, ValueError) as error:
            self.failed, ahead.complete = f"{Path(self._path).name} cannot be played: {error}", True
        finally:
            ahead.filling = False

    def _close_file(self) -> None:
        if self._pieces is not None:
            self._pieces.close()


def _decode(path: Path | str, rate: int, start: float) -> Generator[Samples, None, None]:
    """Pieces of the file at `rate`, stereo, from `start` seconds on."""
    streamed = isinstance(path, str)
    patience, options = (ANSWER_SECONDS, _RECONNECT) if streamed else (None, {})
    with av.open(str(path), timeout=patience, options=options) as container:
        if not container.streams.audio:
            raise ValueError("there is no sound in it")
        stream = container.streams.audio[0]
        if start:
            container.seek(int(start * av.time_base), backward=True)
        to_mixer = av.AudioResampler(format="flt", layout="stereo", rate=rate)
        for frame in container.decode(stream):
            skip = 0
            if start and frame.time is not None:
                skip = max(round((start - frame.time) * frame.sample_rate), 0)
            if skip >= frame.samples:
                continue
            start = 0.0
            for out in to_mixer.resample(frame):
                yield _stereo(out)[round(skip * rate / frame.sample_rate) :]
        for out in to_mixer.resample(None):
            yield _stereo(out)


def _stereo(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False)
