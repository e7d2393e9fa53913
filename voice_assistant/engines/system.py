"""The system's own voices, in every language it has, without a model to fetch.

espeak-ng where its program is installed, as on every Linux that `./start` set up. Elsewhere
pyttsx3, which drives the voices of macOS and Windows, as a renderer: it writes a file, and our
player plays it. (On Linux pyttsx3 would run the same
espeak-ng, but inside this process, and a change of pace sometimes comes a sentence late.)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, Self

import numpy as np

from voice_assistant.audio.frames import Clip, Samples
from voice_assistant.engines import Prosody
from voice_assistant.engines.espeak import RATE, Espeak
from voice_assistant.engines.prosody import shape, slowdown

LOUDNESS = 0.0
"""dB that bring espeak-ng to the loudness of Piper's voices."""


ESPEAK_VOICES = {"en": "en-us"}
"""Where espeak-ng's voice is not called like the language."""


class Renderer(Protocol):
    """Makes samples of text."""

    def render(self, text: str, language: str, pace: float) -> tuple[Samples, int]:
        """The sound of `text` and its samples a second."""
        ...


class EspeakRenderer:
    """espeak-ng, a program of its own."""

    def __init__(self) -> None:
        self._espeak = Espeak()

    def render(self, text: str, language: str, pace: float) -> tuple[Samples, int]:
        """The sound of `text`; Mandarin by way of pinyin."""
        if language == "zh":
            from voice_assistant.engines.mandarin import PACE, VOICE, pinyin

            return self._espeak.speak(pinyin(text), VOICE, pace=pace * PACE), RATE
        voice = ESPEAK_VOICES.get(language, language)
        return self._espeak.speak(text, voice, pace=pace), RATE


class Pyttsx3Renderer:
    """pyttsx3, which writes a file for us to read."""

    def __init__(self) -> None:
        import pyttsx3  # type: ignore[import-untyped]

        self._engine = pyttsx3.init()
        self._usual = self._engine.getProperty("rate")

    def render(self, text: str, language: str, pace: float) -> tuple[Samples, int]:
        """The sound of `text` in the system's first voice of the language."""
        from voice_assistant.audio.files import read_samples

        voice = self._voice(language)
        if voice is not None:
            self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", round(self._usual * pace))
        with TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            pcm = read_samples(path, RATE)
        return (pcm / 32_768).astype(np.float32), RATE

    def _voice(self, language: str) -> str | None:
        """The voice whose language tag is the plainest: en before en-029."""
        tags = {
            _tag(raw): str(voice.id)
            for voice in self._engine.getProperty("voices")
            for raw in voice.languages or ()
        }
        fitting = [tag for tag in tags if tag.replace("_", "-").split("-")[0] == language]
        return tags[min(fitting, key=len)] if fitting else None


def _tag(raw: str | bytes) -> str:
    """The language of a voice; espeak-ng puts a byte of priority before it."""
    text = raw.decode(errors="ignore") if isinstance(raw, bytes) else raw
    return text.lstrip("\x05").lower()


class SystemVoice:
    """A voice for whatever language has none of its own."""

    languages: tuple[str, ...] = ()

    def __init__(self, renderer: Renderer | None = None) -> None:
        self._renderer = renderer or _best_renderer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        del self._renderer

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        """The whole sentence: these voices take hundredths of a second for it."""
        samples, rate = self._renderer.render(text, language, 1 / slowdown(prosody))
        yield Clip(shape(samples, rate, prosody, LOUDNESS), rate, text)


def _best_renderer() -> Renderer:
    return EspeakRenderer() if sys.platform == "linux" else Pyttsx3Renderer()
