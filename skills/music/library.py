"""The index of the user's music: found in folders, read from tags, kept in SQLite.

What was heard in a track is kept apart from what its tags say, so that a tag that is changed costs
no second listening; where both tell, the tag wins.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from .measure import Measured
from .playlists import ENDINGS, read_playlist
from .tags import read_tags
from .track import Track

SOUND = frozenset(
    ".mp3 .mp2 .ogg .oga .opus .spx .flac .m4a .m4b .mp4 .aac .ac3 .wav .aif .aiff .aifc .wma .ape"
    " .wv .mpc .mka .webm .tta .tak .dsf .dff .au .caf .amr".split()
)
"""Endings of files that are looked into; ffmpeg reads them all."""

_TAGS = tuple(field.name for field in fields(Track))
_HEARD = tuple(field.name for field in fields(Measured))

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS tracks ({", ".join(_TAGS)}, size, PRIMARY KEY (path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heard
    (path PRIMARY KEY, size, failed, {", ".join(_HEARD)}) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (path PRIMARY KEY, name, entries, added) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS broken (path PRIMARY KEY, why, added) WITHOUT ROWID;
"""

VERSION = 1
"""Of the tables: an index of another version is made anew, for it can be."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist of the folders: its name is its file's."""

    name: str
    paths: tuple[str, ...]


