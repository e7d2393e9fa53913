"""What somebody who asks for a story wants: from their words to a request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from voice_assistant import values
from voice_assistant.clock import Clock
from voice_assistant.normal import normalise

from . import understand_en, understand_zh
from .kit import Kit, kit
from .request import Figure, Request

SHORTEST, LONGEST = 1.0, 10.0
"""Minutes of a story."""

_TIMES = {"en": re.compile(r"[- ]?minutes?\b"), "zh": re.compile(r"分钟")}
_AGE = {
    "en": re.compile(r"\b(\w+)[- ]year[- ]olds?\b|\bage[ds]?(?: of)? (\w+)\b"),
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
    reader = understand_zh if language == "zh" else understand_en
    found = reader.read(rest, parts)
    hero, companion = (_known(figure, listener, parts) for figure in found.figures)
    words = parts.words
    return Request(
        language=language,
        text=text,
        minutes=minutes or _length(rest, words),
        age=age,
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
    )


def _minutes(text: str, language: str, clock: Clock) -> tuple[str, float]:
    spaced = text.replace("-minute", " minute")
    spaced = re.sub(r"(\d+|\w+) minute\b", r"\1 minutes", spaced) if language == "en" else spaced
    for found in values.find("duration", spaced, language, clock.now()):
        if isinstance(found.value, timedelta):
            minutes = found.value.total_seconds() / 60
            rest = spaced[: found.start] + spaced[found.end :]
            return rest, min(LONGEST, max(SHORTEST, minutes))
    return text, 0.0


def _age(text: str, language: str, clock: Clock) -> tuple[str, int]:
    match = _AGE[language].search(text)
    if match is None:
        return text, 0
    word = next(group for group in match.groups() if group)
    number = values.parse("number", word, language, clock.now())
    if not isinstance(number, int):
        return text, 0
    return text[: match.start()] + text[match.end() :], number


def _lesson(text: str, parts: Kit) -> tuple[str, str]:
    """The lesson asked for, and the text without it."""
    known = [(word, lesson["id"]) for lesson in parts.lessons for word in lesson["words"]]
    for word, name in sorted(known, key=lambda each: -len(each[0])):
        pattern = understand_zh.LESSON if parts.language == "zh" else understand_en.LESSON
        if match := re.search(pattern.format(re.escape(word)), text):
            return name, text[: match.start()] + " " + text[match.end() :]
    return "", text


def _place(text: str, parts: Kit) -> tuple[str, str]:
    """The kit's place that is asked for, and the text without it."""
    known = [(word, place["id"]) for place in parts.places for word in place["words"]]
    for word, name in sorted(known, key=lambda each: -len(each[0])):
        pattern = understand_zh.PLACE if parts.language == "zh" else understand_en.PLACE
        if match := re.search(pattern.format(re.escape(word)), text):
            return name, text[: match.start()] + " " + text[match.end() :]
    return "", text


def _known(figure: Figure | None, listener: Mapping[str, Any], parts: Kit) -> Figure | None:
    """The figure; the child who listens in the place of "me"."""
    if figure is None or figure.noun not in parts.words["me"]:
        return figure
    return Figure(name=listener.get("name", ""), pronoun=listener.get("pronoun", ""))


def _length(text: str, words: Mapping[str, Any]) -> float:
    if _has(words["short"], text):
        return float(words["short_minutes"])
    return float(words["long_minutes"]) if _has(words["long"], text) else 0.0


def _first(groups: Mapping[str, Sequence[str]], text: str) -> str:
    return next((name for name, words in groups.items() if _has(words, text)), "")


def _has(words: Sequence[str], text: str) -> bool:
    pattern = r"\b{}\b" if text.isascii() else "{}"
    return any(re.search(pattern.format(re.escape(word)), text) for word in words)


def _bilingual(words: Mapping[str, Any], text: str, language: str) -> str:
    """Which language comes first; empty when only one was asked for."""
    if not _has(words["bilingual"], text):
        return ""
    other = {"en": "zh", "zh": "en"}[language]
    return other if _has(words["bilingual_first_other"], text) else language
