"""What there is to tell of one place in one language: all of its file, read when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import atlas
from .atlas import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A dish, a quarter or a day trip: a name and a sentence."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Something to see."""

    id: str
    quarter: str
    kind: str
    indoors: bool
    children: bool
    """Whether it is good with children."""
    hours: float
    """How long one stays."""
    name: str
    text: str


class Guide:
    """A place's file in one language."""

    def __init__(self, place: Place, language: str) -> None:
        self.place = place
        self.language = language
        self._data = atlas.whole(place.key)

    def text(self, key: str) -> str:
        """One of its sentences: best, arrive, around, manners, children, wet, safety, scams."""
        return str(self._data[self.language][key])

    @cached_property
    def quarters(self) -> Mapping[str, Note]:
        """The neighbourhoods by their ids."""
        return {each: self._note(entry) for each, entry in self._data["quarters"].items()}

    @cached_property
    def sights(self) -> Sequence[Sight]:
        """What to see, the best first."""
        return tuple(self._sight(entry) for entry in self._data["sights"])

    @cached_property
    def food(self) -> Sequence[Note]:
        """What to eat."""
        return tuple(map(self._note, self._data["food"]))

    @cached_property
    def trips(self) -> Sequence[Note]:
        """Where to go for a day."""
        return tuple(map(self._note, self._data["trips"]))

    def _note(self, entry: Mapping[str, Any]) -> Note:
        said = entry[self.language]
        return Note(name=str(said["name"]), text=str(said["text"]))

    def _sight(self, entry: Mapping[str, Any]) -> Sight:
        said = entry[self.language]
        return Sight(
            id=entry["id"],
            quarter=entry["quarter"],
            kind=entry["kind"],
            indoors=entry["indoors"],
            children=entry["children"],
            hours=float(entry["hours"]),
            name=str(said["name"]),
            text=str(said["text"]),
        )
