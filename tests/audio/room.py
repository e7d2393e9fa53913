"""A room for the echo canceller: a small loudspeaker, walls, and devices that take their time."""

from __future__ import annotations

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.benches._room import chords, echo_of

__all__ = ["babble", "cancelled", "chords", "decibels", "echo_of", "pcm", "rms"]


def babble(seconds, seed=1):
    """Speech-like noise: coloured, in syllables and pauses."""
    rng = np.random.default_rng(seed)
    noise = np.convolve(rng.normal(size=round(seconds * RATE)), [1, 1.6, 1.1, 0.3], "same")
    syllables = rng.uniform(0, 1, round(seconds * 6)) ** 2
    times = np.linspace(0, len(syllables) - 1, len(noise))
    loud = noise * np.interp(times, np.arange(len(syllables)), syllables)
    return 0.5 * loud / np.abs(loud).max()


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples.astype(float)))))


def decibels(ratio):
    return 20 * np.log10(max(ratio, 1e-6))


def pcm(samples):
    return (samples * 32767).clip(-32768, 32767).astype(np.int16)


def cancelled(canceller, heard, played):
    """Both int16 at RATE; what is left."""
    return np.concatenate(
        [
            canceller.process(heard[at : at + FRAME], played[at : at + FRAME])
            for at in range(0, len(heard) - FRAME + 1, FRAME)
        ]
    )
