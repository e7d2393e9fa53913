"""Notes: one line each with its day, in one Markdown file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rapidfuzz import fuzz

from voice_assistant.folders import write_text

from .book import NOTES, STEM

HALF = 0.5
"""Share of what is searched that a note must have."""

_ALIKE = {"park": "car", "parked": "car", "park the car": "car"}
"""What somebody asks for -> what the note that answers speaks of."""

_EMPTY = frozenset(
    "a an the my our your this that it is are was were i we you put left park parked to in on at of "
    "for with about and car did do say said".split()
)
"""Words that tell little about which note is meant, where others were said too."""

_EMPTY_ZH = re.compile("[的了吗呢吧啊在是我把你那这个]")


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    day: date
    text: str
    line: str
    """As it stands in the file."""


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

    def remove(self, notes: Sequence[Note]) -> Callable[[], None]:
        """Throw notes away, for good when this returns. The result brings them back."""
        gone = {note.line for note in notes}
        before = {path: path.read_text("utf-8") for path in self._paths()}
        for path, text in before.items():
            kept = [line for line in text.splitlines() if line not in gone]
            write_text(path, "\n".join(kept) + "\n")

        def bring_back() -> None:
            for path, text in before.items():
                write_text(path, text)

        return bring_back

    def all(self) -> list[Note]:
        """Every note, oldest first."""
        lines = [
            line
            for path in self._paths()
            for line in path.read_text("utf-8").splitlines()
            if line.startswith("- ")
        ]
        return sorted(filter(None, map(_note, lines)), key=lambda note: note.line[:18])

    def find(self, about: str | None) -> list[Note]:
        """The notes about something (all without it): with those words, else with most of them;
        oldest first."""
        notes = self.all()
        if not about:
            return notes
        wanted = about.lower()
        if not any(wanted in note.text.lower() for note in notes):
            wanted = _ALIKE.get(wanted, wanted)
        exact = [note for note in notes if wanted in note.text.lower()]
        if exact:
            return exact
        shares = [(_share(wanted, note.text.lower()), note) for note in notes]
        best = max((share for share, _ in shares), default=0.0)
        return [note for share, note in shares if share == best >= HALF]

    def amend(self, note: Note, better: str) -> tuple[str, Callable[[], None]]:
        """The note with what is most like `better` in it exchanged for that: Friday for Thursday,
        one number for another. Its new text, and what takes the change back."""
        text = _amended(note.text, better)
        (path,) = (path for path in self._paths() if note.line in path.read_text("utf-8"))
        before = path.read_text("utf-8")
        write_text(path, before.replace(note.line, note.line.removesuffix(note.text) + text))
        return text, lambda: write_text(path, before)

    def _paths(self) -> list[Path]:
        return [path for name in NOTES if (path := self.folder / f"{name}.md").exists()]

    def _path(self, language: str) -> Path:
        existing = self._paths()
        return existing[0] if existing else self.folder / f"{NOTES[language == 'zh']}.md"


def _amended(text: str, better: str) -> str:
    gap = " " if text.isascii() else ""
    words, new = (list(each) if not gap else each.split() for each in (text, better))
    size = min(len(new), len(words))
    pieces = {at: gap.join(words[at : at + size]) for at in range(len(words) - size + 1)}
    at = max(pieces, key=lambda at: (fuzz.ratio(pieces[at], better), at))
    return gap.join([*words[:at], better, *words[at + size :]])


def _share(wanted: str, text: str) -> float:
    """How much of what is wanted a text has: of English its words, whatever their form, of Chinese
    its characters."""
    if not wanted.isascii():
        chars = set(_EMPTY_ZH.sub("", wanted))
        return len(chars & set(text)) / len(chars) if chars else 0.0
    words = wanted.replace("'s", "").split()
    telling = [word for word in words if word not in _EMPTY] or words
    said = {word[:STEM] for word in text.replace("'s", "").split()}
    return sum(word[:STEM] in said for word in telling) / len(telling)


def _note(line: str) -> Note | None:
    try:
        return Note(date.fromisoformat(line[2:12]), line[19:], line)
    except ValueError:
        return None
