"""Questions about a story, answered from its plan and its cast."""

from __future__ import annotations

import re

from .kept import Bookmark
from .story import Character

_PRONOUNS = {
    "he": r"\b(?:he|his|him)\b",
    "she": r"\b(?:she|her|hers)\b",
    "it": r"\bits?\b",
}


def why(bookmark: Bookmark) -> str:
    """The reason for what the hero did last; empty when the story gives none."""
    reasons = [scene.why for scene in bookmark.story.scenes[: bookmark.place.scene + 1]]
    reason = next((each for each in reversed(reasons) if each), "")
    reason = reason.strip().rstrip(".。")
    if not reason:
        return ""
    return reason[0].upper() + reason[1:] + ("。" if bookmark.story.language == "zh" else ".")


def whom(bookmark: Bookmark, text: str) -> Character:
    """The character that a question is about: by name, by kind, by pronoun, or the hero."""
    cast = list(bookmark.story.cast.values())
    text = text.lower()
    for who in cast:
        if who.name.lower() in text:
            return who
    for who in cast:
        if any(word in text for word in _telling(who.kind)):
            return who
    if re.search(r"\bfriend\b|朋友", text) and "companion" in bookmark.story.cast:
        return bookmark.story.cast["companion"]
    for pronoun, pattern in _PRONOUNS.items():
        if re.search(pattern, text):
            return next((who for who in _lately(bookmark) if who.pronoun == pronoun), cast[0])
    return cast[0]


def _telling(kind: str) -> list[str]:
    """Words that tell a kind: "turtle" of "an old turtle"."""
    if not kind.isascii():
        return [kind[-2:]]
    head = re.split(r" (?:who|with|in|for|of|whose) ", kind)[0]
    return [head.split()[-1].lower()] if head.split() else []


def _lately(bookmark: Bookmark) -> list[Character]:
    """The cast, those who were named last first."""
    told = [
        line.text
        for scene in bookmark.story.scenes[: bookmark.place.scene + 1]
        for line in scene.lines
    ]
    text = " ".join(told)
    return sorted(bookmark.story.cast.values(), key=lambda who: -text.rfind(who.name))
