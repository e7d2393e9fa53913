"""From a wish to tracks: what must hold, what suits best, in an order that is pleasant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .alike import ALIKE, Likeness
from .arrange import as_a_run, smooth
from .circumstances import Circumstances
from .conditions import conditions, in_season
from .names import Hit
from .occasions import occasions, of_the_hour, of_the_weather
from .ranking import MOST, best_first, suiting
from .shelf import Shelf
from .track import Track
from .wish import Wish

ENOUGH_FOR_FEET = 5
"""Tracks that are enough to run to, so that none need be one of doubtful beat."""


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
    ranked = best_first(best, lambda track: 2 * found[track.path], given)[: MOST // 2]
    return Choice(tracks=smooth(ranked), like=like, endless=True)


def _by_description(wish: Wish, shelf: Shelf, given: Circumstances) -> Choice:
    """What holds strictly first; of that what suits."""
    pool = in_season(_allowed(shelf, given), wish, given)
    for test, problem in conditions(wish, given, pool):
        pool = [track for track in pool if test(track)]
        if not pool:
            return Choice(problem=problem)
    occasion = _occasion(wish, given)
    ranked = best_first(pool, suiting(wish, occasion, given), given)
    loose = not ranked and len(pool) < len(shelf.tracks) and not _for_feet(occasion)
    if loose:
        ranked = best_first(pool, suiting(wish, "", given), given)
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
        for test, _ in conditions(wish, given, tracks):
            tracks = [track for track in tracks if test(track)]
        suits = suiting(wish, wish.occasion, given)
        tracks = smooth(best_first(tracks, suits, given)[:MOST])
    return Choice(tracks=tracks, hit=hit) if tracks else Choice(problem="none_suits", hit=hit)


def _album(tracks: Sequence[Track], which: int) -> list[Track]:
    """One album of an artist, by its age."""
    years = {track.album: track.year for track in tracks}
    albums = sorted(years, key=lambda album: years[album])
    at = len(albums) - 1 if which < 0 else which - 1
    return [track for track in tracks if albums[at : at + 1] == [track.album]]


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
