"""Notes: one line each with its day, in one Markdown file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rapidfuzz import fuzz

from voice_assistant.folders import write_text

from .book import NOTES

ALIKE = 70
"""How alike (rapidfuzz, 0 to 100) a note must be to what is searched."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    day: date
    text: str


class Notes:
    """The notes in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, text: str, now: datetime, language: str) -> Callable[[], None]:
        """Keep a note; it is on disk when this returns. The result takes it back."""
        path = self._path(language)
        before = path.read_text("utf-8") if path.exists() else f"# {path.stem}\n\n"
        write_text(path, f"{before}- {now:%Y-%m-%d %H:%M} {text}\n")
        return lambda: write_text(path, before)

    def all(self) -> list[Note]:
        """Every note, oldest first."""
        lines = [
            line
            for name in NOTES
            if (path := self.folder / f"{name}.md").exists()
            for line in path.read_text("utf-8").splitlines()
            if line.startswith("- ")
        ]
        return sorted(filter(None, map(_note, lines)), key=lambda note: note.day)

    def find(self, about: str | None) -> list[Note]:
        """The notes about something (all without it), oldest first."""
        if not about:
            return self.all()
        wanted = about.lower()
        notes = self.all()
        return [note for note in notes if wanted in note.text.lower()] or [
            note for note in notes if fuzz.partial_ratio(wanted, note.text.lower()) > ALIKE
        ]

    def _path(self, language: str) -> Path:
        existing = [name for name in NOTES if (self.folder / f"{name}.md").exists()]
        name = existing[0] if existing else NOTES[language == "zh"]
        return self.folder / f"{name}.md"


def _note(line: str) -> Note | None:
    try:
        return Note(date.fromisoformat(line[2:12]), line[19:])
    except ValueError:
        return None
