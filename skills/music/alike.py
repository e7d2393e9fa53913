"""How alike music is: by its tags, and by what was heard in it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from .track import Track, beats_off

ALIKE = 0.8
"""Likeness from which a track is like another."""

_NEVER = -1.0


class Likeness:
    """One track, or all of an artist or an album, as others are held against it."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self._paths = {track.path for track in tracks}
        self._artists = {track.artist for track in tracks}
        self._genres = {genre for track in tracks for genre in track.genre.split(";") if genre}
        self._tongues = {track.language for track in tracks}
        self._tempos = sorted(track.tempo for track in tracks if track.tempo)
        self._energy = _mean([track.energy for track in tracks])
        self._brightness = _mean([track.brightness for track in tracks])
        self._single = len(tracks) == 1

    def of(self, track: Track) -> float:
        """0 for nothing in common, about 2.5 for its twin; below 0 for itself."""
        if track.path in self._paths:
            return _NEVER
        shared = self._genres.intersection(track.genre.split(";"))
        like = 1.0 * bool(shared)
        like += 0.3 * (track.artist in self._artists) + 0.3 * (track.language in self._tongues)
        if self._tempos and track.tempo and self._single:
            like += 0.4 - 1.6 * beats_off(track.tempo, self._tempos[0])
        if self._energy is not None and track.energy is not None:
            like += 0.6 - 4.0 * abs(track.energy - self._energy)
        if self._brightness is not None and track.brightness is not None:
            like += 0.2 - 1.0 * abs(track.brightness - self._brightness)
        return like


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
