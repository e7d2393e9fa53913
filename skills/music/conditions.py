"""What must hold of every track for a wish, with the phrase that says that of none it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .circumstances import Circumstances
from .track import Track, beats_off
from .wish import Wish

TEMPO_OFF = 0.085
"""Octaves that a tempo may be off what was asked for: 6 %."""

LONG_AGO = 45 * 86_400.0
"""Seconds after which something was not heard for long."""

NEW = 60 * 86_400.0
"""Seconds for which something is new on the shelves."""

DECEMBER = 12
CHRISTMAS = ("christmas", "xmas", "圣诞")
"""Genres of one month."""

SINGERLESS = (
    "instrumental",
    "classical",
    "ambient",
    "soundtrack",
    "piano",
    "lo-fi",
    "纯音乐",
    "轻音乐",
)

Test = Callable[[Track], bool]


def in_season(pool: list[Track], wish: Wish, given: Circumstances) -> list[Track]:
    """Without Christmas songs, but in December or where they were asked for."""
    if wish.genres or given.now.month == DECEMBER:
        return pool
    return [track for track in pool if not any(word in track.genre for word in CHRISTMAS)]


def conditions(wish: Wish, given: Circumstances, pool: Sequence[Track]) -> list[tuple[Test, str]]:
    """What has to hold of every track, and the phrase that says that nothing does."""
    must: list[tuple[Test, str]] = []
    if wish.genres:
        must.append((_of_genres(wish.genres, pool), "none_of_genre"))
    if years := wish.years:
        must.append((lambda t: years[0] <= t.year <= years[1], "none_of_years"))
    if wish.tongue:
        must.append((lambda t: _in_tongue(t, wish.tongue), "none_of_tongue"))
    if wish.tempo:
        must.append((_of_tempo(wish), "no_tempo"))
    if wish.instrumental:
        must.append((lambda t: any(genre in t.genre for genre in SINGERLESS), "none_instrumental"))
    if wish.filter:
        must.append((_filter(wish.filter, given), f"none_{wish.filter}"))
    return must


def _in_tongue(track: Track, tongue: str) -> bool:
    """Where no tag tells, songs with Latin letters are taken for English ones."""
    if track.language:
        return track.language == tongue
    return tongue == "en" and not any(genre in track.genre for genre in SINGERLESS)


def _of_genres(genres: Sequence[Sequence[str]], pool: Sequence[Track]) -> Test:
    """All that were said where a track is all of them ("classical piano"); else any of them
    ("jazz and blues")."""

    def holds(track: Track, some: Callable[[Iterable[bool]], bool]) -> bool:
        return some(any(part in track.genre for part in genre) for genre in genres)

    some = all if any(holds(track, all) for track in pool) else any
    return lambda track: holds(track, some)


def _of_tempo(wish: Wish) -> Test:
    if wish.bound == "above":
        return lambda track: track.tempo >= wish.tempo
    if wish.bound == "below":
        return lambda track: 0 < track.tempo <= wish.tempo
    return lambda track: beats_off(track.tempo, wish.tempo) <= TEMPO_OFF


def _filter(name: str, given: Circumstances) -> Test:
    now = given.now.timestamp()
    return {
        "forgotten": lambda track: now - given.of(track).last > LONG_AGO,
        "liked": lambda track: given.of(track).liked or given.of(track).fondness > 0.5,
        "often": lambda track: given.of(track).plays > 0,
        "new": lambda track: now - track.added < NEW,
    }[name]
