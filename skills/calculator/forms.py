"""The forms of questions, which are data, and what is said around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.normal import core, normalise
from voice_assistant.texts import read_yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of asking for an operation."""

    kind: str
    """The operation's name."""
    regex: re.Pattern[str]
    listed: bool
    """Whether it takes several numbers, for which commas matter."""


@cache
def forms(language: str) -> tuple[Form, ...]:
    """All forms of a language, in the order in which they are tried."""
    return tuple(
        Form(kind, _compiled(text), "{list}" in text)
        for kind, texts in _data(language)["forms"].items()
        for text in texts
    )


@cache
def units(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways of asking for a quantity in another unit."""
    return tuple(map(_compiled, _data(language)["units"]))


@cache
def alone(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways of asking for a quantity in whatever other unit is usual."""
    return tuple(map(_compiled, _data(language)["alone"]))


@cache
def _edges(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    gap = " " if language == "en" else ""
    lead, tail = ("|".join(_data(language)[each]) for each in ("lead", "tail"))
    return re.compile(f"^(?:{lead}){gap}"), re.compile(f"{gap}(?:{tail})$")


@cache
def _data(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml((DATA / f"forms_{language}.yaml").read_text("utf-8"))
    return found


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(a|b|c|list|day|other|unit)\}", r"(?P<\1>.+?)", text))


def bared(text: str, language: str) -> Iterator[str]:
    """The question with less and less around it. Commas stay in Chinese: 三、五和七."""
    if language == "zh":
        parts = re.split("[、，；,;](?!\\d{3})", text)
        said = "、".join(normalise(part, "zh") for part in parts if part.strip(" 。？?！!"))
    else:
        said = normalise(text, "en")
    said = core(said, language)
    for pattern, plain in _data(language)["rewrites"]:
        said = re.sub(pattern, plain, said)
    yield said
    lead, tail = _edges(language)
    while True:
        shorter = lead.sub("", said, count=1)
        if shorter == said:
            shorter = tail.sub("", said, count=1)
        if shorter == said or not shorter:
            return
        said = shorter
        yield said
