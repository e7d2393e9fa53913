"""What each person of the household likes: learned from what they say, skip and hear to the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from voice_assistant.skill import Store

EVERYBODY = ""
"""The person while nobody said who is speaking; what holds for everybody holds for each."""

_COLUMNS = "plays, finishes, skips, liked, never, last"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person and a track."""

    plays: int = 0
    finishes: int = 0
    skips: int = 0
    liked: bool = False
    never: bool = False
    last: float = 0.0
    """When it was last begun, a POSIX time; 0 is never."""

    @property
    def fondness(self) -> float:
        """How much it is liked, about -1 to 1.5."""
        heard = self.finishes + self.skips
        habit = (self.finishes - 2 * self.skips) / (heard + 2)
        return 0.7 * self.liked + habit


NOTHING = Known()


class Taste:
    """What is known of every person; one row a person and track, on disk."""

    def __init__(self, store: Store) -> None:
        self._database = store.database
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS music_taste (person TEXT, path TEXT, plays INT DEFAULT 0,"
            " finishes INT DEFAULT 0, skips INT DEFAULT 0, liked INT DEFAULT 0,"
            " never INT DEFAULT 0, last REAL DEFAULT 0, PRIMARY KEY (person, path)) WITHOUT ROWID"
        )

    def of(self, person: str) -> dict[str, Known]:
        """What is known of a person, by path; what holds for everybody where they said nothing."""
        found: dict[str, Known] = {}
        for each in dict.fromkeys((EVERYBODY, person)):
            for path, *row in self._database.execute(
                f"SELECT path, {_COLUMNS} FROM music_taste WHERE person=?",  # noqa: S608
                (each,),
            ):
                plays, finishes, skips, liked, never, last = row
                found[path] = Known(plays, finishes, skips, bool(liked), bool(never), last)
        return found

    def began(self, person: str, path: str, at: datetime) -> None:
        """A track began."""
        self._add(person, path, "plays", at)

    def finished(self, person: str, path: str) -> None:
        """It was heard to its end."""
        self._add(person, path, "finishes")

    def skipped(self, person: str, path: str) -> None:
        """They went on before its end."""
        self._add(person, path, "skips")

    def judge(self, person: str, paths: Iterable[str], *, liked: bool, never: bool) -> None:
        """They said so."""
        with self._database.transaction():
            for path in paths:
                self._row(person, path)
                self._database.execute(
                    "UPDATE music_taste SET liked=?, never=? WHERE person=? AND path=?",
                    (liked, never, person, path),
                )

    def _add(self, person: str, path: str, column: str, at: datetime | None = None) -> None:
        with self._database.transaction():
            self._row(person, path)
            self._database.execute(
                f"UPDATE music_taste SET {column} = {column} + 1, last = max(last, ?)"  # noqa: S608
                " WHERE person=? AND path=?",
                (at.timestamp() if at else 0.0, person, path),
            )

    def _row(self, person: str, path: str) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO music_taste (person, path) VALUES (?, ?)", (person, path)
        )
