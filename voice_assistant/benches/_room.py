"""A room to measure in: a small loudspeaker, walls, devices that take their time, and music."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE, Samples
from voice_assistant.benches._speech import frames
from voice_assistant.ears import Ears
from voice_assistant.events import Event

DELAY_SECONDS = 0.08
"""From the mixer to the microphone: two devices' buffers and a metre of air."""

ECHO = 0.3
"""Of what is played, what comes back to the microphone: a loudspeaker beside it."""

HISS = 0.0005
"""Of full scale: no room is silent."""


@dataclass(frozen=True)
class Monologue:
    """What the loudspeaker plays, and which sentence begins at which sample."""

    sound: Samples
    sentences: Mapping[int, str]


def echo_of(played: Samples, delay: float, *, seed: int = 0) -> Samples:
    """What a microphone hears of `played` (at RATE) after `delay` seconds: bent a little by the
    loudspeaker, without its bass, and with a room's reverberation of 0.2 s."""
    rng = np.random.default_rng(seed)
    length = round(0.15 * RATE)
    walls = rng.normal(size=length) * np.exp(-np.arange(length) / (0.03 * RATE))
    walls[0] = 3.0
    response = np.convolve(walls, [1, -0.6])[:length]
    bent = np.tanh(1.2 * played) / 1.2
    size = len(played) + length
    echo = np.fft.irfft(np.fft.rfft(bent, size) * np.fft.rfft(response, size), size)
    late = np.concatenate((np.zeros(round(delay * RATE)), echo))[: len(played)]
    return late.astype(np.float32)


def chords(seconds: float, rate: int = RATE) -> Samples:
    """Music: a chord every two seconds, with a beat on it."""
    rng = np.random.default_rng(5)
    out = np.zeros(round(seconds * rate))
    for bar in range(int(seconds / 2)):
        root = (220.0, 261.6, 174.6, 196.0)[bar % 4]
        start = 2 * bar * rate
        t = np.arange(min(2 * rate, len(out) - start)) / rate
        for ratio in (1, 1.26, 1.5, 2):
            for overtone in range(1, 5):
                tone = np.sin(2 * np.pi * root * ratio * overtone * t)
                out[start : start + len(t)] += 0.1 / overtone * tone * np.exp(-0.8 * t)
        for beat in range(4):
            at = start + beat * rate // 2
            t = np.arange(round(0.3 * rate)) / rate
            drum = 0.5 * np.sin(np.pi / 2 * root * t) * np.exp(-8 * t)
            hat = 0.15 * rng.normal(size=len(t)) * np.exp(-40 * t)
            out[at : at + len(t)] += (drum + hat)[: len(out) - at]
    music: Samples = (0.5 * out / np.abs(out).max()).astype(np.float32)
    return music


def rms(samples: Samples) -> float:
    """The power of some sound, as an amplitude."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=float))))


def monologue(pieces: Sequence[tuple[str, Samples]], *, pause: float = 0.3) -> Monologue:
    """Sentences one after the other."""
    sound, sentences, at = [], {}, 0
    for text, samples in pieces:
        sentences[at // FRAME * FRAME] = text
        sound += [samples, np.zeros(round(pause * RATE), np.float32)]
        at += len(samples) + len(sound[-1])
    return Monologue(np.concatenate(sound), sentences)


def heard(
    ears: Ears, speech: Monologue, *, echo: float = ECHO, person: Samples | None = None
) -> Iterator[Event]:
    """What ears notice while the loudspeaker says or plays something and, perhaps, a person speaks;
    they are told what is said, as in the household."""
    hiss = np.random.default_rng(2).normal(0, HISS, len(speech.sound))
    sound = echo * echo_of(speech.sound, DELAY_SECONDS) + hiss
    if person is not None:
        sound[: len(person)] += person
    pairs = zip(frames(sound.astype(np.float32)), frames(speech.sound), strict=True)
    for number, (frame, played) in enumerate(pairs):
        if (text := speech.sentences.get(number * FRAME)) is not None:
            ears.attend(True, text)
        yield from ears.feed(frame, played)
