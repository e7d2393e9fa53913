"""The short sounds that say what words would be too long for, made here: struck wooden bars."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from voice_assistant.audio.frames import Clip, Samples

EARCON_RATE = 48_000
LEVEL = 0.2
"""Peak of a single note: -14 dB, under speech."""

QUIET_DB = -10.0
"""How much softer they are in quiet hours."""

PARTIALS = ((1.0, 1.0, 1.0), (3.93, 0.25, 0.35), (9.2, 0.06, 0.15))
"""A marimba bar's overtones: ratio to the note, level, and how long they last beside it."""

C5, E5, G5, A5, C6, E6 = 523.25, 659.26, 783.99, 880.0, 1046.5, 1318.5


@cache
def woken() -> Clip:
    """I am listening: two notes up, short, so that nobody waits for it."""
    return _tune((E5, 0.0, 0.09), (A5, 0.07, 0.16))


def softer(clip: Clip) -> Clip:
    """The same in quiet hours."""
    return replace(clip, samples=clip.samples * np.float32(10 ** (QUIET_DB / 20)))


@cache
def closed() -> Clip:
    """The microphone is closed: the two notes of `woken`, down."""
    return _tune((A5, 0.0, 0.12), (E5, 0.1, 0.28))


@cache
def recording() -> Clip:
    """From now on everything is recorded: three notes up."""
    return _tune((C5, 0.0, 0.12), (E5, 0.1, 0.14), (G5, 0.2, 0.3))


@cache
def recorded() -> Clip:
    """Nothing is recorded any more: the same down."""
    return _tune((G5, 0.0, 0.12), (E5, 0.1, 0.14), (C5, 0.2, 0.3))


@cache
def timer() -> Clip:
    """A timer is done; played again and again, growing. Two seconds with its pause."""
    notes = [(note, 0.14 * place, 0.3) for place, note in enumerate((C6, G5, C6, E6))]
    return _padded(_tune(*notes), 2.0)


@cache
def alarm() -> Clip:
    """Time to get up: warmer and longer than a timer. Four seconds with its pause."""
    rising = (C5, E5, G5, C6, G5, E5, G5, C6)
    notes = [(note, 0.22 * place, 0.7) for place, note in enumerate(rising)]
    return _padded(_tune(*notes), 4.0)


def _tune(*notes: tuple[float, float, float]) -> Clip:
    """Notes of (pitch in Hz, when, how long), seconds both."""
    seconds = max(when + length for _, when, length in notes)
    samples = np.zeros(round(seconds * EARCON_RATE), np.float32)
    for pitch, when, length in notes:
        note = _note(pitch, length)
        start = round(when * EARCON_RATE)
        samples[start : start + len(note)] += note[: len(samples) - start]
    return Clip(samples, EARCON_RATE)


def _note(pitch: float, seconds: float) -> Samples:
    """A struck bar: a fast rise, and overtones that die before the note does."""
    t = np.arange(round(seconds * EARCON_RATE)) / EARCON_RATE
    sound = np.zeros_like(t)
    for ratio, level, lasting in PARTIALS:
        sound += (
            level * np.exp(-t * 5 / (seconds * lasting)) * np.sin(2 * np.pi * pitch * ratio * t)
        )
    strike = np.minimum(t / 0.004, 1.0)
    damped = np.minimum((seconds - t) / 0.02, 1.0)
    return (LEVEL * sound * strike * damped).astype(np.float32)


def _padded(clip: Clip, seconds: float) -> Clip:
    more = round(seconds * clip.rate) - len(clip.samples)
    return Clip(np.pad(clip.samples, (0, more)), clip.rate)
