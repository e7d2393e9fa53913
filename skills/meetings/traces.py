"""Whether a text says anything that its evidence does not: the guard of minutes and drafts.

Numbers, names and dates are compared, in digits or in words. What is reported is left out of what
is spoken and written, never repaired.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from voice_assistant import values
from voice_assistant.values import numbers_en

from .cues import cues

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[^\W\d_a-z一-鿿]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORD = re.compile(
    r"\b(?:" + "|".join(sorted(numbers_en.WORDS, key=len, reverse=True)) + r")\b"
)
_ENGLISH_NAME = re.compile(r"\b[A-Z][\w'-]*\b")
_DATE_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|tomorrow|yesterday|today|tonight|easter|christmas)"
    r"\b|(?:周|星期|礼拜)[一二三四五六日天末]|[今明后昨]天|[上下本这]周|[上下本这]个?月|月底|年底|"
    r"[一二三四五六七八九十]+[月号日]",
    re.IGNORECASE,
)
_ANY_DAY = datetime(2000, 1, 1).astimezone()


def unsupported(text: str, evidence: str) -> list[str]:
    """The numbers, names and dates of a text that are not in its evidence."""
    known = evidence.casefold()
    words = {each.removesuffix("'s") for each in _WORD.findall(known)}
    said_numbers = _numbers(evidence)
    found = [
        *(each for each in _DIGITS.findall(text) if _number(each) not in said_numbers),
        *(each for each in _spelled(text) if each not in (words if each.isascii() else known)),
        *(each for each in _names(text) if not _held(each.casefold(), words, known)),
        *(each for each in _DATE_WORDS.findall(text) if each.casefold() not in known),
    ]
    return list(dict.fromkeys(found))


def _held(name: str, words: set[str], known: str) -> bool:
    """Whether the evidence has a whole name: Ann is not Anna. Chinese has no spaces to tell."""
    if not name.isascii():
        return name in known
    return all(part in words for part in name.removesuffix("'s").split("-")) or name in words


def _number(digits: str) -> float:
    """The value of digits as people write them: 12,000 is twelve thousand, 3.5 three and a half."""
    whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits)
    return float(re.sub(r"[^\d.]", "", whole.replace(",", ".")) or 0)


@lru_cache(64)
def _numbers(text: str) -> frozenset[float]:
    """All numbers of a text, spelled out or in digits."""
    found = {_number(each) for each in _DIGITS.findall(text)}
    for language in ("en", "zh"):
        for each in values.find("number", text.casefold(), language, _ANY_DAY):
            if isinstance(each.value, int | float):
                found.add(float(each.value))
    return frozenset(found)


def _spelled(text: str) -> list[str]:
    """The words of numbers, apart: those for one are words of grammar as often as numbers."""
    english = [w for w in _NUMBER_WORD.findall(text.casefold()) if w not in _GRAMMAR]
    return [*english, *re.findall(r"[二两三四五六七八九十百千万亿]+", text)]


_GRAMMAR = frozenset("a an and one once point half zero minus no of the".split())


def names_of(text: str, language: str) -> list[str]:
    """What looks like a name in a sentence: a capital that does not begin it, or a person that is
    spoken to or of in a way that the cues of the language know."""
    known = cues(language)
    owners = [
        found["owner"]
        for pattern in known.theirs
        if (found := pattern.search(text)) and known.is_name(found["owner"])
    ]
    inside = [] if language == "zh" else _english_names(text.partition(" ")[2])
    return list(dict.fromkeys((*owners, *inside)))


def _english_names(text: str) -> list[str]:
    return [
        each
        for each in _ENGLISH_NAME.findall(text)
        if each not in cues("en").not_names and each not in {"I'll", "I'm", "I've"}
    ]


def _names(text: str) -> list[str]:
    """What looks like a name: in English a capital, in Chinese a surname before a given one."""
    english = _english_names(text)
    chinese = [
        found["owner"]
        for pattern in cues("zh").theirs
        if (found := pattern.search(text)) and cues("zh").is_name(found["owner"])
    ]
    return [*english, *chinese]
