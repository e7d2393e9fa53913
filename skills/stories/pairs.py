"""Stories for learners: told sentence by sentence, in one language and then in the other."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .story import (
    PARAGRAPH_PAUSE,
    SCENE_PAUSE,
    Character,
    Line,
    Scene,
    Story,
)

FOLDER = Path(__file__).parent / "data" / "pairs"

BETWEEN = 0.7
"""Seconds between a sentence and the same sentence in the other language."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A tale in both languages."""

    name: str
    title: dict[str, str]
    hero: dict[str, str]
    scenes: list[list[dict[str, str]]]
    """Per scene, sentences by language."""

    def tells_of(self, who: str) -> bool:
        """Whether somebody is in it."""
        sentences = [sentence for scene in self.scenes for sentence in scene]
        return any(
            re.search(rf"\b{who}\b" if who.isascii() else who, text)
            for sentence in sentences
            for text in sentence.values()
        )


@cache
def library() -> tuple[Pair, ...]:
    """All of them."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.txt")))


def _read(path: Path) -> Pair:
    """Blocks of an English line and its Chinese one: title, hero, the tale; `***` is a scene."""
    scenes: list[list[dict[str, str]]] = [[]]
    for block in path.read_text("utf-8").strip().split("\n\n"):
        if block.strip() == "***":
            scenes.append([])
            continue
        english, chinese = block.strip().splitlines()
        scenes[-1].append({"en": english.strip(), "zh": chinese.strip()})
    title, hero, *scenes[0] = scenes[0]
    return Pair(name=f"pair-{path.stem}", title=title, hero=hero, scenes=scenes)


def story(first: str, heard: Sequence[str], dice: random.Random, about: str = "") -> Story:
    """One of them, each sentence in the language `first` and then in the other; one with whom it
    is to be about, where there is one."""
    wanted = [pair for pair in library() if about and pair.tells_of(about)]
    fresh = [pair for pair in wanted or library() if pair.name not in heard]
    pair = dice.choice(fresh or wanted or library())
    second = {"en": "zh", "zh": "en"}[first]
    scenes = [
        Scene(name="scene", lines=tuple(_lines(scene, first, second))) for scene in pair.scenes
    ]
    return Story(
        title=pair.title[first],
        language=first,
        cast={"hero": Character(name=pair.hero[first])},
        scenes=tuple(scenes),
        parts=(pair.name,),
    )


def _lines(scene: list[dict[str, str]], first: str, second: str) -> list[Line]:
    lines: list[Line] = []
    for number, sentence in enumerate(scene):
        rest = SCENE_PAUSE if number + 1 == len(scene) else PARAGRAPH_PAUSE
        lines.append(Line(text=sentence[first], language=first, pause=BETWEEN, paragraph=number))
        lines.append(Line(text=sentence[second], language=second, pause=rest, paragraph=number))
    return lines
