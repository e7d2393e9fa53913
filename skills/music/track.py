"""One piece of music: what its tags say, and what was heard in it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A piece of music on the user's shelves."""

    path: str
    """The file; on a music server, what that server calls it."""
    title: str
    artist: str = ""
    album: str = ""
    genre: str = ""
    """In small letters; several are parted by semicolons."""
    year: int = 0
    number: int = 0
    """Its place on the album, discs counted in."""
    seconds: float = 0.0
    language: str = ""
    """ISO 639-1 of what is sung: by tag, else by the script of its names; empty is unknown."""
    tempo: float = 0.0
    """Beats a minute; 0 is unknown."""
    energy: float | None = None
    """0 for a lullaby, 1 for a wall of sound; None until it was listened to."""
    brightness: float | None = None
    """0 for all bass, 1 for all treble."""
    loudness: float | None = None
    """LUFS as EBU R128 has it; by the ReplayGain tag where there is one."""
    speech: bool = False
    """Somebody talks: an audio book or a sketch, not music."""
    key: str = ""
    """As `F# minor`; empty is unknown."""
    added: float = 0.0
    """When its file was last changed, as a POSIX time: what is new on the shelves."""

    @property
    def cadence(self) -> float:
        """Steps a minute of a runner who keeps time with it: the tempo, doubled while feet would be
        too slow on it, halved while they would be too fast. 0 is unknown."""
        if not self.tempo:
            return 0.0
        return self.tempo * 2.0 ** math.ceil(math.log2(SLOWEST_STEPS / self.tempo))


SLOWEST_STEPS = 100.0
"""Steps a minute below which nobody walks for exercise; one octave from here are all cadences."""


def beats_off(one: float, other: float) -> float:
    """How far two tempos are apart in octaves, 0 to 0.5: half and double time are alike. Unknown
    ones are a third of an octave from everything."""
    if not one or not other:
        return 1 / 3
    octaves = abs(math.log2(one / other)) % 1.0
    return min(octaves, 1.0 - octaves)
