"""Listening to music: tempo, energy, brightness, loudness, key, and whether somebody only talks.

numpy alone does it: the libraries that know more (librosa, essentia, aubio) bring compilers, GPL or
no wheels for a Raspberry Pi. Sound comes as stereo at RATE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .harmony import Chroma
from .pulse import FRAMES_A_SECOND, HOP, tempo

RATE = 22_050
"""Samples a second: what lies above 11 kHz says nothing about mood or tempo."""

WINDOW = 1024
"""Samples of a spectrum."""

BANDS = 24
"""Bands, evenly spaced by pitch, in which onsets are looked for."""

SILENT = -60.0
"""LUFS below which there is nothing to hear but dither."""

Sound: TypeAlias = NDArray[np.float32]
_Rows: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was heard in a track; the meanings are those of `Track`."""

    tempo: float
    energy: float
    brightness: float
    loudness: float
    speech: bool
    key: str


class Listener:
    """Takes a track in stretches of any length, and tells what it heard at the end."""

    def __init__(self) -> None:
        self._rest: Sound = np.zeros((0, 2), np.float32)
        self._window = np.hanning(WINDOW).astype(np.float32)
        self._scale = 2.0 / (WINDOW * float((self._window**2).sum()))
        frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
        self._weights = _k_weights(frequencies)
        self._pitch = np.log2(np.maximum(frequencies, 20.0))
        self._edges = _band_edges(frequencies)
        self._last: _Rows | None = None
        self._chroma = Chroma(RATE)
        self._flux: list[_Rows] = []
        self._weighted: list[_Rows] = []
        self._powers: list[_Rows] = []
        self._centre = np.zeros(2)
        self._stereo = np.zeros(2)

    def feed(self, sound: Sound) -> None:
        """The next stretch, shape (n, 2)."""
        sound = np.concatenate((self._rest, sound))
        frames = (len(sound) - WINDOW) // HOP + 1
        if frames < 1:
            self._rest = sound
            return
        self._rest = sound[frames * HOP :]
        mono = sound.mean(axis=1)
        new = sound[: frames * HOP].astype(np.float64)
        self._stereo += ((new**2).sum(), (mono[: frames * HOP].astype(np.float64) ** 2).sum())
        self._chroma.feed(mono[: frames * HOP])
        rows = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[::HOP][:frames]
        spectra = np.fft.rfft(rows * self._window, axis=1)
        power = (spectra.real**2 + spectra.imag**2).astype(np.float64) * self._scale
        self._note(power)

    def _note(self, power: _Rows) -> None:
        self._weighted.append(power @ self._weights)
        total = power.sum(axis=1)
        self._powers.append(total)
        strength = np.sqrt(power)
        self._centre += ((strength @ self._pitch).sum(), strength.sum())
        bands = np.log1p(1e5 * np.add.reduceat(power, self._edges, axis=1))
        before = bands[:1] if self._last is None else self._last
        self._flux.append(np.maximum(np.diff(bands, axis=0, prepend=before), 0).mean(axis=1))
        self._last = bands[-1:]

    def told(self) -> Measured:
        """What was heard. Raises ValueError where there was nothing to hear."""
        if not self._flux or self._stereo[1] <= 1e-9 or (loudness := self._loudness()) < SILENT:
            raise ValueError("it is silent")
        flux, powers = np.concatenate(self._flux), np.concatenate(self._powers)
        beats, clarity = tempo(flux)
        octaves = self._centre[0] / self._centre[1]
        brightness = _between(octaves, np.log2(300.0), np.log2(5000.0))
        bustle = _between(float(flux.mean()), 0.02, 0.30)
        level = _between(loudness, -32.0, -8.0)
        return Measured(
            tempo=round(beats, 1),
            energy=round(0.45 * bustle + 0.35 * level + 0.20 * brightness, 3),
            brightness=round(brightness, 3),
            loudness=round(loudness, 2),
            speech=_is_speech(powers, clarity),
            key=self._chroma.key(),
        )

    def _loudness(self) -> float:
        """Integrated loudness in LUFS (ITU-R BS.1770-4): blocks of 400 ms, three quarters shared,
        gated at -70 LUFS and 10 LU below the rest."""
        frames = np.concatenate(self._weighted)
        length = max(1, min(round(0.4 * FRAMES_A_SECOND), len(frames)))
        sums = np.concatenate(([0.0], np.cumsum(frames)))
        blocks = (sums[length:] - sums[:-length])[:: max(1, length // 4)] / length
        # The spectra are of the mono sum; both channels count by their own power.
        blocks *= self._stereo[0] / self._stereo[1]
        heard = blocks[_lufs(blocks) > -70.0]
        if not len(heard):
            return -70.0
        heard = heard[_lufs(heard) > _lufs(heard.mean()) - 10.0]
        return float(_lufs(heard.mean()))


def _lufs(power: _Rows | np.floating) -> _Rows:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))


def _between(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))


def _k_weights(frequencies: NDArray[Any]) -> _Rows:
    """BS.1770's K-weighting as a factor of power; its two filters as printed for 48 kHz."""
    z = np.exp(-2j * np.pi * frequencies / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * high_pass) ** 2)


def _band_edges(frequencies: NDArray[Any]) -> NDArray[np.intp]:
    """Where each band begins: at least one line wide, evenly spaced by pitch above that."""
    wished = np.searchsorted(frequencies, np.geomspace(60.0, 9000.0, BANDS))
    return np.unique(np.maximum(wished, np.arange(1, BANDS + 1)))


def _is_speech(powers: _Rows, clarity: float) -> bool:
    """Speech halts between words and has no beat: of its frames, far more are much softer than the
    second around them (Scheirer and Slaney's low-energy frames)."""
    second = round(FRAMES_A_SECOND)
    whole = len(powers) // second
    if whole < 5:
        return False
    rows = np.sqrt(powers[: whole * second].reshape(whole, second))
    means = rows.mean(axis=1, keepdims=True)
    sounding = means[:, 0] > 0.1 * means.mean()
    soft = float((rows < 0.5 * means)[sounding].mean())
    return soft > 0.38 and clarity < 0.35
