"""Meetings on disk: a folder each, readable by hand, whole after a power cut.

2026-11-25 Launch/
    meeting.json        what it is
    segments.jsonl      what was said, a segment a line, synced line by line
    minutes.md ...      made from these, and made again when these change
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from voice_assistant.errors import StoreError, VoiceAssistantError
from voice_assistant.folders import file_name, write_text

from .meeting import Meeting, Segment

HEADER, SEGMENTS = "meeting.json", "segments.jsonl"


class Archive:
    """All meetings of a household."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """The names of all meetings, the latest last."""
        if not self.folder.is_dir():
            return []
        headers = sorted(self.folder.glob(f"*/{HEADER}"), key=_age)
        return [path.parent.name for path in headers]

    def all(self) -> Iterator[Meeting]:
        """Every meeting, the latest first."""
        for name in reversed(self.ids()):
            yield self.load(name)

    def load(self, name: str) -> Meeting:
        """The meeting with an id that `ids` gave."""
        folder = self.folder / name
        try:
            header = json.loads((folder / HEADER).read_text("utf-8"))
            return Meeting(id=name, segments=tuple(_segments(folder / SEGMENTS)), **header)
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"The meeting '{name}' cannot be read: {error}.") from error

    def find(self, words: str = "") -> Meeting | None:
        """The latest meeting whose name has `words` in it; without words the latest."""
        sought = words.casefold().strip()
        for name in reversed(self.ids()):
            if sought in name.casefold():
                return self.load(name)
        return None

    def of_source(self, source: str) -> Meeting | None:
        """The meeting that was made from a file before."""
        return next((each for each in self.all() if each.source == source), None)

    def begin(self, title: str, day: date, source: str = "") -> Meeting:
        """A new, empty meeting; it is on disk when this returns."""
        try:
            name = plain = file_name(f"{day.isoformat()} {title}")
        except ValueError as error:
            raise VoiceAssistantError(f"'{title}' cannot be the title of a meeting.") from error
        taken, count = set(self.ids()), 2
        while name in taken:
            name, count = f"{plain} ({count})", count + 1
        meeting = Meeting(id=name, title=title, day=day.isoformat(), source=source, done=False)
        self._write_header(meeting)
        return meeting

    def add(self, meeting: Meeting, segment: Segment) -> Meeting:
        """Keep one more segment; it is on disk when this returns."""
        line = json.dumps(asdict(segment), ensure_ascii=False) + "\n"
        try:
            with (self.folder / meeting.id / SEGMENTS).open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    if file.read(1) != b"\n":
                        line = "\n" + line  # half a line, left by a power cut, is not read
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(f"The meeting cannot be kept ({error.strerror}).") from error
        return replace(meeting, segments=(*meeting.segments, segment))

    def finish(self, meeting: Meeting) -> Meeting:
        """All of the source was transcribed."""
        meeting = replace(meeting, done=True)
        self._write_header(meeting)
        return meeting

    def write(self, meeting: Meeting, name: str, text: str) -> Path:
        """Keep a file made from the meeting."""
        path = self.folder / meeting.id / file_name(name)
        write_text(path, text)
        return path

    def delete(self, meeting: Meeting) -> None:
        """Remove everything there is of a meeting."""
        try:
            shutil.rmtree(self.folder / meeting.id)
        except OSError as error:
            raise StoreError(f"'{meeting.id}' cannot be deleted ({error.strerror}).") from error

    def _write_header(self, meeting: Meeting) -> None:
        header = {key: getattr(meeting, key) for key in ("title", "day", "source", "done")}
        self.write(meeting, HEADER, json.dumps(header, ensure_ascii=False, indent=1) + "\n")


def _age(header: Path) -> tuple[str, int]:
    """The day of a meeting, and which of the day's was brought in first."""
    return header.parent.name[:10], header.stat().st_mtime_ns


def _segments(path: Path) -> Iterator[Segment]:
    """The segments of a file, without a last one that a power cut left half."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield Segment(**json.loads(line))
            except (ValueError, TypeError):
                continue
