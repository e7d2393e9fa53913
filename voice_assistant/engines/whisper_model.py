"""Whisper on CTranslate2, without the cost of its 30 seconds.

Whisper was trained on 30 seconds, padded with silence, and loops when the encoded sound is merely
shorter: its decoder wants to see silence after the speech. But the encoding of silence is always
nearly the same. So only the utterance and a short tail are encoded, and the encoding of silence,
made once at loading, is appended.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.engines.readings import Reading, distinct, written
from voice_assistant.errors import ModelError, ModelMissing

if TYPE_CHECKING:
    from ctranslate2 import StorageView

WINDOW_SECONDS = 30
"""What Whisper was trained on."""

ENCODED = 50
"""Encoder positions a second."""

LEAD_SECONDS = 0.3
"""Silence before the utterance: first words that begin with the sound are misheard."""

TAIL_SECONDS = 1.5
LONG_TAIL_SECONDS = 5.0
"""Silence that is encoded together with the utterance, at the first look and at a second."""

SPOKEN_SECONDS = 3.5
"""An utterance counts as at least so long: when less is encoded, single words are misheard."""

SHOWN_SECONDS = 15.0
SHOWN_TAIL_SECONDS = 4.0
"""The decoder is shown so much sound and silence in all, and such a tail at least. The whole 30
seconds cost it up to a third more; of 441 phrases and commands, half of them in noise, it heard 371
with them and 369 without."""

SILENCE = -1.5
"""Digital silence in Whisper's log-mel scale."""

BEAM = 5
LONGEST_TOKENS, TOKENS_A_SECOND = 200, 12
"""More than anybody says in 30 seconds and, after as many at once, in each: loops of the decoder end
there."""

SCORED_SECONDS = 1.0
"""Silence after the speech that is looked at to score a text: more changes only the cost."""

TINY = 1e-9
"""The least probability of a token that is told from none."""

Encoding = NDArray[np.float32]


