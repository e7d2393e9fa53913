"""Meetings on disk: a folder each, readable by hand, whole after a power cut.

2026-11-25 Launch/
    meeting.json        what it is
    recording.wav       where it was recorded here, until the minutes are confirmed
    segments.jsonl      what was said, a segment a line, synced line by line
    findings.json       what a language model found in it
    voices.f32          what each segment's voice is like, only while it is transcribed
    minutes.md ...      made from these, and made again when these change
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np

from voice_assistant.errors import StoreError, VoiceAssistantError
from voice_assistant.folders import file_name, write_text

from .findings import Findings
from .meeting import Meeting, Segment
from .voices import Vector, grouped

HEADER, SEGMENTS, SOUND, VOICES = "meeting.json", "segments.jsonl", "recording.wav", "voices.f32"
FINDINGS = "findings.json"
_FIELDS = ("number", "title", "day", "source", "done", "hints", "marks", "names")


class Archive:
    """All meetings of a household."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """The names of all meetings, the latest last."""
        if not self.folder.is_dir():
            return []
        headers = sorted(self.folder.glob(f"*/{HEADER}"), key=_order)
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
            for key in ("hints", "marks"):
                header[key] = tuple(header.get(key, ()))
            names = header.get("names", {})
            segments = tuple(_named(each, names) for each in _segments(folder / SEGMENTS))
            findings = _findings(folder / FINDINGS)
            return Meeting(id=name, segments=segments, findings=findings, **header)
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

    def begin(self, title: str, day: date, source: str = "", hints: Sequence[str] = ()) -> Meeting:
        """A new, empty meeting; it is on disk when this returns."""
        try:
            name = plain = file_name(f"{day.isoformat()} {title}")
        except ValueError as error:
            raise VoiceAssistantError(f"'{title}' cannot be the title of a meeting.") from error
        taken, count = set(self.ids()), 2
        while name in taken:
            name, count = f"{plain} ({count})", count + 1
        meeting = Meeting(
            id=name,
            title=title,
            day=day.isoformat(),
            source=source,
            done=False,
            number=1 + max((_number(each) for each in self.folder.glob(f"*/{HEADER}")), default=0),
            hints=tuple(hints),
        )
        return self.keep(meeting)

    def keep(self, meeting: Meeting) -> Meeting:
        """Keep what a meeting is, without its segments; it is on disk when this returns."""
        header = {key: getattr(meeting, key) for key in _FIELDS}
        self.write(meeting, HEADER, json.dumps(header, ensure_ascii=False, indent=1) + "\n")
        return meeting

    def add(self, meeting: Meeting, segment: Segment, voice: Vector | None = None) -> Meeting:
        """Keep one more segment; it is on disk when this returns."""
        folder = self.folder / meeting.id
        try:
            if voice is not None:
                _write_voice(folder / VOICES, segment.id, voice)
            _append(folder / SEGMENTS, json.dumps(asdict(segment), ensure_ascii=False))
        except OSError as error:
            raise StoreError(f"The meeting cannot be kept ({error.strerror}).") from error
        return replace(meeting, segments=(*meeting.segments, segment))

    def finish(self, meeting: Meeting, label: Callable[[int], str]) -> Meeting:
        """All of it was transcribed: speakers that can be told apart get a `label(number)`, and
        what their voices are like is forgotten."""
        folder = self.folder / meeting.id
        if (voices := _read_voices(folder / VOICES, len(meeting.segments))) is not None:
            numbers = grouped(voices, [each.end - each.start for each in meeting.segments])
            segments = tuple(
                each if each.speaker else replace(each, speaker=label(number + 1))
                for each, number in zip(meeting.segments, numbers, strict=True)
            )
            lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in segments)
            write_text(folder / SEGMENTS, "".join(lines))
            meeting = replace(meeting, segments=segments)
        meeting = self.keep(replace(meeting, done=True))
        (folder / VOICES).unlink(missing_ok=True)
        return meeting

    def rename(self, meeting: Meeting, speaker: str, name: str) -> Meeting:
        """Call a speaker by a name from now on."""
        labels = {shown: label for label, shown in meeting.names.items()}
        names = {**meeting.names, labels.get(speaker, speaker): name}
        self.keep(replace(meeting, names=names))
        return self.load(meeting.id)

    def found(self, meeting: Meeting, findings: Findings) -> Meeting:
        """Keep what a language model found."""
        self.write(meeting, FINDINGS, json.dumps(findings.record(), ensure_ascii=False) + "\n")
        return replace(meeting, findings=findings)

    def sound(self, meeting: Meeting) -> Path | None:
        """The recording, where there is one still: ours, or the file that was brought in."""
        ours = self.folder / meeting.id / SOUND
        path = Path(meeting.source) if meeting.source else ours
        return path if path.is_file() else None

    def forget_sound(self, meeting: Meeting) -> bool:
        """Delete our own recording; whether there was one."""
        path = self.folder / meeting.id / SOUND
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def write(self, meeting: Meeting, name: str, content: str | bytes) -> Path:
        """Keep a file made from the meeting."""
        path = self.folder / meeting.id / file_name(name)
        if isinstance(content, str):
            write_text(path, content)
            return path
        try:
            path.write_bytes(content)
        except OSError as error:
            raise StoreError(f"{path.name} cannot be written ({error.strerror}).") from error
        return path

    def delete(self, meeting: Meeting) -> None:
        """Remove everything there is of a meeting."""
        try:
            shutil.rmtree(self.folder / meeting.id)
        except OSError as error:
            raise StoreError(f"'{meeting.id}' cannot be deleted ({error.strerror}).") from error


def _order(header: Path) -> tuple[str, int]:
    """The day of a meeting, and which it is of all that were begun."""
    return header.parent.name[:10], _number(header)


def _number(header: Path) -> int:
    try:
        return int(json.loads(header.read_text("utf-8")).get("number", 0))
    except (OSError, ValueError):
        return 0


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


def _findings(path: Path) -> Findings:
    try:
        return Findings.of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return Findings()  # it can be read again


def _named(segment: Segment, names: Mapping[str, str]) -> Segment:
    """A segment whose speaker goes by the name that the user gave."""
    return replace(segment, speaker=names.get(segment.speaker, segment.speaker))


def _append(path: Path, line: str) -> None:
    """Add a line and sync it; half a line, left by a power cut, is closed first."""
    text = line + "\n"
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                text = "\n" + text
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _write_voice(path: Path, number: int, voice: Vector) -> None:
    """Put a voice at the place of its segment, wherever an interrupted run left off."""
    data = voice.astype("<f4").tobytes()
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek((number - 1) * len(data))
        file.write(data)


def _read_voices(path: Path, count: int) -> list[Vector] | None:
    """The voices of `count` segments; None where not all are known."""
    if not count or not path.exists():
        return None
    rows = np.fromfile(path, "<f4")
    if len(rows) < count or len(rows) % count:
        return None
    return list(rows.reshape(count, -1))
