"""What is checked before anything of a story is spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.policy import topics
from voice_assistant.texts import read_yaml

from .markup import split
from .story import Scene, Story

_LEFT_OVER = re.compile(r"[{}\[\]@*_#<>|]|\+\+")
_CAPITALS = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_SOMEBODY = {
    "en": re.compile(r"\b(?:I|you|your|my|we|he|him|his|she|her|they|them|who)\b", re.I),
    "zh": re.compile(r"[我你您他她谁]"),
}
_NOW = re.compile(r"\b(?:is|are|has|have|seems?|makes?|can|will)\b")
_THEN = re.compile(
    r"\b(?:was|were|had|could|lay|stood|hung|came|went|blew|shone|rose|ran|fell|smelt|\w+ed)\b"
)
"""English of the present, and of the past: that is what a story is told in."""
_HAN = re.compile(r"[㐀-鿿]")


def faults(story: Story, age: int = 0) -> list[str]:
    """What is wrong with a story: words not for children, loops, mark-up, names gone astray."""
    found = [fault for scene in story.scenes for fault in words(_text(scene), story.language, age)]
    counted = Counter(sentence for line in story.lines for sentence in split(line.text))
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


def words(text: str, language: str, age: int = 0) -> Iterator[str]:
    """Words in a text that are not for a listener of this age (0: any age)."""
    for kind in ("always", "brands", "small"):
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


def addition(text: str, story: Story, before: Sequence[str] = ()) -> str:
    """The usable sentences of what a language model wrote for a story, or nothing.

    Only description is taken: nobody does or says anything, nobody is addressed, no talk of "the
    scene", and nothing that begins like a sentence of the story or of the additions `before`.
    """
    chinese = story.language == "zh"
    texts = [*(line.text for line in story.lines), *before]
    told = {_beginning(sentence) for text in texts for sentence in split(text)}
    places = set(re.findall(r"[A-Z][a-z]+", story.place))
    kept: list[str] = []
    for sentence in split(text.strip())[:2]:
        strangers = set(_CAPITALS.findall(sentence)) - places
        if (
            bool(_HAN.search(sentence)) != chinese
            or sentence[-1] not in ".!。！"
            or not _LENGTHS[story.language][0] <= len(sentence) <= _LENGTHS[story.language][1]
            or re.search(r"[\"“”「{}\[\]@:：]", sentence)
            or (not chinese and (_NOW.search(sentence) or not _THEN.search(sentence)))
            or _SOMEBODY[story.language].search(sentence)
            or any(who.name in sentence for who in story.cast.values())
            or strangers
            or _beginning(sentence) in told
            or _pattern(story.language, "outside").search(sentence.lower())
            or any(words(sentence, story.language, age=1))
        ):
            break
        kept.append(sentence)
        told.add(_beginning(sentence))
    return ("" if chinese else " ").join(kept)


def _beginning(sentence: str) -> str:
    """What a sentence that says the same again would begin with."""
    return sentence[:6] if _HAN.search(sentence) else " ".join(sentence.lower().split()[:4])


_LENGTHS = {"en": (25, 160), "zh": (8, 50)}
"""Characters of a sentence that may be added."""
