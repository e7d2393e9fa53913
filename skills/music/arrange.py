"""The order in which tracks are pleasant to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from .track import Track, beats_off

WARM_UP = 0.15
COOL_DOWN = 0.15
"""Shares of a run in which the pace rises, and falls again."""

ELSEWHERE = 20.0
"""How wrong a track is in a part of the run that is not its own."""


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
    """A warm-up, a steady part, and a cool-down: the easiest tracks at both ends, rising at first
    and falling at last, all others in between."""
    ranked = sorted(tracks, key=effort)
    rising = max(1, round(len(ranked) * WARM_UP))
    falling = max(1, round(len(ranked) * COOL_DOWN))
    ends = ranked[: rising + falling]
    rise = [*ends[: 2 * min(rising, falling) : 2], *ends[2 * falling :]][:rising]
    fall = [track for track in ends if track not in rise]
    place = {track.path: at for at, track in enumerate(rise)}
    place |= {track.path: len(ranked) - 1 - at for at, track in enumerate(fall)}

    def off(at: int, track: Track) -> float:
        steady = rising <= at < len(ranked) - falling
        if track.path not in place:
            return 0.0 if steady else ELSEWHERE
        return ELSEWHERE if steady else abs(place[track.path] - at)

    first = rise[0] if rise else tracks[0]
    row = _arranged([first, *(track for track in tracks if track is not first)], off)
    return _mended(row, off)


def _mended(row: list[Track], off: Callable[[int, Track], float]) -> list[Track]:
    """The same with those tracks put elsewhere that came to lie in the wrong part for their
    artists' sake; the first stays the first."""

    def wrong(some: Sequence[Track]) -> float:
        twice = sum(one.artist == other.artist != "" for one, other in pairwise(some))
        return 3 * ELSEWHERE * twice + sum(off(at, track) for at, track in enumerate(some))

    for track in [track for at, track in enumerate(row) if at and off(at, track) >= ELSEWHERE]:
        here = row.index(track)
        rest = row[:here] + row[here + 1 :]
        tries = [row]
        for at in range(1, len(row)):
            tries.append([*rest[:at], track, *rest[at:]])
            tries.append(list(row))
            tries[-1][here], tries[-1][at] = row[at], track
        row = min(tries, key=wrong)
    return row


def effort(track: Track) -> float:
    """How hard one runs to it: steps a minute first, then energy."""
    return track.cadence + 30 * (track.energy if track.energy is not None else 0.5)


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
