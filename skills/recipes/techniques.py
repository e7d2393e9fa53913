"""How things are done by hand: chopping an onion, cleaning a fish. `data/techniques.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from . import lexis
from .amounts import data
from .foods import foods


def _known(language: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = data("techniques")[language]
    return found


@cache
def _handled(language: str) -> list[str]:
    """What they are done to, beside foods: dough, a knife."""
    table = foods()
    said = dict.fromkeys(thing for entry in _known(language) for thing in entry["of"])
    kinds = {food.kind for food in table.by_id.values()}
    return [thing for thing in said if thing not in table.by_id and thing not in kinds]


def technique(heard: str, language: str, *, general: bool = True) -> str:
    """How to do what was asked about; empty where that is not known. What is told of the very food
    comes first, then of its kind, then (if `general`) of anything."""
    heard = heard.lower()
    asked = [entry for entry in _known(language) if _asks(heard, entry["how"], language)]
    table = foods()
    named = [food for *_, food in table.inside(heard, language)]
    for terms in (
        {each.id for food in named for each in table.lineage(food)[:1]},
        {word for word in _handled(language) if word in heard},
        {each.id for food in named for each in table.lineage(food)},
        {food.kind for food in named} | _kinds(heard, language),
    ):
        for entry in asked:
            if terms & set(entry["of"]):
                return str(entry["tell"])
    return next((str(e["tell"]) for e in asked if general and not e["of"]), "")


def _kinds(heard: str, language: str) -> set[str]:
    """The kinds of food that are named: "a fish", "nuts"."""
    kinds = lexis.named("kinds", language)
    return {kind for kind, pattern in kinds.items() if pattern.search(heard)}


def _asks(heard: str, verbs: Sequence[str], language: str) -> bool:
    either = "|".join(map(re.escape, verbs))
    return bool(re.search(either if language == "zh" else rf"\b(?:{either})", heard))
