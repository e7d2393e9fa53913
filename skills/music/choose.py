"""From a wish to tracks: what must hold, what suits best, in an order that is pleasant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from random import Random

from .alike import ALIKE, Likeness
from .arrange import as_a_run, smooth
from .names import Hit
from .occasions import Occasion, occasions, of_the_hour, of_the_weather
from .shelf import Shelf
from .taste import NOTHING, Known
from .track import Track, beats_off
from .wish import Wish

MOST = 60
"""Tracks of a row: four hours. A row that describes is made longer while it plays."""

ENOUGH_FOR_FEET = 5
"""Tracks that are enough to run to, so that none need be one of doubtful beat."""

LOOKED_AT = 4000
"""Tracks that are judged at first; all of them only if those do not do."""

TEMPO_OFF = 0.085
"""Octaves that a tempo may be off what was asked for: 6 %."""

LONG_AGO = 45 * 86_400.0
"""Seconds after which something was not heard for long."""

NEW = 60 * 86_400.0
"""Seconds for which something is new on the shelves."""

CHANCE = 0.5
"""How much of the order is chance: the same wish twice is not the same row."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is going to be played, or why nothing is."""

    tracks: Sequence[Track] = ()
    hit: Hit | None = None
    """The name that was meant."""
    occasion: str = ""
    missing: str = ""
    """A name that is not on the shelves."""
    problem: str = ""
    """Why there is nothing: the key of a phrase."""
    endless: bool = False
    """Whether more of it may follow."""
    like: Hit | None = None
    """What it is like, where that was asked for by name."""
    loose: bool = False
    """Whether the mood had to be given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else counts: who asks, when, and what plays."""

    now: datetime
    known: Mapping[str, Known] = field(default_factory=dict)
    """What is known of tracks and the one who asks, by path."""
    weather: str = ""
    """The sky outside, where it is known: a key of data/occasions.yaml."""
    playing: Track | None = None
    recent: frozenset[str] = frozenset()
    """Paths that were just heard, and do not come again so soon."""
    dice: Random = field(default_factory=Random)

    def of(self, track: Track) -> Known:
        """What is known of one track."""
        return self.known.get(track.path, NOTHING)


def choose(wish: Wish, shelf: Shelf, given: Circumstances) -> Choice:
    """The tracks for a wish."""
    if wish.filter == "similar" and given.playing is None:
        return Choice(problem="nothing")
    hit, missing = (None, "") if wish.filter == "similar" else shelf.named(wish)
    if hit and hit.kind == "album" and wish.text == wish.genre_said:
        hit = None  # "jazz" is the music, also where an album has its name
    like = shelf.likened(wish) if wish.like and not (hit and hit.name_of(wish.said)) else None
    if like:
        return _by_likeness(like, shelf, given)
    if missing:
        return Choice(missing=missing, problem="not_found")
    if hit:
        # Words of a name mean nothing else: "Kid Meridian" is not for children.
        bare = Wish(language=wish.language, whole=wish.whole)
        return _by_name(hit, bare if hit.name_of(wish.text) else wish, shelf, given)
    if wish.filter == "similar" and given.playing:
        return _by_likeness(None, shelf, given)
    return _by_description(wish, shelf, given)


