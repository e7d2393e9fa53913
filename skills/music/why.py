"""Why this track: what the wish was, what is known of the track, and of the one who listens."""

from __future__ import annotations

from datetime import timedelta

from voice_assistant.skill import Turn
from voice_assistant.speaking import say_count, say_list, say_number, say_roughly, say_year

from .choose import Choice
from .circumstances import Circumstances
from .occasions import occasions, of_the_hour, of_the_weather
from .track import Track
from .wish import Wish

LIVELY, SOFT = 0.6, 0.35
"""Energies from and up to which it is worth saying."""


def reasons(turn: Turn, track: Track, wish: Wish, choice: Choice, given: Circumstances) -> str:
    """A list of reasons as a clause; never empty."""
    found = [*_wished(turn, track, wish, choice), *_heard(turn, track, wish, choice)]
    found += [*_outside(turn, track, wish, given), *_known(turn, track, given)]
    if not found:
        found = [turn.phrase(f"why_{of_the_hour(given.now.hour)}")]
    return "，".join(found) if turn.language == "zh" else say_list(found, turn.language)


def _wished(turn: Turn, track: Track, wish: Wish, choice: Choice) -> list[str]:
    found = []
    if choice.hit:
        found.append(turn.phrase("why_named", name=choice.hit.name))
    if choice.like:
        found.append(turn.phrase("why_like_named", name=choice.like.name))
    if wish.genres:
        found.append(turn.phrase("why_genre", genre=wish.genre_said))
    if wish.years and track.year:
        found.append(turn.phrase("why_year", year=say_year(track.year, turn.language)))
    if wish.filter in ("liked", "new", "often", "forgotten", "similar"):
        found.append(turn.phrase(f"why_{wish.filter}"))
    return found


def _heard(turn: Turn, track: Track, wish: Wish, choice: Choice) -> list[str]:
    """What makes it right for a mood or an activity."""
    found = []
    occasion = occasions().get(choice.occasion)
    feet = bool(occasion and occasion.steps)
    beats = track.cadence if feet else track.tempo
    if beats and (wish.tempo or occasion):
        key = "why_steps" if feet and beats != track.tempo else "why_tempo"
        found.append(turn.phrase(key, tempo=say_number(round(beats), turn.language)))
    if occasion and not wish.genres and track.genre and occasion.by_genre(track.genre) > 0:
        found.append(turn.phrase("why_genre", genre=track.genre.split(";")[0]))
    if (occasion or wish.levels) and track.energy is not None:
        if track.energy >= LIVELY:
            found.append(turn.phrase("why_lively"))
        elif track.energy <= SOFT:
            found.append(turn.phrase("why_soft"))
    return found


def _outside(turn: Turn, track: Track, wish: Wish, given: Circumstances) -> list[str]:
    """The weather, where it had a say."""
    fitting = occasions().get(of_the_weather(given.weather, given.now.hour))
    counted = wish.occasion == "weather" or not (wish.described or wish.rest)
    if not (fitting and counted and fitting.fits(track)):
        return []
    return [turn.phrase(f"why_{given.weather}")]


def _known(turn: Turn, track: Track, given: Circumstances) -> list[str]:
    known = given.of(track)
    away = timedelta(seconds=given.now.timestamp() - known.last)
    if known.liked:
        return [turn.phrase("why_you_like")]
    if known.finishes > 1:
        times = say_count(known.finishes, turn.phrase("times_word"), turn.language)
        return [turn.phrase("why_finished", times=times)]
    if known.last and away > timedelta(days=30):
        return [turn.phrase("why_long_ago", length=say_roughly(away, turn.language))]
    return []
