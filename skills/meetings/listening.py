"""A recording in, segments out: cut at pauses, one recognition each. Memory holds one segment."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from voice_assistant.audio.files import read_frames
from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.engines import Recognizer, VoiceDetector

from .meeting import Segment

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


def spans(frames: Iterable[Frame], detector: VoiceDetector, first: int = 0) -> Iterator[Span]:
    """The speech of a recording whose frames are counted from `first`."""
    before: deque[Frame] = deque(maxlen=BEFORE)
    span: Span | None = None
    quiet = 0
    for number, frame in enumerate(frames, first):
        speech = detector.feed(frame)
        if span is None:
            before.append(frame)
            if speech >= SPEECH:
                span = Span(number - len(before) + 1, list(before), 1)
                quiet = 0
            continue
        span.frames.append(frame)
        quiet = 0 if speech >= QUIET else quiet + 1
        span.spoken += not quiet
        pause = SHORT_PAUSE if span.seconds >= LONG else PAUSE
        if quiet * FRAME_SECONDS >= pause or span.seconds >= LONGEST:
            if span.spoken * FRAME_SECONDS >= SHORTEST:
                yield span
            span = None
            before.clear()
    if span is not None and span.spoken * FRAME_SECONDS >= SHORTEST:
        yield span


def transcribe(
    path: Path,
    detector: VoiceDetector,
    recognizer: Recognizer,
    *,
    after: float = 0.0,
    number: int = 1,
    hints: tuple[str, ...] = (),
) -> Iterator[Segment]:
    """The segments of a recording from `after` seconds on, numbered from `number`."""
    skipped = round(after / FRAME_SECONDS)
    detector.reset()
    for span in spans(islice(read_frames(path), skipped, None), detector, skipped):
        recognition = recognizer.start(hints)
        for frame in span.frames:
            recognition.feed(frame)
        text = recognition.finish().text.strip()
        if text:
            start = span.first * FRAME_SECONDS
            end = start + span.seconds
            yield Segment(id=number, start=round(start, 2), end=round(end, 2), text=text)
            number += 1
