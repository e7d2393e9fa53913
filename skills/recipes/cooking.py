"""Dishes on the stove: which recipe, for how many, and where in it. Plain data, to survive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .amounts import Amount
from .recipe import Ingredient, Recipe, Step


@dataclass(kw_only=True)
class Dish:
    """One recipe being cooked."""

    recipe: Recipe
    servings: int
    at: int = -1
    """The step that was read last; -1 before the first."""

    @property
    def factor(self) -> Fraction:
        """How many times the recipe is made."""
        return Fraction(self.servings, self.recipe.servings)

    @property
    def step(self) -> Step | None:
        """The step one is at."""
        return self.recipe.steps[self.at] if 0 <= self.at < len(self.recipe.steps) else None

    @property
    def over(self) -> bool:
        """Whether the last step was read."""
        return self.at >= len(self.recipe.steps) - 1

    def amount(self, ingredient: Ingredient) -> Amount:
        """How much of an ingredient for this many people."""
        return ingredient.times(self.factor)


@dataclass(kw_only=True)
class Cooking:
    """All that is being cooked; the dish in front is the one "next" means."""

    dishes: list[Dish] = field(default_factory=list)
    offered: bool = False
    """Whether a timer for the current step was offered and not answered yet."""

    @property
    def front(self) -> Dish:
        """The dish that is meant when none is named."""
        return self.dishes[0]

    def to_front(self, dish: Dish) -> None:
        """Turn to a dish."""
        self.dishes.remove(dish)
        self.dishes.insert(0, dish)

    def dish(self, recipe: Recipe) -> Dish | None:
        """The dish of a recipe, if it is being cooked."""
        return next((d for d in self.dishes if d.recipe.id == recipe.id), None)

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        dishes = [
            {"id": d.recipe.id, "language": d.recipe.language, "servings": d.servings, "at": d.at}
            for d in self.dishes
        ]
        return {"dishes": dishes, "offered": self.offered}


def kept_dishes(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The dishes in what was kept; a recipe that has gone since is for the caller to leave out."""
    return list(kept.get("dishes", ()))
