"""What somebody wants to hear, read from what they said: names, genre, mood, years, tempo ...

A reader peels off what it understands and keeps the rest, which may be a name. Whether it is one is
decided where the shelves are known (choose.py): a title may be made of any words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from voice_assistant import values
from voice_assistant.normal import core, normalise
from voice_assistant.texts import read_yaml

from .occasions import DATA

SLOWEST, FASTEST = 40, 220
"""Beats a minute that somebody may ask for."""

LONGEST_MINUTES = 360.0

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Numbers are read the same at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A request for music."""

    language: str = "en"
    """In which it was put."""
    text: str = ""
    """The request without "play" and its like: a name, perhaps."""
    rest: str = ""
    """What is left of it without all that was understood, and without small words."""
    named: tuple[str, str] = ("", "")
    """A kind of name (`names.KINDS`) that was said before a name, and that name."""
    artist: str = ""
    """Who was said to play it, besides its own name."""
    whole: bool = False
    """All of the album."""
    genres: tuple[str, ...] = ()
    """Parts of genre names, one of which is wanted."""
    genre_said: str = ""
    occasion: str = ""
    level: str = ""
    """`energetic` or `calm`."""
    instrumental: bool = False
    years: tuple[int, int] | None = None
    tongue: str = ""
    """ISO code of the language of the songs."""
    tempo: float = 0.0
    minutes: float = 0.0
    filter: str = ""
    """One of forgotten, liked, new, often, similar."""

    @property
    def described(self) -> bool:
        """Whether anything but a name was understood."""
        return bool(
            self.genres
            or self.occasion
            or self.level
            or self.instrumental
            or self.years
            or self.tongue
            or self.tempo
            or self.filter
        )


def read(said: str, language: str) -> Wish:
    """The wish in an utterance."""
    text = core(normalise(said, language), language)
    words = _words(language)
    text = words.framed.sub("", text, count=1)
    text = words.behind.sub("", text).strip()
    wish = Wish(language=language, text=text, whole=bool(words.whole.search(text)))
    rest = text
    for peel in (_filters, _tempo, _years, _minutes, _named, _terms):
        wish, rest = peel(wish, rest, words)
    wish, rest = _by(wish, rest, words)
    return replace(wish, rest=bare(rest, language))


def bare(text: str, language: str) -> str:
    """A text without words that carry no name."""
    words = _words(language)
    return " ".join(words.about.sub(" ", words.whole.sub(" ", text)).split())


# --- peeling ------------------------------------------------------------------------------