class WhisperModel:
    """Sound to encodings, encodings to readings. `folder` holds a CTranslate2 conversion."""

    def __init__(self, folder: Path, threads: int) -> None:
        if not (folder / "model.bin").is_file():
            raise ModelMissing(folder.name)
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor

        self._view = ctranslate2.StorageView.from_array
        try:
            self._model = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads
            )
            self.tokens = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # neither library has a class of its own for this
            raise ModelError(
                f"The recogniser in {folder} is damaged: type 'voice-assistant models verify'."
            ) from error
        self._mel = FeatureExtractor(feature_size=self._model.n_mels)
        self.multilingual = bool(self._model.is_multilingual)
        quiet = np.full((self._model.n_mels, WINDOW_SECONDS * 2 * ENCODED), SILENCE, np.float32)
        self._silence = self._encoded(quiet)
        self.width = self._silence.shape[1]
        """Numbers in each position of an encoding: 384 in tiny, 512 in base."""

    def close(self) -> None:
        """Free the weights."""
        self._model.unload_model()

    def encode(self, samples: Samples, *, careful: bool = False, padded: bool = False) -> Encoding:
        """Up to 30 seconds of sound as Whisper sees it; all 30 are encoded when `padded`, and the
        decoder is shown them when `careful`, too."""
        step = RATE // ENCODED
        lead = round(LEAD_SECONDS * RATE)
        longest = WINDOW_SECONDS * RATE
        tail = LONG_TAIL_SECONDS if careful else TAIL_SECONDS
        needed = max(lead + len(samples), round(SPOKEN_SECONDS * RATE)) + round(tail * RATE)
        length = longest if padded else min(longest, -(-needed // step) * step)
        sound = np.zeros(length, np.float32)
        sound[lead : lead + len(samples)] = samples[: length - lead]
        head = self._encoded(self._mel(sound, padding=0))
        shown = max(SHOWN_SECONDS, len(samples) / RATE + SHOWN_TAIL_SECONDS)
        end = len(self._silence) if careful else round(shown * ENCODED)
        return np.concatenate((head, self._silence[len(head) : end]))

    def likeliest_language(self, encoding: Encoding, languages: Sequence[str]) -> str:
        """Which of some languages is spoken."""
        if not self.multilingual or len(languages) == 1:
            return languages[0]
        likely = self._model.detect_language(self._view(encoding[None]))[0]
        names = [name.strip("<|>") for name, _ in likely]
        return min(languages, key=names.index)

    def read(
        self, encoding: Encoding, seconds: float, language: str, *, without: Sequence[int] = ()
    ) -> tuple[list[Reading], float]:
        """The likeliest texts of `seconds` of sound, best first, and the probability that nobody
        spoke. Tokens of `without` are not used."""
        result = self._model.generate(
            self._view(encoding[None]),
            [[*self._opening(language), self._special("notimestamps")]],
            beam_size=BEAM,
            num_hypotheses=BEAM,
            max_length=min(LONGEST_TOKENS, round(TOKENS_A_SECOND * (1 + seconds))),
            suppress_tokens=[-1, *without],
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        readings = [
            Reading(written(self.tokens.decode(ids), language), tuple(ids), score * (len(ids) + 1))
            for ids, score in zip(result.sequences_ids, result.scores, strict=True)
        ]
        return distinct(readings), result.no_speech_prob

    def score(
        self, encoding: Encoding, seconds: float, language: str, readings: Sequence[Reading]
    ) -> list[Reading]:
        """The readings of `seconds` of sound with the probability they have among all texts."""
        looked_at = round((LEAD_SECONDS + seconds + SCORED_SECONDS) * ENCODED)
        view = self._view(np.ascontiguousarray(encoding[None, :looked_at]))
        return [r.rescored(self._log_probability(view, language, r.tokens)) for r in readings]

    def fit(
        self, encoding: Encoding, seconds: float, language: str, texts: Sequence[Sequence[int]]
    ) -> list[float]:
        """How well each text (its tokens) fits `seconds` of sound: its log-probability, all in one
        pass of the decoder. Five times as fast as `score`, but blind to what follows the text."""
        looked_at = round((LEAD_SECONDS + seconds + SCORED_SECONDS) * ENCODED)
        view = self._view(np.repeat(encoding[None, :looked_at], len(texts), axis=0))
        frames = [min(looked_at, len(encoding))] * len(texts)
        found = self._model.align(view, self._opening(language), list(map(list, texts)), frames)
        return [float(np.log(np.maximum(each.text_token_probs, TINY)).sum()) for each in found]

    def _log_probability(self, view: StorageView, language: str, tokens: Sequence[int]) -> float:
        """Of the text ending exactly there. The decoder is led along the tokens by a prompt."""
        prompt = [*self._opening(language), self._special("notimestamps"), *tokens]
        result = self._model.generate(
            view,
            [prompt],
            beam_size=1,
            max_length=2 * len(prompt) + 2,
            suppress_blank=False,
            suppress_tokens=[],
            return_logits_vocab=True,
        )[0]
        steps = [*tokens, self._special("endoftext")]
        logits = np.array([np.array(step).ravel() for step in result.logits[0][: len(steps)]])
        peaks = logits.max(axis=1)
        totals = peaks + np.log(np.exp(logits - peaks[:, None]).sum(axis=1))
        return float((logits[np.arange(len(steps)), steps] - totals).sum())

    def _encoded(self, mel: NDArray[np.float32]) -> Encoding:
        features = self._view(np.ascontiguousarray(mel[None], np.float32))
        encoding: Encoding = np.array(self._model.encode(features, to_cpu=True))[0]
        return encoding

    def _opening(self, language: str) -> list[int]:
        names = ["startoftranscript"]
        if self.multilingual:
            names += [language, "transcribe"]
        return [self._special(name) for name in names]

    def _special(self, name: str) -> int:
        token: int | None = self.tokens.token_to_id(f"<|{name}|>")
        if token is None:
            raise ModelError(f"The model has no token for '{name}': it is no Whisper model for it.")
        return token
