"""`meeting record`: a recording with captions while it grows, and keys to steer it.

The captions come from the file, not from the microphone: when the machine is slower than the talk
they fall behind, and nothing is lost. What is not written at the end is written then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from voice_assistant.audio.frames import FRAME_SECONDS

from .archive import SOUND, Archive
from .importing import Engines
from .listening import Cutter, Scribe
from .meeting import Meeting, Segment
from .recorder import recorded

STEP_SECONDS = 10.0
"""Sound taken in one go: how long others may wait for the thread that transcribes."""


class Live:
    """Writes down a recording that still grows."""

    def __init__(self, archive: Archive, meeting: Meeting, engines: Engines) -> None:
        self.meeting = meeting
        self._archive = archive
        self._path: Path = archive.folder / meeting.id / SOUND
        self._held = ExitStack()
        encoder = engines.encoder()
        self._scribe = Scribe(
            self._held.enter_context(engines.recognizer()),
            self._held.enter_context(encoder) if encoder else None,
            meeting.hints,
            number=len(meeting.segments) + 1,
        )
        first = round(meeting.seconds / FRAME_SECONDS)
        self._cutter = Cutter(self._held.enter_context(engines.detector()), first)

    def note(self, hints: Sequence[str]) -> None:
        """Names and terms that were told meanwhile."""
        self._scribe.hints = tuple(dict.fromkeys((*self._scribe.hints, *hints)))

    def step(self) -> list[Segment]:
        """The segments that are whole in the next piece of the recording, kept on disk."""
        return list(self._step())

    def _step(self) -> Iterator[Segment]:
        frames = recorded(self._path, self._cutter.number)
        for frame in islice(frames, round(STEP_SECONDS / FRAME_SECONDS)):
            if span := self._cutter.feed(frame):
                for heard in self._scribe.write(span):
                    self.meeting = self._archive.add(self.meeting, heard.segment, heard.voice)
                    yield heard.segment

    def close(self) -> None:
        """Free the engines."""
        self._held.close()


class Keys:
    """What is typed while a recording runs: Enter ends it, p pauses or goes on, m marks."""

    def __init__(
        self, pause: Callable[[bool], None], mark: Callable[[], float], end: Callable[[], None]
    ) -> None:
        self._pause, self._mark, self._end = pause, mark, end
        self._paused = False

    def typed(self, line: str) -> str:
        """Do what a line asks for; what to show about it."""
        match line.strip().lower():
            case "":
                self._end()
                return "Ended."
            case "p":
                self._paused = not self._paused
                self._pause(self._paused)
                return "Paused: p goes on." if self._paused else "Recording again."
            case "m":
                return f"Marked at {self._mark():.0f} s."
            case other:
                return f"'{other}' is none of: Enter (end), p (pause), m (mark)."
