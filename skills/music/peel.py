"""Peelers: each takes what it understands off an utterance, and leaves the rest to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from voice_assistant import values

from .wish import Wish
from .words import Words, bare

SLOWEST, FASTEST = 40, 220
"""Beats a minute that somebody may ask for."""

LONGEST_MINUTES = 360.0

FIRST_YEAR, LAST_YEAR = 1900, 2100

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Numbers are read the same at any time."""

Peeler: TypeAlias = Callable[[Wish, str, Words], tuple[Wish, str]]


def _filters(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    for name, pattern in words.filters.items():
        if found := pattern.search(text):
            return replace(wish, filter=name), _without(text, found)
    return wish, text


def _like(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """ "Songs like X": the words of X may be a name, or a description after all."""
    found = None if wish.filter else words.like.search(text)
    name = next((each for each in found.groups() if each), "") if found else ""
    return (replace(wish, like=name.strip()), name) if name else (wish, text)


def _album(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """ "The second album by ...": which one by its age."""
    if found := words.which_album.search(text):
        return replace(wish, album=words.ordinals[found["which"]]), _without(text, found)
    return wish, text


def _tempo(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    for found in values.find("number", text, words.language, _EPOCH):
        beats = words.beats.match(text[found.end :].lstrip())
        if beats and isinstance(found.value, int) and SLOWEST <= found.value <= FASTEST:
            before = words.each_minute.sub("", text[: found.start].rstrip())
            after = text[found.end :].lstrip()[beats.end() :]
            rest = f"{before} {after}".strip()
            for bound, pattern in words.bounds.items():
                if pattern.search(rest):
                    return replace(wish, tempo=float(found.value), bound=bound), pattern.sub(
                        " ", rest
                    )
            return replace(wish, tempo=float(found.value)), rest
    return wish, text


def _minutes(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    for found in values.find("duration", text, words.language, _EPOCH):
        minutes = found.value.total_seconds() / 60  # type: ignore[union-attr]
        if minutes <= LONGEST_MINUTES:
            rest = f"{text[: found.start]} {text[found.end :]}"
            return replace(wish, minutes=minutes), " ".join(rest.split())
    return wish, text


def _years(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """A decade or a year, and what lies before or after it."""
    years: tuple[int, int] | None = None
    rest = text
    if found := words.decade.search(text):
        years, rest = _decade(found, words), _without(text, found)
    elif said := next((each for each in words.years_said if f" {each} " in f" {text} "), ""):
        years, rest = (words.years_said[said],) * 2, text.replace(said, " ", 1)
    else:
        for number in values.find("number", text, words.language, _EPOCH):
            if isinstance(number.value, int) and FIRST_YEAR <= number.value <= LAST_YEAR:
                years = (number.value, number.value)
                rest = f"{text[: number.start]} {text[number.end :].removeprefix('年')}"
                break
    if years is None:
        return wish, text
    if words.since.search(rest):
        years, rest = (years[0], LAST_YEAR), words.since.sub(" ", rest)
    elif words.until.search(rest):
        years, rest = (FIRST_YEAR, years[0] - 1), words.until.sub(" ", rest)
    return replace(wish, years=years), " ".join(rest.split())


def _decade(found: re.Match[str], words: Words) -> tuple[int, int]:
    digits, name = found["digits"], found["name"]
    last = int(digits) if digits else words.decades[name]
    if last < 100:
        last += 2000 if last < 20 else 1900
    first = last - 10 if found["two"] else last  # "the seventies and eighties"
    return first, last + 9


def _named(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """ "The album X", "the song X", "the playlist X"; "by X" is for later."""
    for kind in ("playlist", "album", "title"):
        found = words.named[kind].search(text)
        name = text[found.end() :].strip() if found else ""
        if name and bare(name, words.language) and not words.unnamed.match(name):
            return replace(wish, named=(kind, name)), text
    return wish, text


def _terms(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """Genres, moods, activities, languages, in any order."""
    text, hour = words.daytime.subn(" ", text)
    text, weather = words.weather.subn(" ", text)
    text, count = words.instrumental.subn(" ", text)
    wish = replace(wish, instrumental=bool(count))
    for level, pattern in words.level.items():
        text, count = pattern.subn(" ", text)
        if count:
            wish = replace(wish, levels=(*wish.levels, level))
    while found := words.terms.search(text):
        kind, meaning = words.meanings[found[0]]
        if kind == "genre":
            more = (*wish.genres, tuple(meaning.split("|")))
            wish = replace(wish, genres=more, genre_said=found[0])
        elif kind == "tongue":
            wish = replace(wish, tongue=meaning)
        elif not wish.occasion:
            wish = replace(wish, occasion=meaning)
        text = _without(text, found)
    if not wish.occasion:
        wish = replace(wish, occasion="weather" if weather else "now" if hour else "")
    return wish, text


def _by(wish: Wish, text: str, words: Words) -> tuple[Wish, str]:
    """Who plays it: "X by Y", "Y 的 X"."""
    if words.language == "zh":
        artist, of, _ = text.partition("的")
        sung = re.fullmatch(r"(.+?)(?:唱|演唱|演奏|弹)", artist)
        artist = sung[1] if sung else artist
        known = bare(artist, "zh")
        return (replace(wish, artist=known), text) if of and known else (wish, text)
    _, by, artist = wish.text.rpartition(" by ") if " by " in wish.text else ("", "", "")
    if wish.text.startswith("by "):
        by, artist = "by", wish.text.removeprefix("by ")
    return (replace(wish, artist=artist.strip()), text) if by else (wish, text)


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


PEELERS: Sequence[Peeler] = (_filters, _like, _album, _tempo, _years, _minutes, _named, _terms, _by)
"""In this order."""
