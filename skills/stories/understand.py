"""What somebody who asks for a story wants: from their words to a request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from voice_assistant import values
from voice_assistant.clock import Clock
from voice_assistant.normal import normalise

from . import asides, understand_en, understand_zh
from .kit import Kit, kit
from .request import Figure, Request

SHORTEST, LONGEST = 1.0, 10.0
"""Minutes of a story."""

_LASTING = re.compile(
    r"\b(?:for|of|about|around|lasting|that (?:lasts|takes)|takes)\s*$|(?:要|大概|大约|持续|时长)$"
)
"""What stands before the time that a story is to take."""
_AGE = {
    "en": re.compile(
        r"(?:\b(?:for|to) (?:an?|my|our|the|his|her) )?\b(\w+)[- ]year[- ]olds?\b"
        r"(?: (?:son|daughter|boy|girl|kid|child))?|\bage[ds]?(?: of)? (\w+)\b"
        r"|\b(?:he|she|who|son|daughter|grandson|granddaughter|child)(?:'s| is) (?:only )?(\w+)\b"
        r"|\b(?:they are|they're) (\w+)(?: and \w+)?\b(?: years old)?"
        r"|(?<=kids )(\w+) and \w+\b|(?<=children )(\w+) and \w+\b"
    ),
    "zh": re.compile(r"([一二两三四五六七八九十\d]+)岁"),
}


def understand(text: str, language: str, clock: Clock, listener: Mapping[str, Any]) -> Request:
    """The request in a text; `listener` is what is known of the child who listens."""
    parts = kit(language)
    text = normalise(text, language)
    rest, age = _age(text, language, clock)
    rest, minutes = _minutes(rest, language, clock)
    lesson, rest = _lesson(rest, parts)
    place, rest = _place(rest, parts)
    rest = asides.without(rest, language)
    reader = understand_zh if language == "zh" else understand_en
    found = reader.read(rest, parts)
    hero, companion = (_known(figure, listener, parts) for figure in found.figures)
    words = parts.words
    return Request(
        language=language,
        text=text,
        minutes=minutes or _length(rest, words),
        age=age or _small(text, words),
        kind=_first(words["kinds"], text),
        hero=hero,
        companion=companion,
        place=place,
        somewhere="" if place else found.somewhere,
        lesson=lesson,
        love=found.love,
        choose=_has(words["interactive"], text),
        bedtime=_has(words["bedtime"], text),
        bilingual=_bilingual(words, text, language),
        foreign=_has(words["foreign"], text) and not _has(words["bilingual"], text),
    )


def _minutes(text: str, language: str, clock: Clock) -> tuple[str, float]:
    spaced = text.replace("-minute", " minute")
    spaced = re.sub(r"(\d+|\w+) minute\b", r"\1 minutes", spaced) if language == "en" else spaced
    for found in values.find("duration", spaced, language, clock.now()):
        if isinstance(found.value, timedelta):
            minutes = found.value.total_seconds() / 60
            before = _LASTING.sub("", spaced[: found.start])
            rest = before + spaced[found.end :]
            return rest, min(LONGEST, max(SHORTEST, minutes))
    return text, 0.0


def _age(text: str, language: str, clock: Clock) -> tuple[str, int]:
    """The age of who listens (of two, the younger's), and the text without it."""
    for match in _AGE[language].finditer(text):
        word = next(group for group in match.groups() if group)
        number = values.parse("number", word, language, clock.now())
        if isinstance(number, int):
            return text[: match.start()] + text[match.end() :], number
    return text, 0


def _lesson(text: str, parts: Kit) -> tuple[str, str]:
    """The lesson asked for, and the text without it."""
    return _part(text, parts.language, "lessons")


def _place(text: str, parts: Kit) -> tuple[str, str]:
    """The kit's place that is asked for, and the text without it."""
    return _part(text, parts.language, "places")


def _part(text: str, language: str, kind: str) -> tuple[str, str]:
    """The part of the kit that the longest of its words in the text asks for; the rest of it."""
    pattern, names = _wordings(language, kind)
    found = max(pattern.finditer(text), key=lambda match: len(_word(match)), default=None)
    if found is None:
        return "", text
    return names[_word(found)], text[: found.start()] + " " + text[found.end() :]


def _word(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


@cache
def _wordings(language: str, kind: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all words of a kind of part, and which part each word means."""
    reader = understand_zh if language == "zh" else understand_en
    names = {word: part["id"] for part in getattr(kit(language), kind) for word in part["words"]}
    words = "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))
    frame = reader.LESSON if kind == "lessons" else reader.PLACE
    return re.compile(frame.format(f"({words})")), names


def _known(figure: Figure | None, listener: Mapping[str, Any], parts: Kit) -> Figure | None:
    """The figure; the child who listens in the place of "me"."""
    if figure is None or figure.noun not in parts.words["me"]:
        return figure
    return Figure(name=listener.get("name", ""), pronoun=listener.get("pronoun", ""))


def _small(text: str, words: Mapping[str, Any]) -> int:
    """The age of who is called a toddler, or the like."""
    return next((age for word, age in words["small"].items() if _has([word], text)), 0)


def _length(text: str, words: Mapping[str, Any]) -> float:
    if _has(words["short"], text):
        return float(words["short_minutes"])
    return float(words["long_minutes"]) if _has(words["long"], text) else 0.0


def _first(groups: Mapping[str, Sequence[str]], text: str) -> str:
    return next((name for name, words in groups.items() if _has(words, text)), "")


def _has(words: Sequence[str], text: str) -> bool:
    return bool(_any(tuple(words)).search(text))


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{joined})\b" if joined.isascii() else joined)


def _bilingual(words: Mapping[str, Any], text: str, language: str) -> str:
    """Which language comes first; empty when only one was asked for."""
    if not _has(words["bilingual"], text):
        return ""
    other = {"en": "zh", "zh": "en"}[language]
    return other if _has(words["bilingual_first_other"], text) else language
