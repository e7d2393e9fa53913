"""Which tracks suit a wish best, by what need not hold strictly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from .circumstances import Circumstances
from .occasions import Occasion, occasions, of_the_hour, of_the_weather
from .track import Track
from .wish import Wish

MOST = 60
"""Tracks of a row: four hours. A row that describes is made longer while it plays."""

LOOKED_AT = 4000
"""Tracks that are judged at first; all of them only if those do not do."""

CHANCE = 0.5
"""How much of the order is chance: the same wish twice is not the same row."""


def suiting(wish: Wish, occasion: str, given: Circumstances) -> Callable[[Track], float]:
    """How well a track answers a wish, by what need not hold strictly; 0 is not at all."""
    wanted = [_judge(name) for name in (occasion, *wish.levels) if name]
    hints = [occasions()[name] for name in _around(given)]
    now = given.now.timestamp()

    def score(track: Track) -> float:
        scores = [judge(track) for judge in wanted]
        if scores and min(scores) <= 0:
            return 0.0
        if not wanted:
            scores.append(1.0)
        if not wish.described:
            scores.extend(0.2 for hint in hints if hint.fits(track))
        if wish.filter == "often":
            scores.append(given.of(track).plays)
        if wish.filter == "forgotten":
            scores.append((now - given.of(track).last) / now)
        return sum(scores)

    return score


def _around(given: Circumstances) -> list[str]:
    """What the hour and the weather are for, by themselves."""
    weather = of_the_weather(given.weather, given.now.hour)
    return [of_the_hour(given.now.hour), *([weather] if weather else [])]


def _judge(name: str) -> Callable[[Track], float]:
    occasion: Occasion = occasions()[name]
    return lru_cache(maxsize=None)(occasion.fits)


def best_first(
    pool: Sequence[Track], suits: Callable[[Track], float], given: Circumstances
) -> list[Track]:
    """The tracks that suit, the best first, with some chance in it."""
    some = given.dice.sample(pool, LOOKED_AT) if len(pool) > LOOKED_AT else pool
    found = [(score, track) for track in some if (score := suits(track)) > 0]
    if len(found) < MOST and len(pool) > len(some):
        found = [(score, track) for track in pool if (score := suits(track)) > 0]
    weighed = [
        (score + _favour(track, given) + CHANCE * given.dice.random(), at, track)
        for at, (score, track) in enumerate(found)
    ]
    return [track for *_, track in sorted(weighed, key=lambda each: (-each[0], each[1]))]


def _favour(track: Track, given: Circumstances) -> float:
    known = given.of(track)
    hours = (given.now.timestamp() - known.last) / 3600
    tired = 0.6 if track.path in given.recent or hours < 3 else 0.3 if hours < 24 else 0.0
    return 0.6 * known.fondness - tired
