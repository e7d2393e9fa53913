"""What is checked before anything of a story is spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.policy import topics
from voice_assistant.texts import read_yaml

from .markup import split
from .story import NARRATOR, Scene, Story

_LEFT_OVER = re.compile(r"[{}\[\]@*_#<>|]|\+\+")
_HAN = re.compile(r"[㐀-鿿]")


def faults(story: Story, age: int = 0) -> list[str]:
    """What is wrong with a story: words not for children, loops, mark-up, names gone astray."""
    found = [fault for scene in story.scenes for fault in words(_text(scene), story.language, age)]
    # Whoever speaks in a tale that people wrote may say a thing again: that is its refrain.
    once = [line for line in story.lines if story.plan is not None or line.speaker == NARRATOR]
    counted = Counter(sentence for line in once for sentence in split(line.text))
    found += [
        f"said twice: {sentence}"
        for sentence, count in counted.items()
        if count > 1 and len(sentence) > _SHORT[story.language]
    ]
    text = " ".join(_text(scene) for scene in story.scenes)
    found += [f"mark-up: {match[0]}" for match in _LEFT_OVER.finditer(text)]
    if story.hero.name not in text:
        found.append(f"no word of {story.hero.name}")
    return found


_SHORT = {"en": 24, "zh": 7}
"""Sentences up to so many signs may come again: "Home?", "Tap, tap, tap!"."""


def _text(scene: Scene) -> str:
    return " ".join(line.text for line in scene.lines)


def brand(text: str, language: str) -> str:
    """Whose name a text says that belongs to somebody else's stories, or nothing."""
    found = _pattern(language, "brands").search(text.lower())
    return found[0].title() if found else ""


def words(text: str, language: str, age: int = 0) -> Iterator[str]:
    """Words in a text that no story here holds, or none for a listener of this age (0: any age)."""
    if found := brand(text, language):
        yield f"word: {found}"
    yield from unfit(text, language, age)


def unfit(text: str, language: str, age: int = 0) -> Iterator[str]:
    """Words in a text that are not for a listener of this age (0: any age)."""
    for kind in ("always", "small"):
        if kind == "small" and not 0 < age <= _vocabulary()[language]["small_until"]:
            continue
        for match in _pattern(language, kind).finditer(text.lower()):
            yield f"word: {match[0]}"
    for topic in topics(text, language):
        yield f"topic: {topic}"


@cache
def _vocabulary() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "vocabulary.yaml"
    data: dict[str, Any] = read_yaml(path.read_text("utf-8"))
    return data


@cache
def _pattern(language: str, kind: str) -> re.Pattern[str]:
    entries = [re.escape(word).replace(r"\*", r"\w*") for word in _vocabulary()[language][kind]]
    joined = "|".join(entries)
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})\b")


def told(sentence: str, story: Story) -> bool:
    """Whether the story itself says a good part of a sentence."""
    runs = _runs(sentence)
    return any(runs & _runs(line.text) for line in story.lines)


def _runs(text: str) -> set[str]:
    """Each run of words (or of Chinese signs) that is long enough to be known again."""
    parts = text if _HAN.search(text) else text.lower().split()
    length = _KNOWN["zh" if _HAN.search(text) else "en"]
    joint = "" if isinstance(parts, str) else " "
    return {joint.join(parts[at : at + length]) for at in range(len(parts) - length + 1)}


_KNOWN = {"en": 4, "zh": 6}
"""Words of English, or signs of Chinese, in a row that nobody writes twice by chance."""
