"""Piper's voices on onnxruntime; espeak-ng, as a program of its own, gives the phonemes.

The format of a voice: `NAME.onnx` takes the ids of phonemes and three scales, `NAME.onnx.json`
tells the ids, the rate and espeak-ng's voice. Each phoneme is followed by a pad.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np

from voice_assistant.audio.frames import Clip, Samples
from voice_assistant.engines import Prosody
from voice_assistant.engines.clauses import batches, clauses
from voice_assistant.engines.espeak import Espeak
from voice_assistant.engines.prosody import shape, slowdown
from voice_assistant.engines.vits import Vits
from voice_assistant.errors import ModelError, ModelMissing

FIRST_LETTERS = 8
"""The first clause is spoken alone from this length on."""

BATCH_LETTERS = 90
"""Then clauses are put together up to about six seconds of speech."""

LOUDNESS = 3.0
"""dB that bring these voices to the loudness of the system's."""

_START, _END, _PAD = "^", "$", "_"


class PiperVoice:
    """A loaded voice of one language. `model` is its `.onnx` file."""

    def __init__(self, model: Path, *, threads: int = 2) -> None:
        if not model.is_file():
            raise ModelMissing(model.parent.name)
        try:
            config = json.loads(Path(f"{model}.json").read_text(encoding="utf-8"))
            self._network = Vits(model, threads)
        except Exception as error:
            # onnxruntime's and onnx's exceptions have no common class.
            raise ModelError(
                f"The voice in {model.parent} is damaged: type 'voice-assistant models verify'."
            ) from error
        self._espeak = Espeak()
        self._ids: Mapping[str, Sequence[int]] = config["phoneme_id_map"]
        self._scales: Mapping[str, float] = config["inference"]
        self._espeak_voice: str = config["espeak"]["voice"]
        self._rate: int = config["audio"]["sample_rate"]
        self._speakers: int = config.get("num_speakers", 1)
        self.languages: tuple[str, ...] = (_language(config),)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._espeak.close()
        del self._network

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        """The first sounds as soon as they are there, then the rest."""
        groups = list(batches(clauses(text), first=FIRST_LETTERS, rest=BATCH_LETTERS))
        if not groups:
            yield Clip(np.zeros(0, np.float32), self._rate, text)
        for number, group in enumerate(groups, start=1):
            for samples, over in self._speak(group, prosody):
                last = over and number == len(groups)
                yield Clip(shape(samples, self._rate, prosody, LOUDNESS), self._rate, text, last)

    def _speak(
        self, group: Sequence[tuple[str, str]], prosody: Prosody
    ) -> Iterator[tuple[Samples, bool]]:
        """The sound of clauses in one breath, in stretches, and whether one is the last."""
        phonemes = self._espeak.phonemes([words for words, _ in group], self._espeak_voice)
        marked = (ipa + mark for ipa, (_, mark) in zip(phonemes, group, strict=True))
        parts = self._network.run(self._feed(self._to_ids(" ".join(marked)), slowdown(prosody)))
        if not prosody.pitch:
            return parts
        # It is changed by resampling, which would be heard at each end of a stretch.
        return iter([(np.concatenate([samples for samples, _ in parts]), True)])

    def _feed(self, ids: Sequence[int], slower: float) -> dict[str, Any]:
        """What the network is given."""
        noise, width = self._scales["noise_scale"], self._scales["noise_w"]
        scales = np.array([noise, self._scales["length_scale"] * slower, width], np.float32)
        speaker = {"sid": np.array([0])} if self._speakers > 1 else {}
        return {
            "input": np.array([ids]),
            "input_lengths": np.array([len(ids)]),
            "scales": scales,
            **speaker,
        }

    def _to_ids(self, phonemes: str) -> list[int]:
        known = (c for c in unicodedata.normalize("NFD", phonemes) if c in self._ids)
        pad = self._ids[_PAD]
        ids = [(*self._ids[symbol], *pad) for symbol in chain(_START, known)]
        return [*chain.from_iterable(ids), *self._ids[_END]]


def _language(config: Mapping[str, Any]) -> str:
    """ISO 639 code of a voice; old ones tell only espeak-ng's name of it, such as en-us."""
    family: str = config.get("language", {}).get("family") or config["espeak"]["voice"]
    code = family.partition("-")[0]
    return "zh" if code == "cmn" else code
