"""Sounds for sleep, focus and babies, made while they play: endless, seamless, no file needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from voice_assistant.skill import Samples
from voice_assistant.texts import read_yaml

from .grains import SCORES, Grains
from .noise import STEP, Noise, Stereo
from .occasions import DATA

LOUDNESS = 0.09
"""Root mean square of every sound: as loud as quiet music."""

CEILING = 0.95
"""Nothing is louder, however many small sounds fall together."""


class Layer(Protocol):
    """Part of a sound."""

    def next(self) -> Stereo:
        """The next STEP samples."""
        ...


class Endless:
    """A `Source` of layers that goes on for ever."""

    left = None
    failed = None

    def __init__(self, rate: int, layers: list[Layer], level: float) -> None:
        self._rate, self._layers = rate, layers
        self._gain = LOUDNESS * level
        self._read = 0
        self._ready: Samples = np.zeros((0, 2), np.float32)

    def read(self, n: int) -> Samples:
        """The next `n` samples, shape (n, 2)."""
        while len(self._ready) < n:
            loud = np.tanh(self._mixed() * (self._gain / CEILING)) * np.float32(CEILING)
            self._ready = np.concatenate((self._ready, loud.astype(np.float32)))
        out, self._ready = self._ready[:n], self._ready[n:]
        self._read += n
        return out

    def _mixed(self) -> NDArray[np.float32]:
        mixed = np.zeros((STEP, 2), np.float32)
        for layer in self._layers:
            mixed += layer.next()
        return mixed

    @property
    def position(self) -> float:
        """Seconds read."""
        return self._read / self._rate

    def seek(self, seconds: float) -> None:
        """It is the same everywhere."""

    def close(self) -> None:
        """It holds nothing."""


@cache
def recipes() -> Mapping[str, dict[str, Any]]:
    """What each sound is made of, by name."""
    found: Mapping[str, dict[str, Any]] = read_yaml(
        (DATA / "sounds.yaml").read_text(encoding="utf-8")
    )
    return found


def sound(name: str, rate: int, seed: int | None = None) -> Endless:
    """The endless sound called `name`; another one every time unless there is a seed."""
    dice = np.random.default_rng(seed)
    layers: list[Layer] = []
    for layer in recipes()[name]["layers"]:
        rest = {key: value for key, value in layer.items() if key not in ("noise", "grains")}
        if "noise" in layer:
            layers.append(Noise(rate, dice, levels=layer["noise"], **rest))
        else:
            layers.append(Grains(rate, dice, SCORES[layer["grains"]](rate, dice), **rest))
    return Endless(rate, layers, recipes()[name]["level"])
