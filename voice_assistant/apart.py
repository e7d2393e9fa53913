"""A value kept apart from the text around it, so that a template splits the two just there."""

from __future__ import annotations

TIE = "\u2003"
"""White space inside a value: free text has none of it."""

FENCE = "\u2060"
"""Keeps what is behind it out of a value: of no word, and no white space."""


def plain(said: str) -> str:
    """What was said for a slot, without what keeps it apart."""
    return said.replace(FENCE, "").replace(TIE, " ").strip()


def kept_apart(text: str, start: int, first: int, last: int, language: str) -> str:
    """A text in which the value from `first` to `last` is kept apart: English free text cannot
    have a part of it, and what stands between `start` and it, or behind it, is no part of it."""
    before, value, behind = text[:first], text[first:last], text[last:]
    if language == "en":
        return f"{before} {value.strip().replace(' ', TIE)}{behind}".lstrip(" ")
    return f"{before}{FENCE}{value}{behind}" if first > start else f"{before}{value}{FENCE}{behind}"
