"""Recognition by Vosk (Kaldi): streams partial texts while the person speaks."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from voice_assistant.audio.frames import RATE, Frame
from voice_assistant.engines import NEARLY, Transcript
from voice_assistant.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from vosk import KaldiRecognizer

ALTERNATIVES = 5
"""Readings asked of the lattice."""


class VoskRecognizer:
    """A loaded Vosk model of one language."""

    def __init__(self, folder: Path, *, language: str) -> None:
        if not (folder / "am" / "final.mdl").is_file():
            raise ModelMissing(folder.name)
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk = vosk
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:  # vosk raises Exception itself
            raise ModelError(
                f"The recogniser in {folder} is damaged: type 'voice-assistant models verify'."
            ) from error
        self.languages: tuple[str, ...] = (language,)
        self.sharpness = 1.0  # it scores nothing that it did not hear

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        del self._model

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> VoskRecognition:
        """A new utterance, in the model's language. Hints are listened for by a second recogniser
        whose graph holds only them; what it hears joins the alternatives, so hints never harm the
        text."""
        recognizers = [self._vosk.KaldiRecognizer(self._model, RATE)]
        if hints:
            grammar = json.dumps([*hints, "[unk]"], ensure_ascii=False)
            recognizers.append(self._vosk.KaldiRecognizer(self._model, RATE, grammar))
        return VoskRecognition(recognizers, self.languages[0])


class VoskRecognition:
    """One utterance. Vosk ends a piece of it at every longer pause; the pieces are joined."""

    def __init__(self, recognizers: Sequence[KaldiRecognizer], language: str) -> None:
        self._streams = [_Stream(recognizer) for recognizer in recognizers]
        self._language = language
        self._partial = ""
        self._heard = Transcript(text="", language=language, confidence=0.0)

    def feed(self, frame: Frame) -> str | None:
        """Take a frame; the text so far when it changed."""
        for stream in self._streams:
            stream.feed(frame)
        partial = self._written(self._streams[0].partial())
        if partial == self._partial:
            return None
        self._partial = partial
        return partial

    def finish(self) -> Transcript:
        """The whole utterance so far."""
        ranked = [reading for stream in self._streams for reading in stream.finish()]
        readings = {self._written(text): share for text, share in reversed(ranked)}
        text, confidence = self._written(ranked[0][0]), ranked[0][1]
        self._heard = Transcript(
            text=text,
            language=self._language,
            alternatives=tuple(other for other in reversed(readings) if other not in (text, "")),
            confidence=confidence if text else 0.0,
        )
        return self._heard

    def weigh(self, texts: Sequence[str], less: float = NEARLY) -> Transcript:
        """What was heard: Kaldi does not score a text that it did not find."""
        return self._heard

    def _written(self, text: str) -> str:
        """As people write the language: the Chinese models put spaces between words."""
        known = text.replace("[unk]", " ").split()
        return ("" if self._language == "zh" else " ").join(known)


class _Stream:
    """The pieces that one Kaldi recogniser has heard of an utterance."""

    def __init__(self, recognizer: KaldiRecognizer) -> None:
        recognizer.SetMaxAlternatives(ALTERNATIVES)
        self._recognizer = recognizer
        self._readings: list[tuple[str, float]] = [("", 1.0)]

    def feed(self, frame: Frame) -> None:
        if self._recognizer.AcceptWaveform(frame.tobytes()):
            self._keep(self._recognizer.Result())

    def partial(self) -> str:
        piece = json.loads(self._recognizer.PartialResult()).get("partial", "")
        return f"{self._readings[0][0]} {piece}"

    def finish(self) -> list[tuple[str, float]]:
        """Every reading with its share of the probability, likeliest first."""
        self._keep(self._recognizer.FinalResult())
        return self._readings

    def _keep(self, result: str) -> None:
        """Append a piece: every reading so far with every reading of the piece, the best kept."""
        piece = json.loads(result)["alternatives"]
        weights = [math.exp(p["confidence"] - piece[0]["confidence"]) for p in piece]
        joined = [
            (f"{text} {p['text']}", share * weight / sum(weights))
            for text, share in self._readings
            for p, weight in zip(piece, weights, strict=True)
        ]
        self._readings = sorted(joined, key=lambda r: -r[1])[:ALTERNATIVES]
