"""The sounds of stories, made from noise and sines: rain, wind, sea, bells, steps, fire."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voice_assistant.skill import Clip

RATE = 16_000
"""Samples a second: enough for noise under a voice."""
BED_SECONDS = 12.0
"""Length of a sound that goes on under the voice, which repeats it."""

Wave = NDArray[np.float32]


def _noise(seconds: float, low: float, high: float, seed: int) -> Wave:
    """Noise of a band, in Hz. Shaped in the spectrum, so that it repeats without a seam."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= 1 / (1 + (frequency / high) ** 4) / (1 + (low / np.maximum(frequency, 1)) ** 4)
    wave = np.fft.irfft(spectrum, count)
    loudest = np.abs(wave).max()
    return np.asarray(wave / loudest, np.float32)


def _swell(seconds: float, cycles: float, depth: float, phase: float = 0.0) -> Wave:
    """A slow rise and fall between 1 - depth and 1, whole cycles so that it repeats."""
    time = np.arange(round(seconds * RATE)) / RATE
    wave = 1 - depth / 2 * (1 + np.cos(2 * np.pi * cycles * time / seconds + phase))
    return wave.astype(np.float32)


def _tone(frequency: float, seconds: float, decay: float) -> Wave:
    """A struck sine that dies away; `decay` is the time, in seconds, to a third."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * frequency * time) * np.exp(-time / decay)).astype(np.float32)


def _strewn(seconds: float, count: int, grain: Callable[[int], Wave], seed: int) -> Wave:
    """Short sounds at random moments."""
    dice = np.random.default_rng(seed)
    wave = np.zeros(round(seconds * RATE), np.float32)
    for number in range(count):
        sound = grain(number)
        at = dice.integers(0, max(1, len(wave) - len(sound)))
        wave[at : at + len(sound)] += sound * np.float32(dice.uniform(0.3, 1.0))
    return wave


def _rain(seconds: float) -> Wave:
    drops = _strewn(
        seconds, round(40 * seconds), lambda n: _tone(1500 + n % 23 * 90, 0.02, 0.004), 1
    )
    return 0.5 * _noise(seconds, 500, 5000, 2) + 0.25 * drops


def _wind(seconds: float) -> Wave:
    gusts = _swell(seconds, 2, 0.8) * _swell(seconds, 5, 0.4, 1.0)
    return _noise(seconds, 120, 700, 3) * gusts


def _sea(seconds: float) -> Wave:
    waves = _swell(seconds, max(1, round(seconds / 6)), 0.85)
    return _noise(seconds, 80, 900, 4) * waves + 0.3 * _noise(seconds, 900, 5000, 5) * waves**3


def _stream(seconds: float) -> Wave:
    bubbles = _strewn(
        seconds, round(30 * seconds), lambda n: _tone(400 + n % 17 * 45, 0.06, 0.015), 6
    )
    return 0.35 * _noise(seconds, 300, 2500, 7) + 0.35 * bubbles


def _fire(seconds: float) -> Wave:
    cracks = _strewn(seconds, round(9 * seconds), lambda n: _noise(0.02, 800, 6000, 100 + n), 8)
    return 0.3 * _noise(seconds, 60, 400, 9) + 0.8 * cracks


def _chirp(number: int) -> Wave:
    time = np.arange(round(0.14 * RATE)) / RATE
    base = 2400 + number % 7 * 180
    sweep = np.sin(2 * np.pi * (base * time + 2600 * time**2 * (-1) ** number))
    return np.asarray(sweep * np.sin(np.pi * time / 0.14) ** 2, np.float32)


def _birds(seconds: float) -> Wave:
    return 0.5 * _strewn(seconds, round(2.5 * seconds), _chirp, 10)


def _crickets(seconds: float) -> Wave:
    time = np.arange(round(seconds * RATE)) / RATE
    trill = (np.sin(2 * np.pi * 30 * time) > 0) * (np.sin(2 * np.pi * 1.5 * time) > 0.2)
    return (0.15 * np.sin(2 * np.pi * 4200 * time) * trill).astype(np.float32)


def _engine(seconds: float) -> Wave:
    time = np.arange(round(seconds * RATE)) / RATE
    hum = sum(np.sin(2 * np.pi * 55 * n * time) / n for n in range(1, 6))
    return (0.3 * hum * (1 + 0.3 * np.sin(2 * np.pi * 11 * time))).astype(np.float32)


def _hum(seconds: float) -> Wave:
    """The inside of a space ship."""
    return 0.4 * _noise(seconds, 40, 220, 11) + 0.15 * _engine(seconds)


def _bell(seconds: float) -> Wave:
    partials = ((440, 1.0, 1.2), (880, 0.6, 0.8), (1175, 0.4, 0.5), (1760, 0.25, 0.3))
    return sum((w * _tone(f, seconds, d) for f, w, d in partials), np.float32(0)) / 2.2  # type: ignore[return-value]


def _chime(seconds: float) -> Wave:
    wave = np.zeros(round(seconds * RATE), np.float32)
    for number, frequency in enumerate((1047, 1319, 1568, 2093)):
        start = round(number * 0.18 * RATE)
        wave[start:] += 0.3 * _tone(frequency, seconds, 0.5)[: len(wave) - start]
    return wave


def _steps(seconds: float) -> Wave:
    wave = np.zeros(round(seconds * RATE), np.float32)
    for number, start in enumerate(range(0, len(wave) - RATE // 8, RATE // 2)):
        tap = _noise(0.1, 90, 900, 20 + number % 2)
        fade = np.exp(-np.arange(len(tap)) / (0.02 * RATE)).astype(np.float32)
        wave[start : start + len(tap)] += tap * fade
    return wave


def _knock(seconds: float) -> Wave:
    wave = np.zeros(round(seconds * RATE), np.float32)
    for start in (0.0, 0.22, 0.44):
        at = round(start * RATE)
        wave[at : at + RATE // 5] += _tone(190, 0.2, 0.03) + 0.4 * _tone(420, 0.2, 0.015)
    return wave


def _splash(seconds: float) -> Wave:
    fade = np.exp(-np.arange(round(seconds * RATE)) / (0.25 * RATE)).astype(np.float32)
    return _noise(seconds, 300, 4000, 12) * fade


SOUNDS: dict[str, tuple[Callable[[float], Wave], float]] = {
    "rain": (_rain, 3.0),
    "wind": (_wind, 3.0),
    "sea": (_sea, 4.0),
    "stream": (_stream, 3.0),
    "fire": (_fire, 3.0),
    "birds": (_birds, 2.5),
    "crickets": (_crickets, 2.5),
    "engine": (_engine, 2.0),
    "hum": (_hum, 2.5),
    "bell": (_bell, 2.0),
    "chime": (_chime, 1.4),
    "steps": (_steps, 2.1),
    "knock": (_knock, 0.8),
    "splash": (_splash, 1.0),
}
"""Every sound, and for how many seconds it is heard when it stands alone."""

PEAK = 0.35
"""Of a sound alone: about the level of a voice."""


@lru_cache(maxsize=4)
def bed(name: str) -> Clip:
    """A sound to go on beneath the voice."""
    return _clip(name, BED_SECONDS)


@lru_cache(maxsize=4)
def effect(name: str) -> Clip:
    """A sound on its own, faded in and out."""
    return _faded(_clip(name, SOUNDS[name][1]), 0.05, 0.3)


def lullaby(name: str, seconds: float) -> Clip:
    """A sound to fall asleep to, which dies away over its whole length."""
    once = _clip(name, BED_SECONDS).samples
    samples = np.resize(once, round(seconds * RATE)) * np.float32(0.5)
    return _faded(Clip(samples, RATE), 2.0, seconds - 2.0)


def _clip(name: str, seconds: float) -> Clip:
    wave = np.asarray(SOUNDS[name][0](seconds), np.float32)
    return Clip(wave * np.float32(PEAK / max(float(np.abs(wave).max()), 1e-6)), RATE)


def _faded(clip: Clip, rise: float, fall: float) -> Clip:
    samples = clip.samples.copy()
    up, down = round(rise * clip.rate), round(fall * clip.rate)
    samples[:up] *= np.linspace(0, 1, up, dtype=np.float32)
    samples[-down:] *= np.linspace(1, 0, down, dtype=np.float32)
    return Clip(samples, clip.rate)