class Library:
    """The index. One thread at a time; a scan is incremental and goes on where it was cut off."""

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._index = sqlite3.connect(path, check_same_thread=False)
        self._index.execute("PRAGMA journal_mode=WAL")
        self._index.execute("PRAGMA synchronous=NORMAL")  # it can be made again
        if self._index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in ("tracks", "heard", "lists", "broken"):
                self._index.execute(f"DROP TABLE IF EXISTS {table}")
            self._index.execute(f"PRAGMA user_version={VERSION}")
        self._index.executescript(_SCHEMA)
        self.changed = False
        """Whether the last scan found anything new, changed or gone."""

    # --- looking for files ---------------------------------------------------------------

    def scan(self, folders: Sequence[Path]) -> Iterator[int]:
        """Bring the index up to date; yields the number of files seen, now and then."""
        self.changed = False
        known = {
            path: (added, size)
            for path, added, size in self._index.execute(
                "SELECT path, added, size FROM tracks UNION ALL SELECT path, added, 0 FROM lists"
                " UNION ALL SELECT path, added, -1 FROM broken"
            )
        }
        seen = 0
        for path in _files(folders):
            seen += 1
            before = known.pop(str(path), None)
            self._look_at(path, before)
            if seen % 50 == 0:
                self._index.commit()
                yield seen
        self._forget(list(known), folders)
        self._index.commit()
        yield seen

    def _look_at(self, path: Path, before: tuple[float, int] | None) -> None:
        try:
            stat = path.stat()
        except OSError:  # it went away meanwhile
            return
        is_list = path.suffix.lower() in ENDINGS
        if (
            before
            and before[0] == stat.st_mtime
            and before[1] in (-1, 0 if is_list else stat.st_size)
        ):
            return
        self.changed = True
        for table in ("tracks", "lists", "broken"):
            self._index.execute(f"DELETE FROM {table} WHERE path=?", (str(path),))  # noqa: S608
        try:
            if is_list:
                entries = "\n".join(read_playlist(path))
                playlist = (str(path), path.stem, entries, stat.st_mtime)
                self._index.execute("INSERT INTO lists VALUES (?, ?, ?, ?)", playlist)
            else:
                self.add(read_tags(path, stat.st_mtime), stat.st_size)
        except Exception as error:  # noqa: BLE001 - a broken file may fail in any way, and costs itself only
            row = (str(path), str(error), stat.st_mtime)
            self._index.execute("INSERT INTO broken VALUES (?, ?, ?)", row)

    def _forget(self, gone: list[str], folders: Sequence[Path]) -> None:
        """Drop what is no longer there; a folder that is away as a whole (a disk that is not
        plugged in) keeps its tracks until it is back."""
        away = [f"{folder}{os.sep}" for folder in folders if not folder.is_dir()]
        paths = [(path,) for path in gone if not path.startswith(tuple(away))]
        self.changed = self.changed or bool(paths)
        for table in ("tracks", "lists", "broken"):
            self._index.executemany(f"DELETE FROM {table} WHERE path=?", paths)  # noqa: S608

    def add(self, track: Track, size: int = 0) -> None:
        """Put a track into the index."""
        marks = ", ".join("?" * (len(_TAGS) + 1))
        self._index.execute(
            f"INSERT OR REPLACE INTO tracks VALUES ({marks})",  # noqa: S608
            (*astuple(track), size),
        )

    # --- listening to them ---------------------------------------------------------------

    def unheard(self) -> str | None:
        """A track that nobody has listened to yet, those with the fewest tags first."""
        row = self._index.execute(
            "SELECT t.path FROM tracks t LEFT JOIN heard h ON h.path = t.path AND h.size = t.size"
            " WHERE h.path IS NULL ORDER BY t.tempo > 0, t.genre > '' LIMIT 1"
        ).fetchone()
        return row[0] if row else None

    def keep(self, path: str, heard: Measured | None, why: str = "") -> None:
        """Keep what was heard in a track, or why it could not be listened to."""
        size = self._index.execute("SELECT size FROM tracks WHERE path=?", (path,)).fetchone()
        if size:
            values: Sequence[Any] = astuple(heard) if heard else (None,) * len(_HEARD)
            marks = ", ".join("?" * (len(_HEARD) + 3))
            self._index.execute(
                f"INSERT OR REPLACE INTO heard VALUES ({marks})",  # noqa: S608
                (path, size[0], why, *values),
            )
            self._index.commit()

    # --- what there is -------------------------------------------------------------------

    def tracks(self) -> list[Track]:
        """Every track, by artist, year, album and place."""
        return list(self._tracks("ORDER BY t.artist, t.year, t.album, t.number, t.path"))

    def track(self, path: str) -> Track | None:
        """One track."""
        return next(self._tracks("WHERE t.path = ?", path), None)

    def _tracks(self, rest: str, *values: str) -> Iterator[Track]:
        shared = [f"h.{name}" for name in _HEARD]
        tags = ", ".join(f"t.{name}" for name in _TAGS)
        rows = self._index.execute(
            f"SELECT {tags}, {', '.join(shared)} FROM tracks t LEFT JOIN heard h"  # noqa: S608
            f" ON h.path = t.path AND h.size = t.size {rest}",
            values,
        )
        same: dict[str, str] = {}  # artists, albums and genres are kept once
        for row in rows:
            told = dict(zip(_TAGS, row, strict=False))
            for name, heard in zip(_HEARD, row[len(_TAGS) :], strict=True):
                if heard is not None and not told[name]:
                    told[name] = heard
            for name in ("artist", "album", "genre", "key", "language"):
                told[name] = same.setdefault(told[name], told[name])
            yield Track(**told | {"speech": bool(told["speech"])})

    def playlists(self) -> list[Playlist]:
        """Every playlist."""
        rows = self._index.execute("SELECT name, entries FROM lists ORDER BY name")
        return [Playlist(name, tuple(entries.split("\n"))) for name, entries in rows]

    def broken(self) -> dict[str, str]:
        """Files that could not be read or listened to, and why."""
        rows = self._index.execute(
            "SELECT path, why FROM broken UNION SELECT path, failed FROM heard WHERE failed > ''"
        )
        return dict(rows)

    def counts(self) -> tuple[int, int]:
        """How many tracks there are, and how many of them were listened to."""
        row = self._index.execute(
            "SELECT count(*), count(h.path) FROM tracks t LEFT JOIN heard h"
            " ON h.path = t.path AND h.size = t.size"
        ).fetchone()
        return row[0], row[1]

    def commit(self) -> None:
        """Keep what was added."""
        self._index.commit()

    def close(self) -> None:
        """Close the file."""
        self._index.close()


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    """Music files and playlists; links to folders are not followed, for they may go round."""
    for folder in folders:
        for place, inside, names in os.walk(folder):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                ending = Path(name).suffix.lower()
                if ending in SOUND or ending in ENDINGS:
                    yield Path(place, name)
