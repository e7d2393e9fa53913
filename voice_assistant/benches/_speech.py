"""Speech to measure with, made by the installed voice: nobody's recordings are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import soxr

from voice_assistant import catalog
from voice_assistant.audio.frames import FRAME, RATE, Frame, Samples
from voice_assistant.engines import Prosody, Synthesizer

SEED = 11
"""Of the voice's own noise: a bench says the same every time, and a line never twice alike."""

FULL = 32767

AUDIBLE = 0.01
"""Of full scale: what is softer at the ends of a piece of speech is its silence."""


def person() -> Synthesizer | None:
    """Somebody who speaks English; None where no voice is installed."""
    import onnxruntime

    from voice_assistant.engines.piper import PiperVoice

    onnxruntime.set_seed(SEED)
    best = catalog.load().best("voice", "en")
    return PiperVoice(catalog.load().path(best.name)) if best and best.engine == "piper" else None


def said(voice: Synthesizer, text: str, pace: float = 1.0) -> Samples:
    """A text as float samples at RATE, without the silence around it."""
    clips = list(voice.synthesize(text, language="en", prosody=Prosody(pace=pace)))
    sound = soxr.resample(np.concatenate([clip.samples for clip in clips]), clips[0].rate, RATE)
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
    speech: Samples = 0.7 * sound[loud[0] : loud[-1] + 1]
    return speech


def row(*parts: Samples | float) -> Samples:
    """Pieces of speech and seconds of quiet, one after the other."""
    pieces = [
        part if isinstance(part, np.ndarray) else np.zeros(round(part * RATE), np.float32)
        for part in parts
    ]
    joined: Samples = np.concatenate(pieces).astype(np.float32)
    return joined


def in_room(sound: Samples, noise_db: float, seed: int = 1) -> Samples:
    """The sound with a hiss so many dB below its speech; 60 is a quiet room."""
    speech = np.sqrt(np.mean(np.square(sound[np.abs(sound) > AUDIBLE])))
    hiss = np.random.default_rng(seed).standard_normal(len(sound))
    noisy: Samples = (sound + speech * 10 ** (-noise_db / 20) * hiss).astype(np.float32)
    return noisy


def frames(sound: Samples) -> Iterator[Frame]:
    """What a microphone would deliver."""
    pcm = (sound.clip(-1, 1) * FULL).astype(np.int16)
    for at in range(0, len(pcm) - FRAME + 1, FRAME):
        yield pcm[at : at + FRAME]


def share(hits: Sequence[bool]) -> float:
    """Percent."""
    return 100 * sum(hits) / len(hits)
