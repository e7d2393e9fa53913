"""How loud a track is played, and how one becomes the next."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from .tags import LEVEL
from .track import Track

USUAL = -12.0
"""LUFS of a track that nobody has listened to yet: what records of the last decades have."""

MOST_DOWN, MOST_UP = -15.0, 8.0
"""Decibels that a track is made softer or louder at most."""

SHORT = 40.0
"""Seconds below which a track is not faded into: there would be little left of it."""


def gain(track: Track, row: Sequence[Track]) -> float:
    """Decibels that bring a track to the level of all others. An album played as such keeps the
    differences among its tracks."""
    mates = [track]
    if is_album(row):
        mates = [each for each in row if each.loudness is not None] or mates
    powers = [10 ** ((USUAL if t.loudness is None else t.loudness) / 10) for t in mates]
    loudness = 10 * math.log10(sum(powers) / len(powers))
    return max(MOST_DOWN, min(LEVEL - loudness, MOST_UP))


def is_album(row: Sequence[Track]) -> bool:
    """Whether a row is one album, in its order."""
    return (
        len(row) > 1
        and bool(row[0].album)
        and all(one.album == row[0].album for one in row)
        and all(one.number <= other.number for one, other in itertools.pairwise(row))
    )


def crossfade(one: Track, other: Track, row: Sequence[Track], seconds: float) -> float:
    """Seconds in which one track becomes the other: none within an album, which may play through
    without a gap, and none into or out of short pieces."""
    if is_album(row) or (one.album and one.album == other.album and other.number == one.number + 1):
        return 0.0
    shortest = min(one.seconds or SHORT, other.seconds or SHORT)
    return 0.0 if shortest < SHORT else seconds
