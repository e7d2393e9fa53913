"""Recordings and transcripts into the archive; what was kept before is not heard again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from voice_assistant.engines import Recognizer, VoiceDetector
from voice_assistant.errors import VoiceAssistantError

from . import paper
from .archive import Archive
from .listening import transcribe
from .meeting import Meeting, Segment, with_speaker
from .minutes import minutes

TEXTS = frozenset({".vtt", ".srt", ".txt", ".md"})
"""Files that are transcripts already."""

READING = 0.4
"""Seconds that a word (in Chinese a character and a half) takes, where a transcript has no times."""

_TIMES = re.compile(r"(?:(\d+):)?(\d+):(\d+)[.,](\d+)\s*-->\s*(?:(\d+):)?(\d+):(\d+)[.,](\d+)")
_VOICE = re.compile(r"<v ([^>]+)>")
_STAMPED = re.compile(r"^\[(?:(\d+):)?(\d+):(\d+)\]\s*")


class Importer:
    """Brings files in. `recognizer` and `detector` load the engines when a recording needs them."""

    def __init__(
        self,
        archive: Archive,
        recognizer: Callable[[], Recognizer],
        detector: Callable[[], VoiceDetector],
    ) -> None:
        self._archive = archive
        self._recognizer = recognizer
        self._detector = detector

    def run(
        self, path: Path, day: date, *, title: str = "", hints: tuple[str, ...] = ()
    ) -> Iterator[Meeting]:
        """The meeting of a file as it grows, a segment at a time; the last one is whole.

        Blocking. Stopped in the middle, the next run goes on where this one was.
        """
        path = path.expanduser().resolve()
        if not path.is_file():
            raise VoiceAssistantError(f"There is no file {path}.")
        meeting = self._archive.of_source(str(path))
        if meeting is None:
            meeting = self._archive.begin(title or path.stem, day, str(path))
        if not meeting.done:
            with ExitStack() as engines:
                for segment in self._rest(path, meeting, hints, engines):
                    meeting = self._archive.add(meeting, segment)
                    yield meeting
            meeting = self._archive.finish(meeting)
        write_papers(self._archive, meeting)
        yield meeting

    def _rest(
        self, path: Path, meeting: Meeting, hints: tuple[str, ...], engines: ExitStack
    ) -> Iterator[Segment]:
        """The segments that are not kept yet."""
        if path.suffix.lower() in TEXTS:
            return iter(read_transcript(path)[len(meeting.segments) :])
        return transcribe(
            path,
            engines.enter_context(self._detector()),
            engines.enter_context(self._recognizer()),
            after=meeting.seconds,
            number=len(meeting.segments) + 1,
            hints=hints,
        )


def write_papers(archive: Archive, meeting: Meeting) -> None:
    """Everything that is made from a meeting's segments."""
    made = minutes(meeting)
    archive.write(meeting, "minutes.md", paper.markdown(made))
    archive.write(meeting, "minutes.html", paper.page(made))
    archive.write(meeting, "minutes.json", paper.plain(paper.record(made)))
    archive.write(meeting, "transcript.vtt", paper.webvtt(meeting))
    archive.write(meeting, "transcript.md", paper.transcript(meeting))
    archive.write(meeting, "transcript.json", paper.plain(paper.spoken(meeting)))


def read_transcript(path: Path) -> list[Segment]:
    """The segments of a transcript: WebVTT or SRT, or text with a line ("Anna: ...") each."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VoiceAssistantError(f"{path} cannot be read as text: {error}.") from error
    read = _captions(lines) if path.suffix.lower() in {".vtt", ".srt"} else _plain(lines)
    return [replace(with_speaker(each), id=number) for number, each in enumerate(read, 1)]


def _captions(lines: list[str]) -> Iterator[Segment]:
    at = 0
    while at < len(lines):
        times = _TIMES.search(lines[at])
        at += 1
        if not times:
            continue
        words = []
        while at < len(lines) and lines[at].strip():
            words.append(lines[at].strip())
            at += 1
        text = " ".join(words)
        voice = _VOICE.search(text)
        yield Segment(
            id=0,
            start=_seconds(times[1], times[2], f"{times[3]}.{times[4]}"),
            end=_seconds(times[5], times[6], f"{times[7]}.{times[8]}"),
            text=re.sub(r"<[^>]+>", "", text).replace("&amp;", "&").replace("&lt;", "<"),
            speaker=voice[1] if voice else "",
        )


def _plain(lines: list[str]) -> Iterator[Segment]:
    clock = 0.0
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if stamped := _STAMPED.match(text):
            clock, text = _seconds(stamped[1], stamped[2], stamped[3]), text[stamped.end() :]
        units = len(re.findall(r"[一-鿿]", text)) / 1.5 + len(re.findall(r"[A-Za-z']+|\d+", text))
        end = clock + max(1.0, units * READING)
        yield Segment(id=0, start=round(clock, 2), end=round(end, 2), text=text)
        clock = end


def _seconds(hour: str | None, minute: str, second: str) -> float:
    return int(hour or 0) * 3600 + int(minute) * 60 + float(second)