def _by_likeness(like: Hit | None, shelf: Shelf, given: Circumstances) -> Choice:
    """What is like a name, or like what plays."""
    same = Likeness(shelf.of(like) if like else [given.playing] if given.playing else [])
    found = {track.path: same.of(track) for track in _allowed(shelf, given)}
    pool = [track for track in _allowed(shelf, given) if found[track.path] >= ALIKE]
    if not pool:
        return Choice(problem="none_similar", like=like)
    best = sorted(pool, key=lambda track: -found[track.path])[: 2 * MOST]
    ranked = _ranked(best, lambda track: 2 * found[track.path], given)[: MOST // 2]
    return Choice(tracks=smooth(ranked), like=like, endless=True)


def _by_description(wish: Wish, shelf: Shelf, given: Circumstances) -> Choice:
    """What holds strictly first; of that what suits."""
    pool = _in_season(_allowed(shelf, given), wish, given)
    for test, problem in _must(wish, given, pool):
        pool = [track for track in pool if test(track)]
        if not pool:
            return Choice(problem=problem)
    occasion = _occasion(wish, given)
    ranked = _ranked(pool, _suits(wish, occasion, given), given)
    loose = not ranked and len(pool) < len(shelf.tracks) and not _for_feet(occasion)
    if loose:
        ranked = _ranked(pool, _suits(wish, "", given), given)
    if not ranked:
        return Choice(problem="none_suits", occasion=occasion)
    if _for_feet(occasion):
        ranked = _sure_steps(ranked)
    chosen = _enough(ranked, wish.minutes)
    row = as_a_run(chosen) if occasion == "running" else smooth(chosen)
    return Choice(tracks=row, occasion=occasion, endless=not wish.minutes, loose=loose)


def _allowed(shelf: Shelf, given: Circumstances) -> list[Track]:
    """All music but what is banned."""
    return [track for track in shelf.tracks if not track.speech and not given.of(track).never]


def _in_season(pool: list[Track], wish: Wish, given: Circumstances) -> list[Track]:
    """Without Christmas songs, but in December or where they were asked for."""
    if wish.genres or given.now.month == DECEMBER:
        return pool
    return [track for track in pool if not any(word in track.genre for word in CHRISTMAS)]


def _occasion(wish: Wish, given: Circumstances) -> str:
    if wish.occasion == "weather" and (found := of_the_weather(given.weather, given.now.hour)):
        return found
    return of_the_hour(given.now.hour) if wish.occasion in ("now", "weather") else wish.occasion


def _for_feet(occasion: str) -> bool:
    return bool(occasion and occasions()[occasion].steps)


def _sure_steps(ranked: list[Track]) -> list[Track]:
    """Without those whose beat feet only meet at half or double, and that nothing says are lively:
    they may be ballads. All of them where too few are left."""
    sure = [t for t in ranked if t.energy is not None or abs(t.cadence - t.tempo) < 1]
    return sure if len(sure) >= ENOUGH_FOR_FEET else ranked


def _by_name(hit: Hit, wish: Wish, shelf: Shelf, given: Circumstances) -> Choice:
    """An artist's tracks in a pleasant order, an album's or a playlist's in their own."""
    tracks = shelf.of(hit)
    if hit.kind == "title":
        return Choice(tracks=sorted(tracks, key=lambda t: given.of(t).never)[:1], hit=hit)
    tracks = [track for track in tracks if not given.of(track).never]
    which = wish.album or (-1 if wish.filter == "new" else 0)
    if hit.kind == "album":
        tracks.sort(key=lambda track: (track.artist, track.number))
    elif hit.kind == "artist" and which:
        tracks = _album(tracks, which)
    elif hit.kind == "artist" and not wish.whole:
        for test, _ in _must(wish, given, tracks):
            tracks = [track for track in tracks if test(track)]
        suits = _suits(wish, wish.occasion, given)
        tracks = smooth(_ranked(tracks, suits, given)[:MOST])
    return Choice(tracks=tracks, hit=hit) if tracks else Choice(problem="none_suits", hit=hit)


def _album(tracks: Sequence[Track], which: int) -> list[Track]:
    """One album of an artist, by its age."""
    years = {track.album: track.year for track in tracks}
    albums = sorted(years, key=lambda album: years[album])
    at = len(albums) - 1 if which < 0 else which - 1
    return [track for track in tracks if albums[at : at + 1] == [track.album]]


def _must(
    wish: Wish, given: Circumstances, pool: Sequence[Track]
) -> list[tuple[Callable[[Track], bool], str]]:
    """What has to hold of every track, and the phrase that says that nothing does."""
    must: list[tuple[Callable[[Track], bool], str]] = []
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


def _of_genres(genres: Sequence[Sequence[str]], pool: Sequence[Track]) -> Callable[[Track], bool]:
    """All that were said where a track is all of them ("classical piano"); else any of them
    ("jazz and blues")."""

    def holds(track: Track, some: Callable[[Iterable[bool]], bool]) -> bool:
        return some(any(part in track.genre for part in genre) for genre in genres)

    some = all if any(holds(track, all) for track in pool) else any
    return lambda track: holds(track, some)


def _of_tempo(wish: Wish) -> Callable[[Track], bool]:
    if wish.bound == "above":
        return lambda track: track.tempo >= wish.tempo
    if wish.bound == "below":
        return lambda track: 0 < track.tempo <= wish.tempo
    return lambda track: beats_off(track.tempo, wish.tempo) <= TEMPO_OFF


def _filter(name: str, given: Circumstances) -> Callable[[Track], bool]:
    now = given.now.timestamp()
    return {
        "forgotten": lambda track: now - given.of(track).last > LONG_AGO,
        "liked": lambda track: given.of(track).liked or given.of(track).fondness > 0.5,
        "often": lambda track: given.of(track).plays > 0,
        "new": lambda track: now - track.added < NEW,
    }[name]


def _suits(wish: Wish, occasion: str, given: Circumstances) -> Callable[[Track], float]:
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


def _ranked(
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


def _enough(ranked: Sequence[Track], minutes: float) -> list[Track]:
    """As many as a row takes, or as the time asked for."""
    if not minutes:
        return list(ranked[:MOST])
    chosen: list[Track] = []
    left = minutes * 60
    for track in ranked:
        if left <= 0:
            break
        chosen.append(track)
        left -= track.seconds or 240
    return chosen
