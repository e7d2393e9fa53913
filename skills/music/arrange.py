"""The order in which tracks are pleasant to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from .track import Track, beats_off

WARM_UP = 0.15
COOL_DOWN = 0.15
"""Shares of a run in which the pace rises, and falls again."""


def jump(one: Track, other: Track) -> float:
    """How rough it is to hear one after the other: 0 is smooth, 1 a jolt."""
    rough = beats_off(one.tempo, other.tempo)
    if one.loudness is not None and other.loudness is not None:
        rough += abs(one.loudness - other.loudness) / 12
    if one.energy is not None and other.energy is not None:
        rough += abs(one.energy - other.energy)
    return rough


def smooth(tracks: Sequence[Track]) -> list[Track]:
    """Tempo and loudness go on where they were, and no artist follows himself if that can be
    avoided. The first stays the first."""
    return _arranged(tracks, lambda at, track: 0.0)


def as_a_run(tracks: Sequence[Track]) -> list[Track]:
    """A warm-up, a steady part, and a cool-down: the tracks of least cadence and energy at both
    ends, the others in between."""
    ranked = sorted(tracks, key=effort)
    rank = {track.path: at / max(len(ranked) - 1, 1) for at, track in enumerate(ranked)}
    count = len(tracks)

    def off(at: int, track: Track) -> float:
        return 4 * abs(rank[track.path] - _pace((at + 0.5) / count))

    easiest = ranked[: max(1, round(count * WARM_UP))]
    first = max(easiest, key=lambda track: track.energy or 0.0)
    return _arranged([first, *(t for t in tracks if t is not first)], off)


def effort(track: Track) -> float:
    """How hard one runs to it: steps a minute first, then energy."""
    return track.cadence + 30 * (track.energy if track.energy is not None else 0.5)


def _pace(done: float) -> float:
    """The rank of effort, 0 to 1, wanted at a part of the run."""
    ends = WARM_UP + COOL_DOWN
    if done < WARM_UP:
        return ends * 0.5 * done / WARM_UP
    if done > 1 - COOL_DOWN:
        return ends * (0.5 + 0.5 * (1 - done) / COOL_DOWN) * (1 - done) / COOL_DOWN
    return ends + (1 - ends) * 0.5


def _arranged(tracks: Sequence[Track], off: Callable[[int, Track], float]) -> list[Track]:
    waiting = list(tracks)
    row: list[Track] = []
    left = Counter(track.artist for track in waiting)
    while waiting:
        allowed = _not_twice(waiting, left, row[-1].artist if row else "")
        if row:
            at, last = len(row), row[-1]
            track = min(allowed, key=lambda each: jump(last, each) + off(at, each))
        else:
            track = allowed[0]
        waiting.remove(track)
        left[track.artist] -= 1
        row.append(track)
    return row


def _not_twice(waiting: list[Track], left: Counter[str], last: str) -> list[Track]:
    """Those that may come now so that no artist must follow himself later: others than the last
    one, and the artist of more than half of what is left as soon as there is one."""
    artist, count = left.most_common(1)[0]
    if artist and artist != last and 2 * count > len(waiting):
        return [track for track in waiting if track.artist == artist]
    return [track for track in waiting if track.artist != last or not last] or waiting
