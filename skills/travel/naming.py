"""Which place, country or region a name means, and where one is named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from voice_assistant.skill import Turn

from . import atlas, countries
from .atlas import Place
from .countries import Country

Where: TypeAlias = Place | Country

_NO_PLACE = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter|English|I)\b"
)
"""Words with a capital letter that are no places."""

WORDS = frozenset("nice split male us chad mali man".split())
"""Names that are everyday words."""


def unheard_of(turn: Turn) -> str | None:
    """A name in an English sentence that no slot took: by its capital letter. Somebody asks about
    a place nobody knows, then, and not about the one of before."""
    taken = " ".join(str(value) for value in turn.route.slots.values()).lower()
    for name in re.findall(r"(?<=[a-z] )[A-Z][a-z]+(?: [A-Z][a-z]+)*", turn.text):
        if turn.language == "en" and name.lower() not in taken and not _NO_PLACE.match(name):
            return str(name)
    return None


def find(said: str) -> Where | None:
    """What a name means: of a region its country, or the one place we know there; a country that
    is called just so, unless it is what we call a place (Singapore); else the place or country
    whose name it is, or is like."""
    plain = atlas.plain(said)
    if inside := countries.regions().get(plain):
        return inside[0] if len(inside) == 1 else countries.countries()[inside[0].country]
    place = atlas.find(said)
    if plain in countries.names() and not (place and plain in map(atlas.plain, _first(place))):
        return countries.find(said)
    return place or countries.find(said)


def named_in(text: str) -> str | None:
    """The longest name of a place, country or region in a text. What is a word as well is a name
    only with a capital letter."""
    plain = f" {atlas.plain(text)} "
    known = {*atlas.names(), *countries.names(), *countries.regions()}
    said = (
        name
        for name in known
        if (f" {name} " if name.isascii() else name) in plain
        and (name not in WORDS or name.capitalize() in text)
    )
    return max(said, key=len, default=None)


def _first(place: Place) -> list[str]:
    """What we call a place."""
    return [names[0] for names in place.names.values()]


def among(text: str, choice: Iterable[Place]) -> Place | None:
    """The one of some places that an answer names."""
    said, known = atlas.plain(text), list(choice)
    for place in known:
        if any(atlas.plain(name) in said for names in place.names.values() for name in names):
            return place
    found = atlas.find(text)
    return found if found in known else None
