"""Where the music was when the power went: the row in the store, the second in a file of its own.

The second is written every second. Syncing that would wear out an SD card, so it is left to the
system to bring it to the disk: a killed process loses nothing, a power cut half a minute.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_assistant.skill import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was playing."""

    paths: tuple[str, ...] = ()
    sound: str = ""
    at: int = 0
    seconds: float = 0.0


class Place:
    """Keeps it. Without a file (nothing is kept on disk) the row's beginning is remembered."""

    def __init__(self, store: Store, file: Path | None) -> None:
        self._store, self._file = store, file
        self._row = 0
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)

    def row(self, paths: list[str], sound: str = "") -> None:
        """Another row, or another order of it."""
        self._row = self._last().get("row", 0) + 1
        self._store.set("row", {"row": self._row, "paths": paths, "sound": sound})

    def passing(self, at: int, seconds: float) -> None:
        """Playing has come so far in the row."""
        text = json.dumps({"row": self._row, "at": at, "seconds": round(seconds, 2)})
        if self._file:
            fresh = self._file.with_name(f"{self._file.name}.new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._file)  # killed at any moment, one of the two is whole

    def kept(self) -> Kept | None:
        """What was playing last; None if nothing ever was."""
        row: dict[str, Any] = self._last()
        if not row.get("paths") and not row.get("sound"):
            return None
        try:
            passed = json.loads(self._file.read_text(encoding="utf-8")) if self._file else {}
        except (OSError, ValueError):  # cut off in the middle of writing
            passed = {}
        same = passed.get("row") == row["row"]
        return Kept(
            paths=tuple(row["paths"]),
            sound=row["sound"],
            at=int(passed["at"]) if same else 0,
            seconds=float(passed["seconds"]) if same else 0.0,
        )

    def forget(self) -> None:
        """It came to its end."""
        self._store.delete("row")

    def _last(self) -> dict[str, Any]:
        last: dict[str, Any] = self._store.get("row", {})
        return last
