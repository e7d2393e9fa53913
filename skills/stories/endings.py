"""Sentences that a language model may end: what is begun for it, and the things it chooses from."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.texts import read_yaml

from .story import Story

OFFERED = 3
"""Things to choose from in each gap: others in another story, or the likeliest would come always."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """One sentence with gaps, and what may fill each."""

    pieces: tuple[str, ...]
    """The words before, between and behind the gaps."""
    things: tuple[tuple[str, ...], ...]

    @property
    def begun(self) -> str:
        """The words before the first gap."""
        return self.pieces[0].strip()

    @property
    def grammar(self) -> str:
        """All that may be written, in GBNF: up to the last gap, behind it nothing is left to choose."""
        parts = [
            f"{_quoted(piece)} ({' | '.join(map(_quoted, things))})"
            for piece, things in zip(self.pieces, self.things, strict=False)
        ]
        return f"root ::= {' '.join(parts)}"

    def whole(self, written: str) -> str:
        """The sentence that was written, to its full stop; empty when it is none of those that may
        be: a model may be cut short, or know no grammars."""
        pattern = "".join(
            f"{re.escape(piece)}(?:{'|'.join(map(re.escape, things))})"
            for piece, things in zip(self.pieces, self.things, strict=False)
        )
        return written + self.pieces[-1] if re.fullmatch(pattern, written) else ""


def endings(story: Story) -> Iterator[Ending]:
    """Those that can be said where the story is, in another order in another story."""
    dice = random.Random(story.title + story.hero.name)
    place = (story.plan or {}).get("place", "")
    fitting = [each for each in asks(story.language)["sentences"] if _fits(each, place)]
    dice.shuffle(fitting)
    for each in fitting:
        offered = (tuple(dice.sample(things, OFFERED)) for things in each["things"])
        yield Ending(pieces=tuple(re.split(r"\{\d\}", each["text"])), things=tuple(offered))


def _fits(sentence: Mapping[str, Sequence[str]], place: str) -> bool:
    return place in sentence.get("places", (place,)) and place not in sentence.get("unfit", ())


@cache
def asks(language: str) -> Mapping[str, Any]:
    """What a model is asked in a language."""
    path = Path(__file__).parent / "data" / "model.yaml"
    asked: Mapping[str, Any] = read_yaml(path.read_text("utf-8"))[language]
    return asked


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