def _filters(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    for name, pattern in words.filters.items():
        if found := pattern.search(text):
            return replace(wish, filter=name), _without(text, found)
    return wish, text


def _tempo(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    for found in values.find("number", text, words.language, _EPOCH):
        around = text[: found.start].rstrip()[-3:], text[found.end :].lstrip()
        beats = re.match(r"(?:bpm|b p m|beats?|拍|下|步)(?: (?:per|a) minute)?", around[1])
        if beats and isinstance(found.value, int) and SLOWEST <= found.value <= FASTEST:
            before = re.sub(r"(?:每分钟|一分钟|每分)$", "", text[: found.start].rstrip())
            after = around[1][beats.end() :]
            return replace(wish, tempo=float(found.value)), f"{before} {after}".strip()
    return wish, text


def _minutes(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    for found in values.find("duration", text, words.language, _EPOCH):
        minutes = found.value.total_seconds() / 60  # type: ignore[union-attr]
        if minutes <= LONGEST_MINUTES:
            rest = f"{text[: found.start]} {text[found.end :]}"
            return replace(wish, minutes=minutes), " ".join(rest.split())
    return wish, text


def _years(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    if found := words.decade.search(text):
        digits, name = found["digits"], found["name"]
        last = int(digits) if digits else words.decades[name]
        if last < 100:
            last += 2000 if last < 20 else 1900
        first = last - 10 if found["two"] else last  # "the seventies and eighties"
        return replace(wish, years=(first, last + 9)), _without(text, found)
    for number in values.find("number", text, words.language, _EPOCH):
        if isinstance(number.value, int) and 1900 <= number.value <= 2100:
            rest = f"{text[: number.start]} {text[number.end :].removeprefix('年')}"
            return replace(wish, years=(number.value, number.value)), " ".join(rest.split())
    return wish, text


def _named(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    """ "the album X", "the song X", "the playlist X"; "by X" is for later."""
    for kind in ("playlist", "album", "title"):
        found = words.named[kind].search(text)
        name = text[found.end() :].strip() if found else ""
        if name and bare(name, words.language) and not words.unnamed.match(name):
            return replace(wish, named=(kind, name)), text
    return wish, text


def _terms(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
    """Genres, moods, activities, languages, in any order."""
    text, hour = words.daytime.subn(" ", text)
    if hour:
        wish = replace(wish, occasion="now")
    text, count = words.instrumental.subn(" ", text)
    wish = replace(wish, instrumental=bool(count))
    for level, pattern in words.level.items():
        text, count = pattern.subn(" ", text)
        if count:
            wish = replace(wish, level=level)
    while found := words.terms.search(text):
        kind, meaning = words.meanings[found[0]]
        if kind == "genre":
            more = tuple(meaning.split("|"))
            wish = replace(wish, genres=(*wish.genres, *more), genre_said=found[0])
        elif kind == "tongue":
            wish = replace(wish, tongue=meaning)
        elif not wish.occasion:
            wish = replace(wish, occasion=meaning)
        text = _without(text, found)
    return wish, text


def _by(wish: Wish, text: str, words: _Words) -> tuple[Wish, str]:
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


# --- the words of a language --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """How one language puts it: data/words_*.yaml, and the lists of the skill's sentences."""

    language: str
    framed: re.Pattern[str]
    behind: re.Pattern[str]
    about: re.Pattern[str]
    whole: re.Pattern[str]
    unnamed: re.Pattern[str]
    """What comes after "song" where no name does."""
    named: Mapping[str, re.Pattern[str]]
    filters: Mapping[str, re.Pattern[str]]
    level: Mapping[str, re.Pattern[str]]
    instrumental: re.Pattern[str]
    daytime: re.Pattern[str]
    decade: re.Pattern[str]
    decades: Mapping[str, int]
    terms: re.Pattern[str]
    meanings: Mapping[str, tuple[str, str]]


@cache
def _words(language: str) -> _Words:
    data = read_yaml((DATA / f"words_{language}.yaml").read_text(encoding="utf-8"))
    lists = read_yaml((DATA.parent / f"{language}.yaml").read_text(encoding="utf-8"))["lists"]
    edge, end = (r"\b", r"\b") if language == "en" else ("", "")

    def within(pattern: str) -> re.Pattern[str]:
        return re.compile(f"{edge}{pattern}{end}")

    frame = "|".join(data["frame"])
    meanings = dict(_meanings(lists, data["tongues"], language))
    said = "|".join(re.escape(each) for each in sorted(meanings, key=len, reverse=True))
    names = "|".join(sorted(data["decades"], key=len, reverse=True))
    return _Words(
        language=language,
        framed=re.compile(rf"^(?:{frame})" + (r"(?:\s+|$)" if language == "en" else "")),
        behind=re.compile(f"{edge}(?:{'|'.join(data['behind'])})$"),
        about=within(data["about"]),
        whole=within(f"(?:{data['whole']})"),
        unnamed=within(data["unnamed"]),
        named={kind: within(pattern) for kind, pattern in data["named"].items()},
        filters={name: within(f"(?:{pattern})") for name, pattern in data["filters"].items()},
        level={name: within(f"(?:{pattern})") for name, pattern in data["level"].items()},
        instrumental=within(data["instrumental"]),
        daytime=within(data["daytime"]),
        decade=re.compile(_DECADE[language].format(names=names)),
        decades=data["decades"],
        terms=within(f"(?:{said})"),
        meanings=meanings,
    )


_DECADE = {
    "en": (
        r"\b(?P<two>(?:{names}) (?:and|or) (?:the )?)?(?:the )?(?:nineteen |twenty )?"
        r"(?:(?P<digits>(?:19|20)?\d0)'?s|(?P<name>{names}))\b"
    ),
    "zh": (
        r"(?:上世纪|上个世纪|二十世纪|19)?(?P<two>[五六七八])?"
        r"(?:(?P<digits>(?:19|20)?\d0)|(?P<name>{names}))(?:年代|后)"
    ),
}


def _meanings(
    lists: Mapping[str, Any], tongues: Mapping[str, list[str]], language: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    tables = {"occasion": lists["occasion"], "genre": lists["genre"], "tongue": tongues}
    for kind, table in tables.items():
        for meaning, said in table.items():
            for each in said:
                text = normalise(each, language)
                yield re.sub(r"^(?:a|the|my) (?=.)", "", text), (kind, str(meaning))
