"""The meeting that goes on now: recorded from the microphone, and written down afterwards.

The recording has a thread of its own, which sleeps while nothing is said into it. Writing down is
left to the household's background thread, one segment at a time, so that others get their turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Protocol

from voice_assistant.audio.frames import Frame
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.workers import Worker

from .archive import SOUND, Archive
from .captions import Captions
from .importing import Importer
from .meeting import Meeting
from .recorder import BYTES_SECOND, Recording, require_room

_log = logging.getLogger(__name__)


class Line(Protocol):
    """Where frames come from: the ears' tap, or the microphone itself."""

    def frames(self) -> Iterator[Frame]:
        """Frame after frame, until `close`."""
        ...

    def close(self) -> None:
        """End `frames`."""
        ...


class Sitting:
    """At most one recording; begun, paused, marked and ended on the loop."""

    def __init__(
        self,
        archive: Archive,
        open_line: Callable[[], AbstractContextManager[Line]],
        captions: Captions | None = None,
    ) -> None:
        self.meeting: Meeting | None = None
        """What is being recorded."""
        self.recording: Recording | None = None
        self._archive = archive
        self._open_line = open_line
        self._captions = captions
        self._worker = Worker("recorder")
        self._line: AbstractContextManager[Line] | None = None

    def begin(self, title: str, day: date, hints: Sequence[str] = ()) -> Meeting:
        """Record from now on; the meeting is on disk when this returns."""
        self._archive.folder.mkdir(parents=True, exist_ok=True)
        require_room(self._archive.folder)
        self._line = self._open_line()
        line = self._line.__enter__()
        try:
            meeting = self._archive.begin(title, day, hints=hints)
            synced = self._captions.more if self._captions else _nobody
            recording = Recording(self._archive.folder / meeting.id / SOUND, synced=synced)
        except VoiceAssistantError:
            self._line.__exit__(None, None, None)
            raise
        self.meeting, self.recording = meeting, recording
        if self._captions:
            self._captions.follow(meeting)
        self._worker.post(lambda: recording.run(line.frames()))
        return meeting

    @property
    def seconds(self) -> float:
        """How much is recorded."""
        return self.recording.seconds if self.recording else 0.0

    @property
    def full(self) -> bool:
        """Whether the recording ended because there was no room left."""
        return bool(self.recording and self.recording.full)

    def pause(self, paused: bool) -> None:
        """Record nothing for a while, or record on."""
        if self.recording:
            self.recording.paused = paused

    def mark(self) -> float:
        """Remember this moment; its seconds."""
        assert self.meeting is not None, "nothing is recorded"
        at = round(self.seconds, 1)
        marks = (*self.meeting.marks, at)
        self.meeting = self._archive.keep(replace(self.meeting, marks=marks))
        return at

    def note(self, hints: Sequence[str]) -> None:
        """Names and terms that are said in this meeting."""
        assert self.meeting is not None, "nothing is recorded"
        known = dict.fromkeys((*self.meeting.hints, *hints))
        self.meeting = self._archive.keep(replace(self.meeting, hints=tuple(known)))
        if self._captions:
            self._captions.note(hints)

    async def end(self) -> Meeting | None:
        """End the recording; it is whole on disk when this returns."""
        meeting, line, recording = self.meeting, self._line, self.recording
        if meeting is None or line is None or recording is None:
            return None
        self.meeting = self._line = None
        line.__exit__(None, None, None)
        await self._worker.call(recording.close)
        if self._captions:
            self._captions.end()
        return meeting

    def close(self) -> None:
        """Put away; what is recorded is kept."""
        if self._line is not None:
            self._line.__exit__(None, None, None)
        self.meeting = self._line = None
        if self._captions:
            self._captions.end()
        self._worker.close()


def _nobody() -> None:
    """Nobody is told that there is more."""


class Writing:
    """Meetings that are written down in the background, one after the other."""

    def __init__(
        self, archive: Archive, importer: Importer, worker: Worker, elapsed: Callable[[], float]
    ) -> None:
        self._archive = archive
        self._importer = importer
        self._worker = worker
        self._elapsed = elapsed
        self._waiting: list[Meeting] = []
        self._steps: Iterator[Meeting] | None = None
        self._began = 0.0
        self._skipped = 0.0
        self.current: Meeting | None = None
        """As far as it is written."""
        self.failed = ""
        """Why the last one could not be written down, if it could not."""

    def add(self, meeting: Meeting) -> None:
        """Write a meeting down as soon as those before it are done."""
        self._waiting.append(meeting)
        if len(self._waiting) == 1:
            self._worker.post(self._begin)

    def left(self, meeting: Meeting) -> float | None:
        """Seconds until it is written down, by the pace so far; None while there is none."""
        path, current = self._archive.sound(meeting), self.current
        if path is None or current is None or current.id != meeting.id:
            return None
        done = current.seconds - self._skipped
        whole = path.stat().st_size / BYTES_SECOND
        spent = self._elapsed() - self._began
        return max(whole - current.seconds, 0.0) * spent / done if done > 0 else None

    def _begin(self) -> None:
        """The next meeting; one that was deleted meanwhile is passed over."""
        waiting = self._waiting[0].id
        if waiting not in self._archive.ids():
            self._end()
            return
        meeting = self._archive.load(waiting)
        self._began, self._skipped, self.current = self._elapsed(), meeting.seconds, meeting
        self.failed, self._steps = "", self._importer.go_on(meeting)
        self._step()

    def _step(self) -> None:
        """One more segment; the next waits behind what others want of the worker."""
        assert self._steps is not None, "_begin comes first"
        going = False
        try:
            self.current = next(self._steps, None)
            going = self.current is not None
        except VoiceAssistantError as error:
            _log.warning("a meeting could not be written down: %s", error)
            self.failed = str(error)
        finally:  # whatever an engine does, the next meeting has its turn
            if going:
                self._worker.post(self._step)
            else:
                self._end()

    def _end(self) -> None:
        self.current = None
        self._waiting.pop(0)
        if self._waiting:
            self._worker.post(self._begin)
