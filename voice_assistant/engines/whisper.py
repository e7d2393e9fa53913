"""Recognition by Whisper on CTranslate2, in the multilingual and the English-only form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from voice_assistant.audio.frames import RATE, Frame, Samples
from voice_assistant.engines import Transcript
from voice_assistant.errors import ModelMissing

if TYPE_CHECKING:
    from ctranslate2 import StorageView
    from ctranslate2.models import WhisperGenerationResult

WINDOW_SECONDS = 30
"""What Whisper was trained on: every utterance padded with zeros to this length."""

SHORTEST_SECONDS = 10
"""An utterance is padded to this instead: shorter makes the decoder repeat itself."""


class WhisperRecognizer:
    """A loaded Whisper model. `folder` holds a CTranslate2 conversion."""

    def __init__(
        self, folder: Path, *, languages: Sequence[str] = ("en", "zh"), threads: int = 2
    ) -> None:
        if not (folder / "model.bin").is_file():
            raise ModelMissing(folder.name)
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor

        self._view = ctranslate2.StorageView.from_array
        self.model = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads
        )
        self.languages = tuple(languages) if self.model.is_multilingual else ("en",)
        self.tokens = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._features = FeatureExtractor(feature_size=self.model.n_mels)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.model.unload_model()

    def start(self, hints: Sequence[str] = ()) -> WhisperRecognition:
        """A new utterance."""
        return WhisperRecognition(self)

    def encode(self, samples: Samples, seconds: float) -> StorageView:
        """The encoder's view of an utterance padded to `seconds`."""
        length = round(seconds * RATE)
        padded = np.pad(samples[:length], (0, max(0, length - len(samples))))
        mel = self._features(padded, padding=0)
        return self.model.encode(self._view(np.ascontiguousarray(mel[None], np.float32)))

    def language_of(self, encoded: StorageView) -> str:
        """Which of the languages asked for is spoken."""
        if len(self.languages) == 1:
            return self.languages[0]
        ranked = [name.strip("<|>") for name, _ in self.model.detect_language(encoded)[0]]
        return min(self.languages, key=ranked.index)

    def decode(self, encoded: StorageView, language: str) -> WhisperGenerationResult:
        """The likeliest texts, best first, with their scores."""
        prompt = ["<|startoftranscript|>"]
        if self.model.is_multilingual:
            prompt += [f"<|{language}|>", "<|transcribe|>"]
        prompt.append("<|notimestamps|>")
        return self.model.generate(
            encoded,
            [prompt],
            beam_size=5,
            num_hypotheses=5,
            max_length=200,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]


class WhisperRecognition:
    """One utterance: its frames are kept, and decoded together at the end."""

    def __init__(self, recognizer: WhisperRecognizer) -> None:
        self._recognizer = recognizer
        self._frames: list[Frame] = []

    def feed(self, frame: Frame) -> str | None:
        """Take a frame. Whisper has no partial texts."""
        self._frames.append(frame)
        return None

    def finish(self) -> Transcript:
        """The whole utterance so far."""
        frames = np.concatenate([np.zeros(0, np.int16), *self._frames])
        samples = frames.astype(np.float32) / np.float32(32768)
        seconds = min(WINDOW_SECONDS, max(SHORTEST_SECONDS, len(samples) / RATE + 2))
        encoded = self._recognizer.encode(samples, seconds)
        language = self._recognizer.language_of(encoded)
        result = self._recognizer.decode(encoded, language)
        if result.no_speech_prob > 0.6:
            return Transcript(text="", language=language, confidence=0.0)
        texts = [self._text(ids, language) for ids in result.sequences_ids]
        best, *others = dict.fromkeys(texts)
        return Transcript(
            text=best,
            language=language,
            alternatives=tuple(others),
            confidence=float(np.exp(result.scores[0])),
        )

    def _text(self, ids: list[int], language: str) -> str:
        text = self._recognizer.tokens.decode(ids).strip()
        if language == "zh":
            import zhconv

            return str(zhconv.convert(text, "zh-cn"))
        return text
