"""Dinners for some days: what fits, and never the same thing twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from .recipe import Recipe
from .search import Hit

MOST = 7
"""Dinners planned at once."""


def dinners(
    hits: Sequence[Hit], count: int, *, recent: Collection[str] = (), turn: int = 0
) -> list[Recipe]:
    """`count` dishes out of those that fit, as unlike each other as there are; `turn` varies them.

    Greedy: each next dish shares as few of its main things and as little of its cuisine as possible
    with those chosen, and was not cooked lately.
    """
    left = [hit.recipe for hit in hits]
    left = left[turn % len(left) :] + left[: turn % len(left)] if left else []
    return one_by_one(left, count, lambda dish, chosen: sameness(dish, chosen, recent))


def one_by_one(
    dishes: Sequence[Recipe], count: int, cost: Callable[[Recipe, list[Recipe]], Any]
) -> list[Recipe]:
    """`count` dishes, each the one that costs least beside those chosen before it."""
    left, chosen = list(dishes), list[Recipe]()
    while left and len(chosen) < count:
        best = min(left, key=lambda dish: cost(dish, chosen))
        chosen.append(best)
        left.remove(best)
    return chosen


def sameness(recipe: Recipe, chosen: Sequence[Recipe], recent: Collection[str]) -> float:
    """How much a dish repeats those chosen, or what was cooked lately."""
    shared = sum(len(_heart(recipe) & _heart(other)) for other in chosen)
    cuisine = sum(recipe.cuisine == other.cuisine for other in chosen)
    return 3.0 * shared + cuisine + (5 if recipe.id in recent else 0)


def _heart(recipe: Recipe) -> set[str]:
    """What a dish is about: its meat, fish, grain or pulse."""
    kinds = {"meat", "poultry", "fish", "seafood", "grain", "legume", "egg"}
    heavy = [i for i in recipe.ingredients if i.food and i.food.kind in kinds and i.grams > 100]
    return {(i.food.parent or i.food.id) for i in heavy if i.food}
