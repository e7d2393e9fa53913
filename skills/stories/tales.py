"""The library: tales written whole, one text file each, with what they are about at the top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import markup
from .story import Character, Story

FOLDER = Path(__file__).parent / "data" / "tales"


@dataclass(frozen=True, kw_only=True)
class Tale:
    """A tale as it was written."""

    name: str
    """Its file's name without the ending."""
    language: str
    title: str
    known: tuple[str, ...]
    """What else people call it; only tales that everybody knows have such names."""
    ages: tuple[int, int]
    """Youngest and oldest listener it was written for, in years."""
    kind: str
    """folk-tale, animal, space, sea, school, mystery, funny or calm."""
    topics: tuple[str, ...]
    lesson: str
    """One word: patience, courage, honesty ..."""
    place: str
    deed: str
    cast: Mapping[str, Character]
    text: str

    @property
    def called(self) -> str:
        """The title, with the names in it."""
        return markup.filled(self.title, self.cast)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be asked for by."""
        return (self.called, *self.known)

    def story(self, names: Mapping[str, Character] | None = None) -> Story:
        """The tale as a story; `names` takes the part of members of the cast."""
        cast = {**self.cast, **(names or {})}
        return Story(
            title=markup.filled(self.title, cast),
            language=self.language,
            cast=cast,
            scenes=markup.scenes(self.text, cast),
            place=self.place,
            lesson=self.lesson,
            deed=self.deed,
            parts=(self.name,),
        )


@cache
def library(language: str) -> tuple[Tale, ...]:
    """All tales in a language."""
    return tuple(read(path) for path in sorted((FOLDER / language).glob("*.txt")))


def read(path: Path) -> Tale:
    """The tale in a file: `key: value` lines, a line of dashes, and the marked-up text."""
    head, _, text = path.read_text("utf-8").partition("\n---\n")
    fields: dict[str, str] = {}
    cast: dict[str, Character] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if key == "cast":
            role, _, who = value.partition("=")
            cast[role.strip()] = _character(who)
        else:
            fields[key.strip()] = value.strip()
    youngest, _, oldest = fields["ages"].partition("-")
    return Tale(
        name=path.stem,
        language=path.parent.name,
        title=fields["title"],
        known=tuple(name.strip() for name in fields.get("known", "").split("|") if name.strip()),
        ages=(int(youngest), int(oldest)),
        kind=fields["kind"],
        topics=tuple(topic.strip() for topic in fields["topics"].split(",")),
        lesson=fields["lesson"],
        place=fields.get("place", ""),
        deed=fields.get("deed", ""),
        cast=cast,
        text=text,
    )


def _character(text: str) -> Character:
    name, pronoun, kind, *voice = (part.strip() for part in text.split("|"))
    return Character(name=name, pronoun=pronoun, kind=kind, voice=" ".join(voice))
