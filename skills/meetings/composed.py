"""The bench's scripted meetings as sound: each person a synthesised voice, some talking into each
other, in a room that hums. Made anew each time; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import soxr
from numpy.typing import NDArray

from voice_assistant.audio.frames import FRAME, RATE, Frame, Samples
from voice_assistant.engines import espeak
from voice_assistant.engines.espeak import Espeak

from .meeting import Segment

VOICES = {
    "en": ("en-us", "en-us+f3", "en-us+klatt2", "en-us+Andrea"),
    "zh": ("cmn+klatt2", "cmn+belinda", "cmn+Andrea", "cmn+f3"),
}
"""Of espeak-ng, as unlike each other as people are; a meeting's people take them in the order in
which they speak."""

PAUSES = (0.2, 0.9)
"""Seconds between two people, from and to."""

OVERLAP, EVERY = 0.4, 5
"""Each fifth time the next one begins so many seconds before the last has ended."""

NOISE_DB, LOUDNESS = -50.0, (0.3, 0.8)
"""The room, and how near to the microphone people sit."""

STEP = 0.1
"""Seconds between two looks at who speaks."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody speaks from `start` to `end`, in seconds."""

    start: float
    end: float
    speaker: str


@dataclass(slots=True)
class Composed:
    """A meeting that can be heard, and who speaks in it when."""

    samples: NDArray[np.int16]
    turns: list[Spoken] = field(default_factory=list)

    def frames(self) -> list[Frame]:
        """The sound as a microphone gives it."""
        return list(self.samples[: len(self.samples) // FRAME * FRAME].reshape(-1, FRAME))


def composed(segments: Sequence[Segment], language: str, *, seed: int = 1) -> Composed:
    """The sound of a script."""
    chance, program = np.random.default_rng(seed), Espeak()
    people = list(dict.fromkeys(each.speaker for each in segments))
    near = {each: chance.uniform(*LOUDNESS) for each in people}
    sounds: list[tuple[int, Samples, str]] = []
    at = RATE // 2
    for number, each in enumerate(segments, 1):
        voice = VOICES[language][people.index(each.speaker) % len(VOICES[language])]
        said = program.speak(each.text, voice) * np.float32(near[each.speaker])
        sound = _trimmed(soxr.resample(said, espeak.RATE, RATE))
        sounds.append((at, sound, each.speaker))
        pause = -OVERLAP if number % EVERY == 0 else chance.uniform(*PAUSES)
        at += len(sound) + round(pause * RATE)
    whole = _noise(chance, at + RATE)
    for start, sound, _ in sounds:
        whole[start : start + len(sound)] += sound
    turns = [Spoken(a / RATE, (a + len(sound)) / RATE, who) for a, sound, who in sounds]
    return Composed((np.clip(whole, -1, 1) * 32767).astype(np.int16), turns)


def error_of_labels(truth: Sequence[Spoken], found: Sequence[Segment]) -> float:
    """The share of the time in which somebody speaks that has another speaker's label, or none.

    Each label stands for the one person it meets most, each person for one label.
    """
    looks = np.arange(0, max(each.end for each in truth), STEP)
    right = [{t.speaker for t in truth if t.start <= at < t.end} for at in looks]
    heard = [{s.speaker for s in found if s.start <= at < s.end} for at in looks]
    together: dict[tuple[str, str], int] = {}
    for people, labels in zip(right, heard, strict=True):
        for pair in ((label, person) for label in labels for person in people):
            together[pair] = together.get(pair, 0) + 1
    names: dict[str, str] = {}
    for (label, person), _ in sorted(together.items(), key=lambda item: -item[1]):
        if label not in names and person not in names.values():
            names[label] = person
    spoken = [(p, {names.get(each) for each in h}) for p, h in zip(right, heard, strict=True) if p]
    return sum(not people & labels for people, labels in spoken) / len(spoken)


def _trimmed(sound: Samples) -> Samples:
    """Without the silence that espeak-ng puts at the end."""
    loud = np.flatnonzero(np.abs(sound) > 0.005)
    return sound[: loud[-1] + RATE // 50] if len(loud) else sound


def _noise(chance: np.random.Generator, length: int) -> Samples:
    """A hum with less and less of the higher tones, as rooms have it."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
    noise = np.fft.irfft(spectrum, length)
    scaled: Samples = (noise / noise.std() * 10 ** (NOISE_DB / 20)).astype(np.float32)
    return scaled
