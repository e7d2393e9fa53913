"""An installed collection of other people's recipes, looked into by name: three thousand recipes
are not read to find one. Only what our own checks pass is handed out, with every food known, so
that allergies hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from voice_assistant.folders import file_name

from .checks import check
from .linking import assemble, unlisted
from .recipe import Recipe

ALIKE = 88
"""How alike (rapidfuzz ratio, 0 to 100) a name must be to a title."""

_AMOUNT = re.compile(r"\s*\(\s*[^)]*\)")
_MINUTES = re.compile(r"(\d+)\s*(h|hour|m)", re.IGNORECASE)


class Pack:
    """The Wikibooks cookbook as its package carries it: titles with lines of text."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _entries(self) -> Mapping[str, Mapping[str, Any]]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(each["title"]).lower(): each for each in found.values()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def find(self, name: str) -> Recipe | None:
        """The recipe with this name, if it can be vouched for."""
        found = process.extractOne(
            name.lower(), self._entries.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        if found is None:
            return None
        recipe = _recipe(self._entries[found[0]])
        if recipe is None or recipe.unknown or check(recipe) or unlisted(recipe):
            return None
        return recipe


def _recipe(entry: Mapping[str, Any]) -> Recipe | None:
    """One entry in our form."""
    people = re.search(r"\d+", str(entry.get("servings") or ""))
    try:
        return assemble(
            id=f"wikibooks-{file_name(str(entry['title']))}",
            title=str(entry["title"]),
            language="en",
            servings=int(people[0]) if people else 4,
            minutes=_minutes(str(entry.get("time") or "")),
            ingredients=[_AMOUNT.sub("", str(line)) for line in entry["ingredients"]],
            steps=[str(line) for line in entry["steps"]],
            source="wikibooks",
        )
    except (KeyError, ValueError):
        return None


def _minutes(text: str) -> int:
    """Minutes of "1 hour 20 minutes"; 0 where none are told."""
    return sum(
        int(amount) * (60 if unit.lower().startswith("h") else 1)
        for amount, unit in _MINUTES.findall(text)
    )
