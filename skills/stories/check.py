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


def addition(sentence: str, story: Story) -> str:
    """The sentence that a language model wrote for a story, if it is usable; or nothing.

    Only description is taken: nobody does or says anything, nobody is addressed, no talk of "the
    scene", and nothing that the story says itself.
    """
    sentence = sentence.strip()
    chinese = story.language == "zh"
    least, most = _LENGTHS[story.language]
    unfit = (
        not least <= len(sentence) <= most
        or len(split(sentence)) != 1
        or sentence[-1] not in ".!。！"
        or re.search(r"[\"“”「{}\[\]@:：]", sentence)
        or _foreign(sentence, chinese)
        or _SOMEBODY[story.language].search(sentence)
        or any(who.name in sentence for who in story.cast.values())
        or set(_CAPITALS.findall(sentence)) - set(re.findall(r"[A-Z][a-z]+", story.place))
        or _runs(sentence) & {run for line in story.lines for run in _runs(line.text)}
        or _pattern(story.language, "outside").search(sentence.lower())
        or any(words(sentence, story.language, age=1))
    )
    return "" if unfit else sentence


def _foreign(sentence: str, chinese: bool) -> bool:
    """Whether it is not in the story's language, or not in the tense of stories."""
    if chinese:
        return bool(re.search(r"[A-Za-z]", sentence)) or not _HAN.search(sentence)
    tense = _THEN.search(sentence) and not _NOW.search(sentence)
    return bool(_HAN.search(sentence)) or not tense


def _runs(text: str) -> set[str]:
    """Each run of words (or of Chinese signs) that is long enough to be known again."""
    parts = text if _HAN.search(text) else text.lower().split()
    length = _KNOWN["zh" if _HAN.search(text) else "en"]
    joint = "" if isinstance(parts, str) else " "
    return {joint.join(parts[at : at + length]) for at in range(len(parts) - length + 1)}


_KNOWN = {"en": 4, "zh": 6}
"""Words of English, or signs of Chinese, in a row that nobody writes twice by chance."""

_LENGTHS = {"en": (25, 110), "zh": (8, 32)}
"""Characters of a sentence that may be added."""
