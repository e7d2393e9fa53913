"""Single sentences: whether one asks, what it says without its opening words, its date."""

from __future__ import annotations

import re

from .cues import Cues, cues, first
from .meeting import Statement

REPLIES = 2
"""Sentences after a question in which its answer is looked for."""


_NO_DATE = re.compile(r"(?<=[把将])(?:这|下)?个?(?:周|星期|礼拜)[一二三四五六日天]")
"""A day that something is done to: "cancel the Wednesday"."""


def another(one: Statement, two: Statement) -> bool:
    """Whether two sentences are of different people."""
    return bool(one.segment.speaker) and one.segment.speaker != two.segment.speaker


def asks(statement: Statement) -> bool:
    """Whether a sentence is a question."""
    return statement.text.rstrip().endswith(("?", "？"))


def bare(statement: Statement) -> str:
    """A sentence without the "well, so, okay" before it."""
    text = cues(statement.language).filler.sub("", statement.text).strip() or statement.text
    return text[0].upper() + text[1:] if statement.text[0].isupper() else text


def due_in(known: Cues, text: str) -> str:
    """The date by which something is to be done, as it is said, with the time of day beside it."""
    found = first(known.due, _NO_DATE.sub(lambda day: "·" * len(day[0]), text))
    if not found:
        return ""
    begin, end = found.span()
    for hour in known.clock.finditer(text):
        if not text[hour.end() : begin].strip() or not text[end : hour.start()].strip():
            begin, end = min(begin, hour.start()), max(end, hour.end())
    return text[begin:end].strip(" ,，")
