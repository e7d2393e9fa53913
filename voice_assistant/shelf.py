"""The library as the event loop sees it: opened, filled and asked behind its worker."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from pathlib import Path

from voice_assistant.knowledge import Finding, Library
from voice_assistant.workers import Worker

_log = logging.getLogger(__name__)


class Shelf:
    """Encyclopaedias (source name -> file) and folders of notes; filled in the background."""

    def __init__(
        self,
        path: Path,
        worker: Worker,
        *,
        encyclopaedias: dict[str, Path],
        folders: Sequence[Path] = (),
    ) -> None:
        self.ready = False
        """Whether everything there is was read."""
        self._worker = worker
        self._folders = folders
        self._library: Future[Library] = worker.submit(_opened, path)
        self._reading = self._read(encyclopaedias)
        worker.post(self._read_on)

    async def answer(self, text: str, language: str) -> Finding | None:
        """The best answer to a question, or None. A note written since is found next time."""
        finding = await self._worker.call(lambda: self._library.result().answer(text, language))
        self._worker.post(self._read_notes)
        return finding

    def close(self) -> None:
        """Close the file behind what is being done."""
        self._worker.post(self._reading.close)
        self._worker.post(lambda: self._library.result().close())
        self._worker.close()

    def _read_on(self) -> None:
        """Read a little, then let a question in."""
        if next(self._reading, None) is None:
            self.ready = True
        else:
            self._worker.post(self._read_on)

    def _read(self, encyclopaedias: dict[str, Path]) -> Generator[int, None, None]:
        self._read_notes()
        for source, file in encyclopaedias.items():
            yield from self._library.result().read_encyclopaedia(file, source)

    def _read_notes(self) -> None:
        for folder in self._folders:
            if folder.is_dir():
                self._library.result().read_notes(folder)


def _opened(path: Path) -> Library:
    """The library; one whose file is broken is made anew, for it can be."""
    try:
        return Library(path)
    except sqlite3.DatabaseError:
        _log.warning("the index %s is broken and is made anew", path)
        path.unlink(missing_ok=True)
        return Library(path)
