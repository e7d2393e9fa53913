"""What a dish is like: spicy or mild, light or hearty, warming or refreshing, soft."""

from __future__ import annotations

import re

from .nutrition import Nutrition
from .recipe import Recipe

LIGHT = 450
"""Kilocalories of a portion up to which a dish is light, beyond which it is hearty."""

LEAN = 18
"""Grams of fat in a light portion."""

_COLD = frozenset({"salad", "drink", "dessert", "snack", "baking", "sauce"})
_SOFT = re.compile(r"fall|pull|very (?:soft|tender)|mash|pur[eé]e|软|烂|绵")


def characters(recipe: Recipe, portion: Nutrition) -> frozenset[str]:
    """The characters of a dish, by its ingredients, its steps and what is in a portion."""
    hot = any(i.food and "hot" in i.food.flags and not i.optional for i in recipe.ingredients)
    found = {"spicy" if hot else "mild"}
    if portion.kcal <= LIGHT:
        if portion.fat <= LEAN:
            found.add("light")
    elif _COLD.isdisjoint(recipe.courses):
        found.add("hearty")
    if _COLD.isdisjoint(recipe.courses) and recipe.cook >= 10:
        found.add("warming")
    if not hot and _refreshing(recipe, portion):
        found.add("refreshing")
    if not hot and any(_SOFT.search(step.sign) for step in recipe.steps):
        found.add("soft")
    return frozenset(found)


def _refreshing(recipe: Recipe, portion: Nutrition) -> bool:
    cold = not {"salad", "drink"}.isdisjoint(recipe.courses)
    oven = any(step.oven for step in recipe.steps)
    summer = "summer" in recipe.seasons and not oven and portion.kcal <= LIGHT // 2
    return (cold and not oven and "winter" not in recipe.seasons) or summer
