"""Live captions of a meeting that is recorded by voice: what is on the disk is written down on the
household's background thread, a step each time the recorder has put more there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from voice_assistant.errors import VoiceAssistantError
from voice_assistant.workers import Lock, Worker

from .archive import Archive
from .importing import Engines
from .live import Live
from .meeting import Meeting, clock

_log = logging.getLogger(__name__)


class Captions:
    """Of one meeting at a time. What they wrote is not heard again afterwards."""

    def __init__(
        self, archive: Archive, engines: Engines, worker: Worker, show: Callable[[str], object]
    ) -> None:
        self._archive = archive
        self._engines = engines
        self._worker = worker
        self._show = show
        self._meeting: Meeting | None = None
        self._live: Live | None = None
        self._busy = False
        """Whether a step waits for the thread or runs on it: a slow machine has one at a time."""
        self._lock = Lock()

    def follow(self, meeting: Meeting) -> None:
        """Write this meeting down from now on."""
        self._meeting = meeting

    def note(self, hints: Sequence[str]) -> None:
        """Names and terms that are said from now on."""
        self._worker.post(lambda: self._live.note(hints) if self._live else None)

    def more(self) -> None:
        """There is more on the disk. Any thread may call it."""
        with self._lock:
            if self._busy or self._meeting is None:
                return
            self._busy = True
        self._worker.post(self._step)

    def end(self) -> None:
        """No more; the engines are freed behind the step that may still be running."""
        self._meeting = None
        self._worker.post(self._close)

    def _step(self) -> None:
        try:
            if self._meeting is None:
                return
            self._live = self._live or Live(
                self._archive, self._archive.load(self._meeting.id), self._engines
            )
            for segment in self._live.step():
                self._show(f"[{clock(segment.start)}] {segment.text}")
        except VoiceAssistantError as error:
            _log.warning("no captions: %s", error)
            self._meeting = None  # the recording goes on; it is written down afterwards
        finally:
            self._busy = False

    def _close(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.close()
