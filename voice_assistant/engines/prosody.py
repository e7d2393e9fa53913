"""Pace, pitch and loudness on finished samples, the same for every voice."""

from __future__ import annotations

import numpy as np

from voice_assistant.audio.frames import Samples
from voice_assistant.engines import Prosody


def slowdown(prosody: Prosody) -> float:
    """How many times longer than usual the engine must speak, so that `shape` ends at the pace.

    A raised pitch is played faster afterwards, so it is first spoken slower.
    """
    return _pitch_factor(prosody) / prosody.pace


def shape(samples: Samples, rate: int, prosody: Prosody, loudness: float = 0.0) -> Samples:
    """The samples with the pitch and the gain asked for; `loudness` is the voice's own dB."""
    if prosody.pitch:
        import soxr

        samples = soxr.resample(samples, rate * _pitch_factor(prosody), rate)
    louder = samples * np.float32(10 ** ((prosody.gain + loudness) / 20))
    shaped: Samples = np.clip(louder, -1.0, 1.0).astype(np.float32)
    return shaped


def _pitch_factor(prosody: Prosody) -> float:
    return float(2 ** (prosody.pitch / 12))
