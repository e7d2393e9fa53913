"""Recognition by Whisper, in the multilingual and the English-only form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np

from voice_assistant.audio.frames import RATE, Frame, Samples
from voice_assistant.engines import NEARLY, Transcript
from voice_assistant.engines.ghosts import is_ghost, is_noise
from voice_assistant.engines.hints import Hints
from voice_assistant.engines.readings import Reading, apart, distinct
from voice_assistant.engines.whisper_model import Encoding, WhisperModel

UNSURE = -0.9
"""Below this mean log-probability of a token a second look, with a longer tail of silence, is worth
its time. Of six commands in loud noise it righted two; padded to 30 seconds, at four times the cost,
one."""

BOUND = 3
"""Readings in hinted words that are worth scoring."""

WEIGHED = 8
"""Suggested texts that are compared with the sound: 16 ms of one core each, of the base model."""

LEAST_FIT = -11.0
"""Log-probability that a text must have in sound that was held to be noise, and each of its tokens in
any. A hardly audible "alexa", one token, has -10.8 and more; where nobody speaks it has -11.5 and
less, in sneezes and other people's words -12 and less."""

TINY_WIDTH = 384
"""That of Whisper tiny's encodings. Of the same hardly audible recordings the log-probabilities lie
1.3 to 1.9 times as far apart in base, which is 1.33 times as wide."""

ALTERNATIVES = 8
"""Readings handed on beside the best."""


class WhisperRecognizer:
    """A loaded Whisper model. `folder` holds a CTranslate2 conversion."""

    def __init__(
        self,
        folder: Path,
        *,
        languages: Sequence[str] = ("en", "zh"),
        threads: int = 2,
        padded: bool = False,
    ) -> None:
        self.model = WhisperModel(folder, threads)
        self.languages = tuple(languages) if self.model.multilingual else ("en",)
        self.sharpness = self.model.width / TINY_WIDTH
        self._padded = padded
        self._hints = Hints((), self.model.tokens)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.model.close()

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> WhisperRecognition:
        """A new utterance, in `language` or else in the likeliest of `languages`. A number in a
        hint stands for any number."""
        if self._hints.phrases != tuple(hints):
            self._hints = Hints(tuple(hints), self.model.tokens)
        return WhisperRecognition(self, self._hints, (language,) if language else self.languages)

    def hear(
        self, samples: Samples, hints: Hints, languages: Sequence[str]
    ) -> tuple[Transcript, Encoding, str]:
        """What is said, in one of some languages, in at most 30 seconds of sound; that sound as the
        model sees it; and what was read in it, be it held for noise."""
        encoding = self.model.encode(samples, padded=self._padded)
        language = self.model.likeliest_language(encoding, languages)
        seconds = len(samples) / RATE
        readings, no_speech = self.model.read(encoding, seconds, language)
        nothing = Transcript(text="", language=language, confidence=0.0)
        asked = tuple(languages) != self.languages  # for this one: a poor accent is no noise
        if not asked and is_noise(readings[0], no_speech):
            return nothing, encoding, readings[0].text
        if readings[0].mean < UNSURE and not self._padded:
            longer = self.model.encode(samples, careful=True)
            others, _ = self.model.read(longer, seconds, language)
            if others[0].mean > readings[0].mean:
                encoding, readings = longer, distinct([*others, *readings])
        ghost = is_ghost(readings[0], no_speech)
        if hints.phrases and readings[0].text not in hints:
            readings = self._helped(samples, encoding, language, readings, hints)
        ghost = ghost or is_ghost(readings[0], no_speech)
        if ghost and not asked and readings[0].text not in hints:
            return nothing, encoding, readings[0].text
        text = readings[0].text
        tried = (apart(text), *(reading.text for reading in readings[1 : 1 + ALTERNATIVES]))
        transcript = Transcript(
            text=text,
            language=language,
            alternatives=tuple(other for other in tried if other != text),
            confidence=float(np.exp(readings[0].mean)),
        )
        return transcript, encoding, transcript.text

    def _helped(
        self,
        samples: Samples,
        encoding: Encoding,
        language: str,
        readings: Sequence[Reading],
        hints: Hints,
    ) -> list[Reading]:
        """The readings together with those that the hints suggest, all scored by the sound."""
        seconds = len(samples) / RATE
        bound, _ = self.model.read(encoding, seconds, language, without=hints.other_tokens)
        tried = distinct([*bound[:BOUND], *hints.nearest(readings[0].text)])
        best, *tried = self.model.score(encoding, seconds, language, [readings[0], *tried])
        return hints.choose([best, *readings[1:]], tried)


class WhisperRecognition:
    """One utterance: its frames are kept, and decoded together at the end."""

    def __init__(
        self, recognizer: WhisperRecognizer, hints: Hints, languages: Sequence[str]
    ) -> None:
        self._recognizer = recognizer
        self._hints = hints
        self._languages = languages
        self._frames: list[Frame] = []
        self._heard = Transcript(text="", language=languages[0], confidence=0.0)
        self._encoding: Encoding | None = None
        self._read = ""

    def feed(self, frame: Frame) -> str | None:
        """Take a frame. Whisper has no partial texts."""
        self._frames.append(frame)
        return None

    def finish(self) -> Transcript:
        """The whole utterance so far."""
        sound = np.concatenate([np.zeros(0, np.int16), *self._frames])
        if not len(sound):
            return self._heard
        samples = sound.astype(np.float32) / np.float32(32768)
        hear = self._recognizer.hear
        self._heard, self._encoding, self._read = hear(samples, self._hints, self._languages)
        return self._heard

    def weigh(self, texts: Sequence[str], less: float = NEARLY) -> Transcript:
        """What was heard, or the one of some texts that fits the sound nearly as well."""
        heard, tokens = self._heard, self._recognizer.model.tokens
        if self._encoding is None or not self._read or not texts:
            return heard
        blank = "" if heard.language == "zh" else " "
        tried = [self._read, *texts[:WEIGHED]]
        encoded = [tokens.encode(blank + text, add_special_tokens=False).ids for text in tried]
        seconds = sum(map(len, self._frames)) / RATE
        first, *fits = self._recognizer.model.fit(self._encoding, seconds, heard.language, encoded)
        best = max(range(len(fits)), key=fits.__getitem__)
        floor = LEAST_FIT * (len(encoded[1 + best]) if heard.text else 1)
        if fits[best] < max(first - less, floor):
            return heard
        others = (heard.text, *heard.alternatives)
        return replace(
            heard,
            text=texts[best],
            alternatives=tuple(other for other in others if other != texts[best]),
        )
