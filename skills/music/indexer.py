"""Keeps the index of the user's music fresh in the background: scans, watches, listens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from .library import SOUND, Library
from .listening import Child
from .playlists import ENDINGS
from .shelf import Shelf

REST_MS = 500
"""Milliseconds between two looks for changed files: a folder that is filled is scanned once."""
SETTLE_MS = 8000

_log = logging.getLogger(__name__)


class Poster(Protocol):
    """A worker's thread."""

    def post(self, fn: Callable[[], object]) -> None:
        """Have `fn` run after what is waiting."""
        ...


class Indexer:
    """Owns the library. Everything but `start` and `stop` happens on the worker; the shelf is
    swapped whole, so that the loop may read it at any time."""

    def __init__(
        self,
        file: Path | str,
        folders: Sequence[Path],
        worker: Poster,
        *,
        listens: bool,
        shown: Callable[[], object] = lambda: None,
    ) -> None:
        """`shown` is called, on the worker, whenever there is another shelf."""
        self.shelf = Shelf()
        self.seen = 0
        """Files that the present scan has looked at; 0 when none goes on."""
        self.heard = 0
        """Tracks that were listened to."""
        self.broken = 0
        """Files that could not be read."""
        self._file, self._folders, self._worker = file, folders, worker
        self._listens, self._shown = listens, shown
        self._child = Child()
        self._stopped = False
        self._library: Library | None = None
        self._scan: Iterator[int] | None = None
        self._again = False

    def start(self, watcher: Poster | None) -> None:
        """Show what is known, then look what is new, then listen."""
        self._worker.post(self._open)
        if watcher:
            watcher.post(self._watch)

    def stop(self) -> None:
        """End, in the middle of whatever goes on."""
        self._stopped = True
        self._child.close()
        self._worker.post(self._close)

    def is_set(self) -> bool:
        """Whether it was stopped; the name that `watchfiles` asks by."""
        return self._stopped

    # --- on the worker -------------------------------------------------------------------

    def _open(self) -> None:
        self._library = Library(self._file)
        self._show()
        self._rescan()

    def _show(self) -> None:
        assert self._library
        self.shelf = Shelf(self._library.tracks(), self._library.playlists())
        self.heard = self._library.counts()[1]
        self.broken = len(self._library.broken())
        self._shown()

    def _rescan(self) -> None:
        if self._stopped or self._library is None:
            return
        if self._scan is not None:
            self._again = True
            return
        self._scan = self._library.scan(self._folders)
        self._worker.post(self._scan_on)

    def _scan_on(self) -> None:
        """Look at some files, then let others use the worker."""
        if self._stopped or self._library is None or self._scan is None:
            return
        seen = next(self._scan, None)
        if seen is not None:
            self.seen = seen
            self._worker.post(self._scan_on)
            return
        self._scan, self.seen = None, 0
        if self._library.changed:
            self._show()
        if self._again:
            self._again = False
            self._rescan()
        elif self._listens:
            self._worker.post(self._listen_on)

    def _listen_on(self) -> None:
        """Listen to one track; the next scan may come before the next track."""
        if self._stopped or self._library is None or self._scan is not None:
            return
        path = self._library.unheard()
        if path is None:
            self._child.close()
            return
        try:
            self._library.keep(path, self._child.ask(path))
        except ValueError as error:
            if self._stopped:
                return
            self._library.keep(path, None, str(error))
            self.broken += 1
        if track := self._library.track(path):
            self.shelf.update(track)
        self.heard += 1
        self._worker.post(self._listen_on)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None

    # --- on the watcher's thread ---------------------------------------------------------

    def _watch(self) -> None:
        """Scan anew whenever music comes, goes or changes."""
        import watchfiles

        folders = [folder for folder in self._folders if folder.is_dir()]
        endings = SOUND | ENDINGS
        if not folders:
            return
        try:
            for _ in watchfiles.watch(
                *folders,
                watch_filter=lambda _, path: Path(path).suffix.lower() in endings,
                debounce=SETTLE_MS,
                step=REST_MS,
                stop_event=self,
                ignore_permission_denied=True,
                raise_interrupt=False,
            ):
                self._worker.post(self._rescan)
        except OSError as error:  # the system watches no more folders
            _log.warning(
                "music folders are not watched (%s): new files show at the next start", error
            )
