"""The two shapes of sound that cross between our files: frames in, clips out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second of every frame: what all recognisers and wake words want."""

FRAME = 320
"""Samples in a frame: 20 ms, a multiple of the 10 ms that echo cancellers and wake words use."""

FRAME_SECONDS = FRAME / RATE

Frame: TypeAlias = NDArray[np.int16]
"""Mono 16-bit PCM of shape (FRAME,) at RATE."""

Samples: TypeAlias = NDArray[np.float32]
"""Sound on its way out: shape (n,) mono or (n, 2) stereo, full scale is -1.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A synthesised or generated piece of sound."""

    samples: Samples
    rate: int
    """Samples a second."""
    text: str = ""
    """The sentence this is the sound of; empty for an earcon or a pause."""
    last: bool = True
    """False while more clips of the same sentence follow."""

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.samples) / self.rate


def silence(seconds: float, rate: int = RATE) -> Clip:
    """A pause of `seconds`."""
    return Clip(np.zeros(round(seconds * rate), np.float32), rate)
