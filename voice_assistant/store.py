"""What must survive a power cut: one SQLite file, and plain JSON values under a skill's name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voice_assistant.errors import StoreError

DATABASE = "assistant.db"
"""The file's name in the data folder."""


class Database:
    """The file behind all stores. Each commit is synced: a promise survives a power cut."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._duties: dict[str, sqlite3.Connection] = {}
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
            self.connection.execute("PRAGMA busy_timeout=5000")
            self.connection.execute(
                "CREATE TABLE IF NOT EXISTS kept (owner TEXT, key TEXT, value TEXT NOT NULL,"
                " PRIMARY KEY (owner, key)) WITHOUT ROWID"
            )
        except (sqlite3.Error, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise StoreError(
                f"The data file {path} cannot be used ({reason}): move it away, free the disk, or"
                " set VOICE_ASSISTANT_HOME to another folder."
            ) from error

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"Nothing can be kept on this disk now ({error}).") from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside are kept together, or none is; one inside another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def claim(self, duty: str) -> bool:
        """Whether this process has a duty that only one process of a household may have. It keeps
        it until it ends, however it ends: the lock on a file beside the database goes with it."""
        if self.path == ":memory:" or duty in self._duties:
            return True
        lock = sqlite3.connect(f"{self.path}.{duty}", isolation_level=None, timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            return False
        self._duties[duty] = lock
        return True

    def close(self) -> None:
        """Close the file, and give back the duties."""
        for lock in self._duties.values():
            lock.close()
        self._duties.clear()
        self.connection.close()


class Store:
    """The part of the database that belongs to one skill.

    JSON values by key for small state; `database` with tables of its own (named after the skill)
    for anything larger.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self.database = database
        self.owner = owner

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under `key`."""
        rows = self.database.execute(
            "SELECT value FROM kept WHERE owner=? AND key=?", (self.owner, key)
        )
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value; it is on disk when this returns."""
        self.database.execute(
            "INSERT INTO kept VALUES (?, ?, ?)"
            " ON CONFLICT (owner, key) DO UPDATE SET value=excluded.value",
            (self.owner, key, json.dumps(value, ensure_ascii=False)),
        )

    def delete(self, key: str) -> None:
        """Forget the value under `key`."""
        self.database.execute("DELETE FROM kept WHERE owner=? AND key=?", (self.owner, key))

    def keys(self, prefix: str = "") -> list[str]:
        """The keys in use that start with `prefix`, sorted."""
        rows = self.database.execute(
            "SELECT key FROM kept WHERE owner=? ORDER BY key", (self.owner,)
        )
        return [key for (key,) in rows if key.startswith(prefix)]
