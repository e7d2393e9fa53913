"""What is in a portion: energy and nutrients, from the food table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .foods import Food
from .recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Nutrition:
    """Energy in kcal, sodium in milligrams, the rest in grams."""

    grams: float = 0.0
    kcal: float = 0.0
    protein: float = 0.0
    fat: float = 0.0
    carbs: float = 0.0
    fibre: float = 0.0
    sodium: float = 0.0
    sugar: float = 0.0
    """Carbohydrate from added sugars only."""
    greens: float = 0.0
    """Grams of vegetables, fruit and pulses."""


def of_food(food: Food, grams: float) -> Nutrition:
    """What so many grams of a food contain."""
    part = grams / 100
    return Nutrition(
        grams=grams,
        kcal=food.kcal * part,
        protein=food.protein * part,
        fat=food.fat * part,
        carbs=food.carbs * part,
        fibre=food.fibre * part,
        sodium=food.sodium * part,
        sugar=food.carbs * part if "sugar" in food.flags else 0.0,
        greens=grams if food.kind in {"vegetable", "fruit", "legume"} else 0.0,
    )


def total(parts: Iterable[Nutrition], share: float = 1.0) -> Nutrition:
    """The sum of several, times `share`."""
    listed = list(parts)
    return Nutrition(
        **{name: share * sum(getattr(part, name) for part in listed) for name in _FIELDS}
    )


_FIELDS = tuple(Nutrition.__dataclass_fields__)


def per_serving(recipe: Recipe) -> Nutrition:
    """What one portion contains; of foods the table does not know, nothing."""
    parts = (of_food(i.food, i.grams) for i in recipe.ingredients if i.food)
    return total(parts, 1 / recipe.servings)
