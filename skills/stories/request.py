"""What kind of story is wanted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Somebody a story is to be about."""

    kind: str = ""
    """What they are, without article or measure word: "brave rabbit", 小兔子."""
    name: str = ""
    trait: str = ""
    """How they are, where that was said: brave, 勇敢."""
    pronoun: str = ""
    noun: str = ""
    """The kind without its trait: rabbit, 兔子."""
    clause: str = ""
    """What else was said of them, as a story says it: "was afraid of the dark"."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A wish for a story; what was not said is empty."""

    language: str
    text: str = ""
    """The words it was made in."""
    minutes: float = 0.0
    age: int = 0
    kind: str = ""
    """folk-tale, animal, space, sea, school, mystery, funny or calm."""
    hero: Figure | None = None
    companion: Figure | None = None
    place: str = ""
    """A place of the kit, by its name there."""
    somewhere: str = ""
    """A place that the kit does not know, as it was said: "in paris"."""
    lesson: str = ""
    love: str = ""
    """What the hero cares for most: football, music."""
    choose: bool = False
    bedtime: bool = False
    bilingual: str = ""
    """The language that comes first, where both were asked for."""
    foreign: bool = False
    """Whether it is to be told in the other language."""
    without: tuple[str, ...] = ()
    """Words that the story must not have: "no monsters"."""
    series: str = ""
    """What the hero did in the story before, when it is the same hero again."""

    @property
    def bare(self) -> bool:
        """Whether nothing particular was asked for."""
        wanted = (self.hero, self.companion, self.place, self.somewhere, self.lesson, self.love)
        return not any(wanted) and not self.choose and not self.series
