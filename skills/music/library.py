"""The user's music: found in folders, read from tags, kept in an index of its own."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from rapidfuzz import fuzz, process, utils

SOUND = frozenset(".mp3 .ogg .oga .opus .flac .m4a .aac .wav .wma .aiff .ape .mka".split())
"""Endings of files that are looked into."""

NEAR = 78
"""Percent of likeness at which a misheard name is still meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One file of music."""

    path: str
    title: str
    artist: str = ""
    album: str = ""
    genre: str = ""
    year: int = 0
    number: int = 0
    """Its place on the album."""
    seconds: float = 0.0
    tempo: float = 0.0
    """Beats a minute by its tag; 0 is unknown."""
    modified: float = 0.0

    @property
    def name(self) -> str:
        """What it is called when it is announced."""
        return self.title


_COLUMNS = [field.name for field in fields(Track)]


class Library:
    """The index. One thread at a time; `scan` is resumable and looks only at changed files."""

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._index = sqlite3.connect(path, check_same_thread=False)
        columns = ", ".join(f"{name}" for name in _COLUMNS)
        self._index.execute(f"CREATE TABLE IF NOT EXISTS tracks ({columns}, PRIMARY KEY (path))")
        self.broken: list[str] = []
        """Files that could not be read."""

    def scan(self, folders: Sequence[Path]) -> Iterator[int]:
        """Bring the index up to date; yields the number of files seen, now and then."""
        known = dict(self._index.execute("SELECT path, modified FROM tracks"))
        seen = 0
        for path in _files(folders):
            seen += 1
            modified = path.stat().st_mtime
            if known.pop(str(path), None) != modified:
                self._add(path, modified)
            if seen % 50 == 0:
                self._index.commit()
                yield seen
        self._index.executemany("DELETE FROM tracks WHERE path=?", [(path,) for path in known])
        self._index.commit()
        yield seen

    def _add(self, path: Path, modified: float) -> None:
        try:
            track = read_tags(path, modified)
        except Exception:  # noqa: BLE001 - a broken file may fail in any way, and costs itself only
            self.broken.append(str(path))
            return
        marks = ", ".join("?" * len(_COLUMNS))
        self._index.execute(f"INSERT OR REPLACE INTO tracks VALUES ({marks})", astuple(track))  # noqa: S608

    def tracks(self) -> list[Track]:
        """Every track, by artist, album and place."""
        names = ", ".join(_COLUMNS)
        rows = self._index.execute(
            f"SELECT {names} FROM tracks ORDER BY artist, year, album, number, path"  # noqa: S608
        )
        return [Track(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._index.close()


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                if Path(name).suffix.lower() in SOUND:
                    yield Path(place) / name


def read_tags(path: Path, modified: float = 0.0) -> Track:
    """A track from a file's tags; from its name and folder where it has none."""
    import mutagen

    file = mutagen.File(path, easy=True)
    tags = dict(file.tags or {}) if file is not None else {}

    def tag(*names: str) -> str:
        for name in names:
            if value := tags.get(name):
                return str(value[0] if isinstance(value, list) else value).strip()
        return ""

    title = tag("title") or re.sub(r"^\d+[\s._-]+", "", path.stem).replace("_", " ")
    year = re.search(r"\d{4}", tag("date", "year"))
    number = re.match(r"\d+", tag("tracknumber"))
    tempo = re.match(r"\d+(\.\d+)?", tag("bpm", "tempo"))
    return Track(
        path=str(path),
        title=title,
        artist=tag("artist", "albumartist", "performer"),
        album=tag("album"),
        genre=tag("genre").lower(),
        year=int(year.group()) if year else 0,
        number=int(number.group()) if number else 0,
        seconds=float(getattr(getattr(file, "info", None), "length", 0.0) or 0.0),
        tempo=float(tempo.group()) if tempo else 0.0,
        modified=modified,
    )


def find(said: str, tracks: Sequence[Track]) -> list[Track]:
    """The tracks a name means: of an artist, of an album, or one title; misheard ones too."""
    said = said.lower().strip()
    for field in ("artist", "album", "title"):
        exact = [track for track in tracks if getattr(track, field).lower() == said]
        if exact:
            return exact
    best: tuple[float, str, str] = (NEAR, "", "")
    for field in ("artist", "album", "title"):
        names = sorted({getattr(track, field) for track in tracks} - {""})
        match = process.extractOne(
            said, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=best[0]
        )
        if match and match[1] > best[0]:
            best = (match[1], field, match[0])
    return [track for track in tracks if best[1] and getattr(track, best[1]) == best[2]]
