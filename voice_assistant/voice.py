"""A reply's pieces become lines (one sentence each), lines become clips."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

import numpy as np
import soxr

from voice_assistant.audio.frames import Clip, Samples, silence
from voice_assistant.engines import Prosody, Synthesizer
from voice_assistant.sentences import Splitter
from voice_assistant.skill import Piece
from voice_assistant.spoken import spoken
from voice_assistant.workers import Worker

UNDER_DB = -20.0
"""How far below the voice the sounds under it are."""

NIGHT = Prosody(pace=0.93, gain=-9.0)
"""How it speaks in quiet hours: a little slower, and so softly that the next room sleeps on."""

FREQUENT = 48
"""Short lines whose clips are kept: "OK.", "Which city?" are said again and again."""
SHORT = 60
"""Characters of a line that is short."""

_HAN = re.compile(r"[㐀-鿿]")
_SCRIPTS = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.,&\- ]*[A-Za-zÀ-ɏ0-9]|[^A-Za-zÀ-ɏ]+|.")


async def lines(answer: str | AsyncIterator[str | Piece]) -> AsyncGenerator[Piece, None]:
    """One sentence a line, as soon as it is sure to be one. Consume it in `aclosing`."""
    if isinstance(answer, str):
        for sentence in _split(answer, early=True):
            yield Piece(text=sentence)
        return
    splitter, first = Splitter(), True
    try:
        async for item in answer:
            if isinstance(item, str):
                for sentence in splitter.feed(item):
                    yield Piece(text=sentence)
            else:
                for sentence in splitter.finish():
                    yield Piece(text=sentence)
                splitter = Splitter(early=False)
                for line in _of_piece(item, early=first):
                    yield line
            first = False
        for sentence in splitter.finish():
            yield Piece(text=sentence)
    finally:
        if (close := getattr(answer, "aclose", None)) is not None:
            await close()


def _split(text: str, *, early: bool) -> list[str]:
    splitter = Splitter(early=early)
    return [*splitter.feed(text), *splitter.finish()]


def _of_piece(piece: Piece, *, early: bool) -> Iterator[Piece]:
    """The sentences of a piece; what comes after the text belongs to the last of them."""
    *before, last = _split(piece.text, early=early) or [""]
    for sentence in before:
        yield replace(piece, text=sentence, sound=None, pause=0.0, mark=None)
    yield replace(piece, text=last)


class Voice:
    """All installed voices as one: the first that speaks a line's language speaks it."""

    def __init__(
        self,
        synthesizers: Sequence[Synthesizer],
        worker: Worker,
        *,
        pace: float = 1.0,
        quiet: Callable[[], bool] = lambda: False,
    ) -> None:
        """`quiet` tells whether these are quiet hours."""
        self.quiet = quiet
        self.synthesizers = synthesizers
        self.worker = worker
        self.pace = pace
        self._frequent: OrderedDict[tuple[str, str, Prosody], list[Clip]] = OrderedDict()

    async def clips(self, line: Piece, language: str) -> AsyncGenerator[Clip, None]:
        """The sound of a line, its effects and its pause. Consume it in `aclosing`."""
        language = line.language or language
        prosody = self._prosody(line)
        if line.text:
            async with aclosing(self._speak(line.text, language, prosody)) as clips:
                position = 0.0
                async for clip in clips:
                    yield _over(clip, line.under, position) if line.under else clip
                    position += clip.seconds
        if line.sound is not None:
            yield line.sound
        if line.pause:
            yield silence(line.pause)

    async def rehearse(self, texts: Iterable[str], language: str) -> None:
        """Make the sound of what will be said often before it is; the voice is warm then, too."""
        for text in texts:
            for line in _split(text, early=True):
                async with aclosing(self.clips(Piece(text=line), language)) as clips:
                    async for _ in clips:
                        pass

    async def make_ready(self, texts: Iterable[str], language: str) -> None:
        """Make the first words of what will probably be said soon."""
        await self.rehearse([_split(text, early=True)[0] for text in texts if text], language)

    def _prosody(self, line: Piece) -> Prosody:
        """How a line is spoken here and now."""
        own = replace(line.prosody, pace=line.prosody.pace * self.pace)
        if not self.quiet():
            return own
        return replace(own, pace=own.pace * NIGHT.pace, gain=own.gain + NIGHT.gain)

    async def _speak(
        self, text: str, language: str, prosody: Prosody
    ) -> AsyncGenerator[Clip, None]:
        key = (text, language, prosody)
        if key in self._frequent:
            self._frequent.move_to_end(key)
            for clip in self._frequent[key]:
                yield clip
            return
        made: list[Clip] = []
        for part, tongue in by_script(text, language):
            said = spoken(part, tongue)
            if not said.strip():
                continue
            clips = self._voice_for(tongue).synthesize(said, language=tongue, prosody=prosody)
            async with aclosing(self.worker.iterate(clips)) as stream:
                async for clip in stream:
                    made.append(replace(clip, text=text))
                    yield made[-1]
        if len(text) <= SHORT:
            self._frequent[key] = made
            while len(self._frequent) > FREQUENT:
                self._frequent.popitem(last=False)

    def _voice_for(self, language: str) -> Synthesizer:
        return next(
            (each for each in self.synthesizers if language in each.languages),
            self.synthesizers[-1],
        )


def by_script(text: str, language: str) -> list[tuple[str, str]]:
    """The text in runs of one script, each with the language that can speak it.

    Only Chinese inside another language and Latin letters inside Chinese are set apart.
    """
    if bool(_HAN.search(text)) == (language == "zh") and not (
        language == "zh" and re.search(r"[A-Za-z]{2}", text)
    ):
        return [(text, language)]
    runs: list[tuple[str, str]] = []
    for run in _SCRIPTS.findall(text):
        tongue = "zh" if _HAN.search(run) else "en" if re.search(r"[A-Za-z]{2}", run) else ""
        tongue = language if tongue == "en" and language != "zh" else tongue
        if runs and tongue in ("", runs[-1][1]):
            runs[-1] = (runs[-1][0] + run, runs[-1][1])
        else:
            runs.append((run, tongue or language))
    return runs


def _over(clip: Clip, under: Clip, position: float) -> Clip:
    """The clip with `under` beneath it, looped, from `position` seconds into it."""
    ground = under.samples if under.samples.ndim == 1 else under.samples.mean(axis=1)
    if under.rate != clip.rate:
        ground = soxr.resample(ground, under.rate, clip.rate)
    indices = (round(position * clip.rate) + np.arange(len(clip.samples))) % len(ground)
    quiet: Samples = (ground[indices] * 10 ** (UNDER_DB / 20)).astype(np.float32)
    voice = clip.samples if clip.samples.ndim == 1 else clip.samples.mean(axis=1)
    return replace(clip, samples=voice + quiet)
