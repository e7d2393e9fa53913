"""Values as they are spoken: numbers, lengths of time, points in time, quantities, money.

`parse` reads a text that is one value and nothing else; `find` looks for values in a longer text.
Texts are expected as `normal.normalise` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from voice_assistant.values import (
    durations,
    expressions,
    moments_en,
    moments_zh,
    numbers_en,
    numbers_zh,
    quantities,
    those,
    words_en,
)
from voice_assistant.values.kinds import (
    Found,
    Money,
    Number,
    Quantity,
    Repeat,
    Those,
    Value,
    When,
    plain,
)
from voice_assistant.values.those import picked

__all__ = [
    "KINDS",
    "Found",
    "Money",
    "Number",
    "Quantity",
    "Repeat",
    "Those",
    "Value",
    "When",
    "find",
    "parse",
    "pattern",
    "picked",
    "plain",
    "prepare",
    "readable",
]


def _duration(text: str, language: str, now: datetime) -> Value | None:
    return durations.duration_zh(text) if language == "zh" else durations.duration_en(text)


def _time(text: str, language: str, now: datetime) -> Value | None:
    return _when(text, language, now)


def _when(text: str, language: str, now: datetime) -> When | None:
    return moments_zh.read(text, now) if language == "zh" else moments_en.read(text, now)


def _date(text: str, language: str, now: datetime) -> Value | None:
    when = _when(text, language, now)
    if when is None or when.clock is not None or (when.day is None and when.repeat is not None):
        return None
    return when.day if when.part is None or when.day is not None else None


def _number(text: str, language: str, now: datetime) -> Value | None:
    return quantities.number(text, language)


def _ordinal(text: str, language: str, now: datetime) -> Value | None:
    return numbers_zh.ordinal(text) if language == "zh" else numbers_en.ordinal(text)


def _those(text: str, language: str, now: datetime) -> Value | None:
    return those.those_zh(text) if language == "zh" else those.those_en(text)


def _percent(text: str, language: str, now: datetime) -> Value | None:
    return quantities.percent(text, language)


def _quantity(text: str, language: str, now: datetime) -> Value | None:
    return quantities.quantity(text, language)


def _money(text: str, language: str, now: datetime) -> Value | None:
    return quantities.money(text, language)


def _unit(text: str, language: str, now: datetime) -> Value | None:
    return quantities.unit(text, language)


def _expression(text: str, language: str, now: datetime) -> Any:
    return expressions.read(text, language)


_READERS: dict[str, Callable[[str, str, datetime], Value | None]] = {
    "duration": _duration,
    "time": _time,
    "date": _date,
    "number": _number,
    "fraction": _number,
    "ordinal": _ordinal,
    "those": _those,
    "percent": _percent,
    "quantity": _quantity,
    "money": _money,
    "unit": _unit,
    "expression": _expression,
}
KINDS = frozenset(_READERS)


def parse(kind: str, text: str, language: str, now: datetime) -> Value | None:
    """The value of a text that is one, or None. `kind` is one of KINDS."""
    text = text.strip()
    return _READERS[kind](text, language, now) if text else None


@cache
def pattern(kind: str, language: str) -> str:
    """A regular expression of the texts that may be a value of a kind: words it is made of."""
    if language == "zh":
        return f"[{_CHARS[kind]}]+?" if kind in _CHARS else _listed(kind, language)
    if kind == "unit":
        return _listed(kind, language)
    words = _either(_words(kind))
    digits = r"[\d.:/$€£¥-]*\d[\d.:/]*(?:st|nd|rd|th|am|pm|h|hrs?|m|mins?|s|secs?|[ckm]?[gml]|%)?"
    return rf"(?:(?:(?<!\S)|\s+)(?:{words}|{digits})(?=\s|$))+?"


def _either(words: Iterable[str]) -> str:
    """A regular expression of any of the words, which shares their beginnings: a template with four
    times in it compiles in a quarter of the time."""
    whole = False
    by_first: dict[str, list[str]] = {}
    for word in words:
        if word:
            by_first.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    branches = [re.escape(first) + _either(rests) for first, rests in sorted(by_first.items())]
    if not branches:
        return ""
    if len(branches) == 1 and not whole:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if whole else "")


def _listed(kind: str, language: str) -> str:
    names = sorted(quantities.units(language), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, names)) + ")"


_CHARS = {
    "duration": durations.CHARS_ZH,
    "time": moments_zh.CHARS,
    "date": moments_zh.CHARS,
    "number": numbers_zh.CHARS + "个",
    "fraction": numbers_zh.CHARS,
    "ordinal": numbers_zh.CHARS + "第个位首条步题集章项种本道遍次页天",
    "those": those.CHARS_ZH,
    "percent": numbers_zh.CHARS + "百成%一最大高",
    "quantity": numbers_zh.CHARS
    + "个"
    + "".join({char for name in quantities.units("zh") for char in name}),
    "money": numbers_zh.CHARS
    + "".join({c for name in quantities.currencies("zh") for c in name})
    + "毛角分",
    "expression": expressions.CHARS_ZH,
}


def _words(kind: str) -> list[str]:
    numbers = numbers_en.WORDS
    extra = {
        "duration": durations.WORDS_EN,
        "time": words_en.WORDS,
        "date": words_en.WORDS,
        "ordinal": [*numbers_en.ORDINALS, "the", "last"],
        "those": those.WORDS_EN,
        "percent": ["percent", "per", "cent"],
        "expression": expressions.WORDS_EN,
        "quantity": [word for name in quantities.units("en") for word in name.split()],
        "money": [word for name in quantities.currencies("en") for word in name.split()]
        + ["cent", "cents", "pence"],
    }.get(kind, [])
    return sorted({*numbers, *extra})


def find(kind: str, text: str, language: str, now: datetime) -> list[Found]:
    """Values of a kind inside a longer text, in order, each as long as it can be."""
    found: list[Found] = []
    for start, end in _runs(kind, text, language):
        found.extend(_inside(kind, text, language, now, start, end))
    return found


def prepare(language: str) -> None:
    """Compile what values are found with, before one is looked for."""
    for kind in KINDS:
        _run(kind, language)


def readable(
    kind: str, text: str, start: int, language: str, now: datetime
) -> Iterator[tuple[int, int]]:
    """From where to where a value of a kind stands that begins or ends with the run of its words at
    `start`: the longest first."""
    for first, last in _runs(kind, text, language):
        if first <= start < last or text[start:first].isspace():
            cuts = _cuts(text[first:last], language)
            spans = [(first, first + cut) for cut in cuts] + [(first + cut, last) for cut in cuts]
            for a, b in sorted(spans, key=lambda span: span[0] - span[1]):
                if parse(kind, text[a:b], language, now) is not None:
                    yield a, a + len(text[a:b].rstrip())


def _cuts(run: str, language: str) -> list[int]:
    """Where a run of words may be cut; Chinese everywhere."""
    if language == "zh":
        return list(range(len(run) + 1))
    return [match.start() for match in re.finditer(r"\b(?=\S)|$", run)]


def _runs(kind: str, text: str, language: str) -> list[tuple[int, int]]:
    return [match.span() for match in _run(kind, language).finditer(text)]


@cache
def _run(kind: str, language: str) -> re.Pattern[str]:
    """What finds words in a row that a value of a kind may be made of, as many as there are."""
    greedy = pattern(kind, language)
    greedy = greedy.removesuffix("?") if greedy.endswith(("*?", "+?")) else greedy
    return re.compile(greedy if language == "zh" else rf"\b{greedy}")


def _inside(
    kind: str, text: str, language: str, now: datetime, start: int, end: int
) -> list[Found]:
    """The longest values in a run of words (characters in Chinese) that could make some."""
    run = text[start:end]
    cuts = _cuts(run, language)
    found = []
    first = 0
    while first < len(cuts) - 1:
        for last in range(len(cuts) - 1, first, -1):
            piece = run[cuts[first] : cuts[last]].strip()
            value = parse(kind, piece, language, now)
            at = start + cuts[first]
            if value is not None and not _is_torn(kind, text, at, at + len(piece), language):
                found.append(Found(value=value, start=at, end=at + len(piece)))
                first = last - 1
                break
        first += 1
    return found


def _is_torn(kind: str, text: str, start: int, end: int, language: str) -> bool:
    """Whether a point in time, or a length of time, is a part of one that there is not: 十五点 of
    二十五点, "30th" of "february 30th", "five minutes" of "minus five minutes"."""
    if kind not in ("time", "date", "duration"):
        return False
    wholes = (match.span() for match in _whole(language).finditer(text))
    return any(first < start < last or first < end < last for first, last in wholes)


@cache
def _whole(language: str) -> re.Pattern[str]:
    """What belongs together, and is no two values."""
    if language == "zh":  # 周五十点 is Friday at ten
        return re.compile(
            r"(?<!个)月份?[一二三四五六七八九十\d]+[号日]|"
            r"(?<![周期拜])[一二两三四五六七八九]十[一二三四五六七八九]?|\d+|负\S"
        )
    day = rf"(?:\d+|(?:(?:twenty|thirty) )?(?:{'|'.join(numbers_en.ORDINALS)}))(?:st|nd|rd|th)?"
    month = "|".join(words_en.MONTHS)
    return re.compile(
        rf"\b(?:{month}) (?:the )?{day}\b|\b{day} (?:of )?(?:{month})\b|\b(?:minus|negative) \S+"
    )
