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

_HERO = re.compile(
    r"\b(?:hero|heroine|character|he|she|it|they|this|that|one|story|name)\b"
    r"|主角|主人公|[他她它这那]|故事|名字"
)
"""Words for the hero, or for nobody in particular."""

_POINTING = re.compile(
    r"^(?:(?:the|that|this|an?) )?(?:(?:little|old|big) )?|^[那这][个只位条头匹]?|(?<=[\w]) again$"
)


def why(bookmark: Bookmark) -> str:
    """The reason for what the hero did last; empty when the story gives none."""
    reasons = [scene.why for scene in bookmark.story.scenes[: bookmark.place.scene + 1]]
    reason = next((each for each in reversed(reasons) if each), "")
    reason = reason.strip().rstrip(".。")
    if not reason:
        return ""
    return reason[0].upper() + reason[1:] + ("。" if bookmark.story.language == "zh" else ".")


def whom(bookmark: Bookmark, text: str, named: str = "") -> Character | None:
    """The character that a question is about: by name, by kind, by pronoun, or the hero.

    `named`: who was asked about in so many words; None where that is nobody of the cast.
    """
    cast = list(bookmark.story.cast.values())
    text = text.lower()
    for who in cast:
        if who.name.lower() in text:
            return who
    asked = _bare(named.lower())
    for who in cast:
        if asked and asked in f"{who.name} {who.kind}".lower():
            return who
    for who in cast:
        if any(word in text for word in _telling(who.kind)):
            return who
    if re.search(r"\bfriend\b|朋友", text) and "companion" in bookmark.story.cast:
        return bookmark.story.cast["companion"]
    for pronoun, pattern in _PRONOUNS.items():
        if re.search(pattern, text):
            return next((who for who in _lately(bookmark) if who.pronoun == pronoun), cast[0])
    return None if named and not _HERO.search(named) else cast[0]


def tells_of(bookmark: Bookmark, named: str) -> bool:
    """Whether the story has a word of somebody who is not of its cast."""
    return any(_bare(named.lower()) in line.text.lower() for line in bookmark.story.lines)


def _bare(named: str) -> str:
    """Who was asked about, without "the", 那只 and the like."""
    return _POINTING.sub("", named.strip()).removesuffix("的")


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
