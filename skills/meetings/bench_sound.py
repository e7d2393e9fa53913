"""The part of `bench meetings` that needs sound: who spoke, and how fast talk is written down."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

from voice_assistant import catalog as catalogs
from voice_assistant.audio.frames import RATE, Frame
from voice_assistant.bench import Row
from voice_assistant.catalog import Catalog
from voice_assistant.engines import Transcript

from .bench import scripts
from .composed import Composed, composed, error_of_labels
from .listening import Heard, Scribe, transcribe
from .meeting import Segment
from .voices import grouped

THREADS = 2

MEETINGS = 7
"""Of each language are made to sound: each is about a minute and a half long."""

_FAST = {"whisper-tiny-en": ">= 5", "whisper-base": ">= 2"}


def by_sound() -> Iterator[Row]:
    """Where espeak-ng and the models are installed."""
    catalog = catalogs.load()
    if shutil.which("espeak-ng") is None:
        return
    if catalog.installed("ge2e-voices"):
        for language in ("en", "zh"):
            wrong = speaker_errors(catalog, language)
            name = f"{language}: time with the wrong speaker"
            yield Row(name, 100 * sum(wrong) / len(wrong), "%", goal="< 15")
            yield Row(f"{name}, worst meeting", 100 * max(wrong), "%")
    talk = composed(scripts("en")[0].meeting.segments, "en")
    for model, goal in _FAST.items():
        if catalog.installed(model):
            wall, core = _speed(catalog, model, talk)
            yield Row(f"{model}: seconds of talk a second", wall, "", goal=goal)
            yield Row(f"{model}: seconds of talk a second of one core", core, "")


def speaker_errors(catalog: Catalog, language: str) -> list[float]:
    """The share of wrongly labelled time of each composed meeting."""
    from voice_assistant.engines.ge2e import Ge2e
    from voice_assistant.engines.silero import SileroDetector

    wrong = []
    with Ge2e(catalog.path("ge2e-voices")) as encoder:
        for script in scripts(language)[:MEETINGS]:
            made = composed(script.meeting.segments, language)
            with SileroDetector(catalog.path("silero-vad")) as detector:
                heard = list(transcribe(made.frames(), detector, Scribe(_Mumble(), encoder)))
            wrong.append(error_of_labels(made.turns, _labelled(heard)))
    return wrong


def _labelled(heard: list[Heard]) -> list[Segment]:
    voices = [each.voice for each in heard if each.voice is not None]
    numbers = grouped(voices, [each.segment.end - each.segment.start for each in heard])
    return [
        replace(each.segment, speaker=str(number))
        for each, number in zip(heard, numbers, strict=True)
    ]


def _speed(catalog: Catalog, model: str, talk: Composed) -> tuple[float, float]:
    """By the clock, and by the processor's time, which other work on the machine does not change."""
    from voice_assistant.engines.silero import SileroDetector
    from voice_assistant.engines.whisper import WhisperRecognizer

    path = catalog.path(model)
    with (
        WhisperRecognizer(path, threads=THREADS) as recognizer,
        SileroDetector(catalog.path("silero-vad")) as detector,
    ):
        began, worked = time.perf_counter(), time.process_time()
        list(transcribe(talk.frames(), detector, Scribe(recognizer)))
        seconds = len(talk.samples) / RATE
        wall, core = time.perf_counter() - began, time.process_time() - worked
        return seconds / wall, seconds / core


class _Mumble:
    """A recogniser that hears words everywhere: here it only matters who says them."""

    languages: tuple[str, ...] = ("en",)
    sharpness = 1.0

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Self:
        return self

    def feed(self, frame: Frame) -> None:
        return None

    def finish(self) -> Transcript:
        return Transcript(text="Mumble.", language="en")

    def weigh(self, texts: Sequence[str], less: float = 0.0) -> Transcript:
        return self.finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to free."""
