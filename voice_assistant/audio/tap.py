"""What the ears hear, for one more listener: a recording takes its frames from here."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Self

from voice_assistant.audio.frames import FRAME_SECONDS, Frame

HELD_SECONDS = 20.0
"""Sound that waits for a slow disk at most (640 kB); what comes after it is lost, and counted."""

_CLOSE = None


class Tap:
    """Closed it costs nothing. `with tap.open():`, then `for frame in tap.frames():`.

    `take` belongs to the ear thread and never waits; `frames` blocks and belongs to a worker;
    `close` may be called from any thread and ends it.
    """

    def __init__(self) -> None:
        self.lost = 0
        """Frames that nobody took in time since it was opened."""
        self._open = False
        self._held = queue.SimpleQueue[Frame | None]()

    def open(self) -> Self:
        """Begin to hold frames; leave the `with` to end."""
        self._held = queue.SimpleQueue()
        self.lost, self._open = 0, True
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take(self, frame: Frame) -> None:
        """Hold a frame, if anybody listens and there is room."""
        if not self._open:
            return
        if self._held.qsize() * FRAME_SECONDS < HELD_SECONDS:
            self._held.put(frame)
        else:
            self.lost += 1

    def frames(self) -> Iterator[Frame]:
        """Frame after frame, until `close`; what is held then is still given."""
        while (frame := self._held.get()) is not _CLOSE:
            yield frame

    def close(self) -> None:
        """Hold nothing any more and end `frames`."""
        if self._open:
            self._open = False
            self._held.put(_CLOSE)
