"""The story kit: parts that interlock, as data, and where they were used last."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data" / "kit"

Part = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Kit:
    """Everything made-up stories of one language are made of."""

    language: str
    problems: Sequence[Part]
    lessons: Sequence[Part]
    places: Sequence[Part]
    ways: Sequence[Part]
    companions: Sequence[Part]
    heroes: Part
    frames: Part
    words: Part

    def part(self, kind: str, name: str) -> Part:
        """The part of a kind (problems, lessons, places, ways) by its name."""
        parts: Sequence[Part] = getattr(self, kind)
        return next(part for part in parts if part["id"] == name)

    @property
    def names(self) -> set[str]:
        """Everybody the kit gives a name to."""
        heroes = {name for pool in self.heroes["names"].values() for name in pool}
        friends = {name for friend in self.companions for name in friend["name"]}
        return heroes | friends | {place["elder"].split("|")[0].strip() for place in self.places}


@cache
def kit(language: str) -> Kit:
    """The kit of a language."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parts = {
        path.stem: yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - a safe loader, in C
        for path in (FOLDER / language).glob("*.yaml")
    }
    return Kit(language=language, **parts)


class Chooser:
    """Takes what was not used lately, so that stories differ as long as they can."""

    def __init__(self, heard: Sequence[str], dice: random.Random) -> None:
        self._last = {part: number for number, part in enumerate(heard)}
        self._dice = dice
        self.taken: list[str] = []

    def take(self, kind: str, names: Sequence[str]) -> str:
        """One of the names: any that is new, or else among the third that was used longest ago."""
        fresh = [name for name in names if f"{kind}:{name}" not in self._last]
        if not fresh:
            by_age = sorted(names, key=lambda name: self._last[f"{kind}:{name}"])
            fresh = by_age[: -(-len(names) // 3)]
        name = self._dice.choice(fresh)
        self.taken.append(f"{kind}:{name}")
        return name

    def several(self, kind: str, names: Sequence[str], count: int) -> list[str]:
        """Different ones, up to `count`."""
        rest, found = list(names), list[str]()
        while rest and len(found) < count:
            found.append(self.take(kind, rest))
            rest.remove(found[-1])
        return found

    def number(self, kind: str, of: Sequence[Any]) -> int:
        """The place of one of several wordings."""
        return int(self.take(kind, [str(number) for number in range(len(of))]))
