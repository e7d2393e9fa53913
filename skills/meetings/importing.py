"""Recordings and transcripts into the archive; what was kept before is not heard again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from voice_assistant.audio.files import read_frames
from voice_assistant.audio.frames import FRAME_SECONDS
from voice_assistant.engines import Recognizer, VoiceDetector, VoiceEncoder
from voice_assistant.errors import VoiceAssistantError

from . import paper
from .archive import Archive
from .listening import Heard, Scribe, transcribe
from .meeting import Meeting, Segment, with_speaker
from .papers import write_papers
from .recorder import mend, recorded

TEXTS = frozenset({".vtt", ".srt", ".txt", ".md"})
"""Files that are transcripts already."""

READING = 0.4
"""Seconds that a word (in Chinese a character and a half) takes, where a transcript has no times."""

_TIMES = re.compile(r"(?:(\d+):)?(\d+):(\d+)[.,](\d+)\s*-->\s*(?:(\d+):)?(\d+):(\d+)[.,](\d+)")
_VOICE = re.compile(r"<v ([^>]+)>")
_STAMPED = re.compile(r"^\[(?:(\d+):)?(\d+):(\d+)\]\s*")


@dataclass(frozen=True, kw_only=True)
class Engines:
    """What loads the engines when a recording needs them."""

    recognizer: Callable[[], Recognizer]
    detector: Callable[[], VoiceDetector]
    encoder: Callable[[], VoiceEncoder | None] = lambda: None


class Importer:
    """Turns recordings and transcripts into segments on disk."""

    def __init__(self, archive: Archive, engines: Engines) -> None:
        self.engines = engines
        self._archive = archive

    def meeting_of(
        self, path: Path, day: date, *, title: str = "", hints: tuple[str, ...] = ()
    ) -> Meeting:
        """The meeting of a file: the one that was begun from it, or a new one."""
        path = path.expanduser().resolve()
        if not path.is_file():
            raise VoiceAssistantError(f"There is no file {path}.")
        begun = self._archive.of_source(str(path))
        return begun or self._archive.begin(title or path.stem, day, str(path), hints)

    def go_on(self, meeting: Meeting) -> Iterator[Meeting]:
        """A meeting as it is written down, a segment at a time; the last one is whole.

        Blocking. Stopped in the middle, the next run goes on where this one was.
        """
        if not meeting.done:
            with ExitStack() as engines:
                for heard in self._rest(meeting, engines):
                    meeting = self._archive.add(meeting, heard.segment, heard.voice)
                    yield meeting
            meeting = self._archive.finish(meeting, partial(_label, meeting.language))
        write_papers(self._archive, meeting)
        yield meeting

    def _rest(self, meeting: Meeting, engines: ExitStack) -> Iterator[Heard]:
        """The segments that are not kept yet."""
        path = self._archive.sound(meeting)
        if path is None:
            raise VoiceAssistantError(f"The recording of '{meeting.id}' is not there any more.")
        if path.suffix.lower() in TEXTS:
            return map(Heard, read_transcript(path)[len(meeting.segments) :])
        encoder = self.engines.encoder()
        scribe = Scribe(
            engines.enter_context(self.engines.recognizer()),
            engines.enter_context(encoder) if encoder else None,
            meeting.hints,
            number=len(meeting.segments) + 1,
        )
        skipped = round(meeting.seconds / FRAME_SECONDS)
        if not meeting.source:
            mend(path)
        frames = (
            islice(read_frames(path), skipped, None) if meeting.source else recorded(path, skipped)
        )
        detector = engines.enter_context(self.engines.detector())
        return transcribe(frames, detector, scribe, after=meeting.seconds)


def _label(language: str, number: int) -> str:
    """What a speaker without a name is called."""
    return f"{paper.headings(language)['speaker']}{number}"


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
