"""The cookbook: every recipe of a language, ours and the household's, ready to be searched."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from . import diets
from .amounts import DATA
from .checks import check
from .diets import Traits
from .linking import linked
from .reading import BadRecipe, Problem, read
from .recipe import Recipe

_log = logging.getLogger(__name__)


class Book:
    """The recipes of one language."""

    def __init__(self, recipes: Iterable[Recipe], problems: Iterable[Problem] = ()) -> None:
        self.by_id = {recipe.id: recipe for recipe in recipes}
        self.problems = list(problems)
        """Files that were skipped, and why."""
        self._traits: dict[str, Traits] = {r.id: diets.traits(r) for r in self.by_id.values()}

    @property
    def recipes(self) -> list[Recipe]:
        """All recipes."""
        return list(self.by_id.values())

    def known(self) -> list[tuple[Recipe, Traits]]:
        """Each recipe with its traits."""
        return [(recipe, self._traits[id]) for id, recipe in self.by_id.items()]  # noqa: A001

    def traits(self, recipe: Recipe) -> Traits:
        """What a recipe is fit for."""
        known = self._traits.get(recipe.id)
        return known if known and self.by_id[recipe.id] is recipe else diets.traits(recipe)

    def add(self, recipe: Recipe) -> None:
        """Take in one more."""
        self.by_id[recipe.id] = recipe
        self._traits[recipe.id] = diets.traits(recipe)


def load(language: str, own: Path | None = None) -> Book:
    """The book of a language: our recipes, then the household's own in `own`, which win."""
    recipes, problems = folder(DATA / language, language)
    if own and own.is_dir():
        theirs, skipped = folder(own, language, source="yours")
        recipes += theirs
        problems += skipped
    for problem in problems:
        _log.warning("recipe skipped: %s", problem)
    return Book(recipes, problems)


def folder(path: Path, language: str, source: str = "ours") -> tuple[list[Recipe], list[Problem]]:
    """The good recipes of a folder, and what is wrong with the others.

    What is theirs is kept when it can be read at all: it is their dish; what looks wrong is told.
    """
    recipes: list[Recipe] = []
    problems: list[Problem] = []
    for file in sorted(path.glob("*.yaml")):
        try:
            recipe = read(file, language, source)
        except BadRecipe as error:
            problems += error.problems
            continue
        if source == "yours":
            recipe = linked(recipe)
        wrong = check(recipe)
        problems += [Problem(file.name, None, what) for what in wrong]
        if not wrong or source == "yours":
            recipes.append(recipe)
    return recipes, problems
