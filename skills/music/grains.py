"""Small sounds that fall at random or in time: drops, crackles, heartbeats, bowls, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from .noise import STEP, Stereo

Samples1 = NDArray[np.float64]
Score = Iterator[tuple[float, Samples1]]
"""Sounds with the seconds since the one before."""


class Grains:
    """Lays the sounds of a score over each other, without end."""

    def __init__(
        self, rate: int, dice: np.random.Generator, score: Score, *, gain: float = 1.0
    ) -> None:
        self._rate, self._dice, self._score, self._gain = rate, dice, score, gain
        self._ahead: Stereo = np.zeros((STEP, 2), np.float32)
        self._next = next(score)
        self._due = -self._next[0] * rate  # the first sounds at once

    def next(self) -> Stereo:
        """The next STEP samples, stereo."""
        self._due -= STEP
        while self._due + self._next[0] * self._rate < 0:
            self._due += self._next[0] * self._rate
            self._lay(self._next[1], STEP + int(self._due))
            self._next = next(self._score)
        out, self._ahead = self._ahead[:STEP], self._ahead[STEP:]
        if len(self._ahead) < STEP:
            self._ahead = np.concatenate(
                (self._ahead, np.zeros((STEP - len(self._ahead), 2), np.float32))
            )
        return out

    def _lay(self, sound: Samples1, at: int) -> None:
        """Somewhere between left and right, from `at` on."""
        missing = at + len(sound) - len(self._ahead)
        if missing > 0:
            self._ahead = np.concatenate((self._ahead, np.zeros((missing, 2), np.float32)))
        side = self._dice.uniform(0.25, 0.75)
        sides = self._gain * np.sqrt([1 - side, side])
        self._ahead[at : at + len(sound)] += (sound[:, None] * sides).astype(np.float32)


def _time(rate: int, seconds: float) -> Samples1:
    return np.arange(round(rate * seconds)) / rate


def drops(rate: int, dice: np.random.Generator) -> Score:
    """Rain on leaves and sills: short falling tones."""
    while True:
        time = _time(rate, 0.05)
        pitch = dice.uniform(900, 3200)
        tone = np.sin(2 * np.pi * (pitch * time - pitch * 2 * time**2))
        fall = np.minimum(time * 2000, 1) * np.exp(-time * dice.uniform(90, 200))
        yield dice.exponential(0.06), tone * fall * dice.exponential(0.4)


def crackles(rate: int, dice: np.random.Generator) -> Score:
    """Wood that bursts in a fire: clicks of noise, now and then in bunches."""
    while True:
        for _ in range(1 + dice.poisson(2)):
            time = _time(rate, 0.03)
            noise = dice.standard_normal(len(time))
            fall = np.minimum(time * 4000, 1) * np.exp(-time * dice.uniform(150, 600))
            yield dice.exponential(0.05), noise * fall * dice.exponential(0.35)
        yield dice.exponential(0.35), np.zeros(1)


def heartbeats(rate: int, dice: np.random.Generator) -> Score:
    """Sixty-odd beats a minute, as heard from within: two thuds each, never quite the same."""
    time = _time(rate, 0.3)
    rise = np.minimum(time * 60, 1)
    while True:
        beat = 60 / dice.normal(64, 1.2)
        for pitch, strength, gap in ((48, 1.0, beat - 0.32), (62, 0.6, 0.32)):
            thud = np.sin(2 * np.pi * (pitch * time + 2 * (1 - np.exp(-time * 20))))
            yield gap, thud * rise * np.exp(-time * 16) * strength * dice.uniform(0.9, 1.1)


def bowls(rate: int, dice: np.random.Generator) -> Score:
    """A singing bowl, struck when the last stroke has nearly died away; its partials beat."""
    time = _time(rate, 16.0)
    rise = np.minimum(time * 30, 1) * np.minimum((16.0 - time) / 2, 1)
    partials = ((1.0, 1.0, 0.16), (2.71, 0.45, 0.28), (5.15, 0.2, 0.55), (8.2, 0.08, 1.0))
    while True:
        root = 196.0 * 2 ** (dice.choice([0, 0, 0, 7, -5]) / 12)
        stroke = np.zeros(len(time))
        for ratio, strength, decay in partials:
            beating = dice.uniform(0.3, 1.1)
            pair = np.sin(2 * np.pi * root * ratio * time)
            pair += np.sin(2 * np.pi * (root * ratio + beating) * time)
            stroke += pair * strength * np.exp(-time * decay)
        yield dice.uniform(6, 11), stroke * rise * 0.5


CHORDS = (
    (-12, 0, 4, 7, 14),
    (-15, -3, 4, 9, 12),
    (-7, 0, 5, 9, 16),
    (-5, 2, 7, 11, 14),
    (-10, 2, 5, 9, 17),
    (-8, 4, 7, 11, 16),
)
"""Semitones from middle C: the chords of C major that may follow each other in any order."""


def calm_piece(rate: int, dice: np.random.Generator) -> Score:
    """Slow chords and a melody of their notes, made up while it plays: it never comes again."""
    chord = CHORDS[0]
    while True:
        for semitones in chord[:3]:
            yield 0.15, _note(rate, semitones, 11.0, 2.5)
        for _ in range(int(dice.integers(3, 7))):
            step = int(dice.choice(chord)) + (12 if dice.random() < 0.6 else 0)
            yield float(dice.choice([0.8, 1.2, 1.6, 2.4])), _note(rate, step, 5.0, 0.08) * 0.7
        yield 1.0, np.zeros(1)
        chord = CHORDS[int(dice.integers(len(CHORDS)))]


def _note(rate: int, semitones: float, seconds: float, attack: float) -> Samples1:
    """A soft tone: few partials, the higher the shorter."""
    time = _time(rate, seconds)
    pitch = 261.63 * 2 ** (semitones / 12)
    shape = np.minimum(time / attack, 1) * np.minimum((seconds - time) / (seconds / 2), 1)
    tone = sum(
        np.sin(2 * np.pi * pitch * partial * time) * strength * np.exp(-time * 0.35 * partial)
        for partial, strength in ((1, 1.0), (2, 0.25), (3, 0.1))
    )
    return np.asarray(tone * shape**2 * 0.3)


SCORES: dict[str, Callable[[int, np.random.Generator], Score]] = {
    "drops": drops,
    "crackles": crackles,
    "heartbeats": heartbeats,
    "bowls": bowls,
    "calm_piece": calm_piece,
}
