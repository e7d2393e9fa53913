"""Sound in, segments out: cut at pauses and where the voice changes, one recognition each. Memory
holds one stretch of speech."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, RATE, Frame
from voice_assistant.engines import Recognizer, VoiceDetector, VoiceEncoder

from .meeting import Segment
from .terms import repaired
from .voices import Vector, turns

SPEECH, QUIET = 0.5, 0.35
"""Silero's usual pair: speech begins above the first, ends below the second."""

PAUSE = 0.7
"""Seconds of quiet that end a segment: longer than a breath, shorter than a change of speaker."""

LONG = 15.0
"""Seconds after which the first short pause will do."""

SHORT_PAUSE = 0.2

LONGEST = 28.0
"""Seconds after which a segment is cut wherever it is: Whisper hears 30 at a time."""

SHORTEST = 0.3
"""Seconds of speech; less is a cough."""

BEFORE = 12
"""Frames kept from before speech is noticed, so that no first consonant is lost."""


@dataclass(slots=True)
class Span:
    """Speech between two pauses."""

    first: int
    """Number of its first frame in the recording."""
    frames: list[Frame] = field(default_factory=list)
    spoken: int = 0
    """Frames of speech in it."""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.frames) * FRAME_SECONDS


class Cutter:
    """Cuts speech out of frames that come one at a time; `number` is that of the next frame."""

    def __init__(self, detector: VoiceDetector, number: int = 0) -> None:
        self.number = number
        self._detector = detector
        self._before: deque[Frame] = deque(maxlen=BEFORE)
        self._span: Span | None = None
        self._quiet = 0
        detector.reset()

    def feed(self, frame: Frame) -> Span | None:
        """Take a frame; the stretch of speech that it ends, if it ends one."""
        speech = self._detector.feed(frame)
        self.number += 1
        if self._span is None:
            self._begin(frame, speech)
            return None
        span = self._span
        span.frames.append(frame)
        self._quiet = 0 if speech >= QUIET else self._quiet + 1
        span.spoken += not self._quiet
        pause = SHORT_PAUSE if span.seconds >= LONG else PAUSE
        if self._quiet * FRAME_SECONDS >= pause or span.seconds >= LONGEST:
            return self.finish()
        return None

    def finish(self) -> Span | None:
        """End what is being cut out; what was too short for words is none."""
        span, self._span = self._span, None
        self._before.clear()
        return span if span and span.spoken * FRAME_SECONDS >= SHORTEST else None

    def _begin(self, frame: Frame, speech: float) -> None:
        self._before.append(frame)
        if speech >= SPEECH:
            first = self.number - len(self._before)
            self._span, self._quiet = Span(first, list(self._before), 1), 0


def spans(frames: Iterable[Frame], detector: VoiceDetector, first: int = 0) -> Iterator[Span]:
    """The speech of a recording whose frames are counted from `first`."""
    cutter = Cutter(detector, first)
    for frame in frames:
        if span := cutter.feed(frame):
            yield span
    if span := cutter.finish():
        yield span


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment and, where voices can be told apart, whose it is like."""

    segment: Segment
    voice: Vector | None = None


@dataclass(slots=True)
class Scribe:
    """Writes down stretches of speech, numbering the segments from `number`."""

    recognizer: Recognizer
    encoder: VoiceEncoder | None = None
    hints: tuple[str, ...] = ()
    number: int = 1

    def write(self, span: Span) -> Iterator[Heard]:
        """The segments of a stretch of speech."""
        for first, frames, voice in self._parts(span):
            recognition = self.recognizer.start(self.hints)
            for frame in frames:
                recognition.feed(frame)
            text = repaired(recognition.finish().text.strip(), self.hints)
            if text:
                start = first * FRAME_SECONDS
                end = start + len(frames) * FRAME_SECONDS
                segment = Segment(
                    id=self.number, start=round(start, 2), end=round(end, 2), text=text
                )
                self.number += 1
                yield Heard(segment, voice)

    def _parts(self, span: Span) -> Iterator[tuple[int, list[Frame], Vector | None]]:
        if self.encoder is None:
            yield span.first, span.frames, None
            return
        for turn in turns(np.concatenate(span.frames), self.encoder):
            first, last = turn.start // FRAME, turn.end // FRAME
            yield span.first + first, span.frames[first:last], turn.voice


def transcribe(
    frames: Iterable[Frame], detector: VoiceDetector, scribe: Scribe, *, after: float = 0.0
) -> Iterator[Heard]:
    """The segments of frames that begin `after` seconds into the recording."""
    first = round(after * RATE / FRAME)
    for span in spans(frames, detector, first):
        yield from scribe.write(span)
