"""Kokoro's network on onnxruntime, speaking Mandarin: natural, but it wants a laptop's cores.

The weights know nine languages; a voice is a table of style vectors, one for each length of text.
Each character becomes pinyin (pypinyin, with the changes of tones), each syllable phonemes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from voice_assistant.audio.frames import Clip, Samples
from voice_assistant.engines import Prosody
from voice_assistant.engines.clauses import batches, clauses
from voice_assistant.engines.prosody import shape, slowdown
from voice_assistant.errors import ModelError, ModelMissing
from voice_assistant.texts import load

RATE = 24_000
"""Samples a second of what it makes."""

VOICE = "jf_alpha"
"""The clearest in Mandarin of the voices that come with the weights."""

FIRST_LETTERS = 4
BATCH_LETTERS = 24
"""Characters in one breath: about five seconds."""

LONGEST = 500
"""Phonemes that a style vector exists for."""

LOUDNESS = 2.0
"""dB that bring it to the loudness of the other voices."""

_HAN = re.compile(r"[㐀-鿿]+")


class KokoroVoice:
    """A loaded voice. `folder` holds the network in `kokoro.onnx`, the styles and the symbols."""

    languages: tuple[str, ...] = ("zh",)

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        if not (folder / "kokoro.onnx").is_file():
            raise ModelMissing(folder.name)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.enable_mem_reuse = False  # as with Piper: its planning takes seconds
        try:
            symbols = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            self._styles = np.load(folder / "voices_ja.npz", allow_pickle=False)[VOICE]
            self._session = onnxruntime.InferenceSession(
                str(folder / "kokoro.onnx"),
                sess_options=options,
                providers=["CPUExecutionProvider"],
            )
        except Exception as error:
            # onnxruntime's exceptions have no common class.
            raise ModelError(
                f"The voice in {folder} is damaged: type 'voice-assistant models verify'."
            ) from error
        self._ids: dict[str, int] = symbols["vocab"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        del self._session

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        """The first clause as soon as it is there, then the rest."""
        groups = list(batches(clauses(text), first=FIRST_LETTERS, rest=BATCH_LETTERS))
        if not groups:
            yield Clip(np.zeros(0, np.float32), RATE, text)
        for number, group in enumerate(groups, start=1):
            samples = self._speak(group, slowdown(prosody))
            last = number == len(groups)
            yield Clip(shape(samples, RATE, prosody, LOUDNESS), RATE, text, last)

    def _speak(self, group: Sequence[tuple[str, str]], slower: float) -> Samples:
        spelled = " ".join(phonemes(words) + mark for words, mark in group)
        ids = [self._ids[symbol] for symbol in spelled if symbol in self._ids][:LONGEST]
        feed: dict[str, Any] = {
            "tokens": np.array([[0, *ids, 0]]),
            "style": self._styles[len(ids)].astype(np.float32),
            "speed": np.array([1 / slower], np.float32),
        }
        samples: Samples = self._session.run(None, feed)[0].reshape(-1)
        return samples


def phonemes(text: str) -> str:
    """What Kokoro reads for Chinese characters, a space between words; the rest as it is."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.seg.mmseg import seg

    def spell(run: re.Match[str]) -> str:
        read = iter(
            lazy_pinyin(run[0], style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
        )
        words = ("".join(_syllable(next(read)) for _ in word) for word in seg.cut(run[0]))
        return " ".join(words)

    return _HAN.sub(spell, text)


def _syllable(pinyin: str) -> str:
    """The phonemes of one syllable with its tone's number."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    table = load("mandarin_ipa")
    letters, tone = pinyin.rstrip("12345"), int(pinyin[-1]) if pinyin[-1].isdigit() else 5
    initial, final = to_initials(letters), to_finals(letters)
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        vowel: str = table["buzzed"]
    else:
        vowel = table["finals"].get(final.replace("ü", "v"), "")
    return f"{table['initials'].get(initial, '')}{vowel.replace('0', table['tones'][tone])}"
