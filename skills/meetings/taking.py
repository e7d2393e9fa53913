"""`meeting record`, `import` and `resume`: talk in, segments out, with captions and a bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any

import anyio
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from voice_assistant.audio.files import duration
from voice_assistant.skill import Home
from voice_assistant.workers import Worker, on_loop

from .archive import Archive
from .importing import TEXTS, Importer
from .live import Keys, Live
from .meeting import Meeting
from .records import caption, summary
from .sitting import Sitting

Records = AsyncGenerator[Mapping[str, Any], None]

LOOK = 2.0
"""Seconds between two looks at what was recorded."""

ESTIMATE = 600.0
"""Seconds of which the time left is told: a part that a language model reads takes up to a minute."""

_RECORDING = "⏺ Recording {title}. Enter ends it, p + Enter pauses, m + Enter marks the moment."
_ENDED = "⏹ Recorded; writing down the rest."


class Taking:
    """The commands that make meetings."""

    def __init__(self, home: Home, archive: Archive, importer: Importer) -> None:
        self._home = home
        self._archive = archive
        self._importer = importer

    async def _record(self, given: argparse.Namespace) -> Records:
        """Record until Enter or the end of the minutes; then write down the rest."""
        now = self._home.clock.now()
        sitting = Sitting(self._archive, self._home.services["microphone"])
        title = given.title or f"Meeting {now.strftime('%H.%M')}"
        meeting = sitting.begin(title, now.date(), tuple(given.hint))
        yield {"id": meeting.id, "recording": True, "text": _RECORDING.format(title=meeting.title)}
        try:
            async with aclosing(self._captions(sitting, meeting, given)) as captions:
                async for each in captions:
                    yield each
        finally:
            seconds = sitting.seconds
            sitting.close()
        yield {"id": meeting.id, "recording": False, "seconds": seconds, "text": _ENDED}
        async with aclosing(self._written(self._archive.load(meeting.id))) as records:
            async for each in records:
                yield each

    async def _captions(
        self, sitting: Sitting, meeting: Meeting, given: argparse.Namespace
    ) -> Records:
        """What is said, as it is recorded."""
        ended = anyio.Event()
        keys = Keys(sitting.pause, sitting.mark, ended.set)
        background: Worker = self._home.services["background"]
        live = None
        if not given.no_captions:
            live = await background.call(Live, self._archive, meeting, self._importer.engines)
        with Worker("keyboard") as keyboard:
            typed = on_loop(lambda line: sys.stderr.write(keys.typed(line) + "\n"))
            keyboard.post(lambda: read_keys(typed))
            try:
                while not (
                    ended.is_set() or sitting.full or 0 < given.minutes * 60 <= sitting.seconds
                ):
                    with anyio.move_on_after(LOOK):
                        await ended.wait()
                    for each in await background.call(live.step) if live else ():
                        yield caption(meeting, each)
            finally:
                if live:
                    background.post(live.close)

    async def _resume(self, given: argparse.Namespace) -> Records:
        """Write down what was recorded, or begun to be brought in, and not finished."""
        for meeting in list(self._archive.all()):
            if not meeting.done:
                async with aclosing(self._written(meeting)) as records:
                    async for each in records:
                        yield each

    async def _written(self, meeting: Meeting) -> Records:
        """A meeting written down to its end, with a bar."""
        path = self._archive.sound(meeting)
        total = None if path is None or path.suffix in TEXTS else duration(path)
        with progress() as bar:
            task = bar.add_task(meeting.title, total=total, completed=int(meeting.seconds))
            steps = self._importer.go_on(meeting)
            async with aclosing(self._home.services["background"].iterate(steps)) as growing:
                async for written in growing:
                    bar.update(task, completed=written.seconds)
        yield summary(self._archive, self._archive.load(meeting.id))

    async def _import(self, given: argparse.Namespace) -> Records:
        today = self._home.clock.now().date()
        for file in given.files:
            meeting = self._importer.meeting_of(
                Path(file), today, title=given.title, hints=tuple(given.hint)
            )
            async with aclosing(self._written(meeting)) as records:
                async for each in records:
                    yield each


def read_keys(typed: Callable[[str], None]) -> None:
    """Hand over each line that is typed, until the input ends."""
    for line in sys.stdin:
        typed(line)


def progress() -> Progress:
    """A bar with the time left, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), speed_estimate_period=ESTIMATE)
