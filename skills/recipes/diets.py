"""What a dish is fit for: diets and allergens, computed from what is in it, never from a label."""

from __future__ import annotations

from dataclasses import dataclass

from .character import characters, types
from .foods import FLESH, Food, Foods, foods
from .nutrition import Nutrition, per_serving
from .recipe import Recipe

DIETS = (
    "vegetarian", "vegan", "gluten-free", "dairy-free", "egg-free", "nut-free", "low-salt",
    "high-protein", "diabetic-friendly", "low-carb", "alcohol-free",
)  # fmt: skip

_MEAT_EATERS = frozenset({"fish", "crustacean", "mollusc", "flesh"})
_FREE_OF = {
    "gluten-free": {"gluten"}, "dairy-free": {"milk"}, "egg-free": {"egg"},
    "nut-free": {"nut", "peanut"}, "alcohol-free": {"alcohol"},
}  # fmt: skip


def meatless(food: Food) -> bool:
    """Whether vegetarians eat it."""
    return food.kind not in FLESH and not food.flags & _MEAT_EATERS


def plant(food: Food) -> bool:
    """Whether vegans eat it."""
    animal = food.flags & {"milk", "egg", "animal"}
    return meatless(food) and food.kind not in {"dairy", "egg"} and not animal


def suits(food: Food, diet: str) -> bool:
    """Whether a food may be in a dish of a diet that forbids foods (the others look at amounts)."""
    if diet == "vegetarian":
        return meatless(food)
    if diet == "vegan":
        return plant(food)
    return not food.flags & _FREE_OF.get(diet, set())


def allergens(recipe: Recipe) -> frozenset[str]:
    """Every allergen in a dish, optional ingredients included."""
    return recipe.contains.union(*(food.allergens for food in recipe.foods))


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What follows from a recipe's ingredients; computed once."""

    diets: frozenset[str]
    allergens: frozenset[str]
    nutrition: Nutrition
    healthy: bool
    vouched: bool
    """Whether the food table knows everything in it."""
    terms: frozenset[str]
    """What any food in it can be asked or barred by (see Foods.terms)."""
    needed: tuple[tuple[Food, frozenset[str]], ...]
    """The foods one must have, staples and spices apart, with their terms."""
    characters: frozenset[str]
    """What it is like: spicy, light and so on."""
    types: frozenset[str]
    """What kinds of dish it is: a bread, a curry."""
    title: frozenset[str]
    """The terms of the foods that the title names."""


def traits(recipe: Recipe) -> Traits:
    """The diets, allergens and nutrition of a recipe. With an unknown ingredient, no diet fits."""
    portion = per_serving(recipe)
    inside = allergens(recipe)
    diets = {
        diet
        for diet in DIETS
        if not recipe.unknown
        and all(suits(food, diet) for food in recipe.foods)
        and not recipe.contains & _FREE_OF.get(diet, set())
        and _fits(diet, portion)
    }
    terms = foods().terms
    return Traits(
        diets=frozenset(diets),
        allergens=inside,
        nutrition=portion,
        healthy=healthy(portion),
        vouched=not recipe.unknown,
        terms=inside.union(*(terms[food.id] for food in recipe.foods)),
        needed=tuple((food, terms[food.id]) for food in _needed(recipe)),
        characters=characters(recipe, portion),
        types=types(recipe),
        title=frozenset[str]().union(
            *(terms[food.id] for *_, food in foods().inside(recipe.title, recipe.language))
        ),
    )


def _needed(recipe: Recipe) -> list[Food]:
    wanted = [each.food for each in recipe.ingredients if each.food and not each.optional]
    seen = dict.fromkeys(food for food in wanted if not food.staple)
    return [food for food in seen if food.kind not in {"spice", "oil"}]


_LITTLE_SODIUM = 800
"""Milligrams of sodium in a portion that is low in salt: two fifths of the 2 g a day of the WHO."""


def _fits(diet: str, portion: Nutrition) -> bool:
    """The diets that are a matter of amounts.

    low-salt: at most 140 mg sodium in 100 g (21 CFR 101.61, meals), and in a portion two fifths of
    the WHO's daily limit. high-protein: at least 20 % of
    the energy (EU Regulation 1924/2006). diabetic-friendly: at most 45 g carbohydrate without
    fibre in a portion (the American Diabetes Association's usual lower bound for a meal) and 8 g of
    added sugar. low-carb: at most 20 g without fibre.
    """
    carbs = portion.carbs - portion.fibre
    if diet == "low-salt":
        return portion.sodium <= min(1.4 * portion.grams, _LITTLE_SODIUM)
    if diet == "high-protein":
        return portion.protein * 4 >= 0.2 * portion.kcal
    if diet == "diabetic-friendly":
        return carbs <= 45 and portion.sugar <= 8
    if diet == "low-carb":
        return carbs <= 20
    return True


def healthy(portion: Nutrition) -> bool:
    """A rule of thumb: moderate energy, salt, fat and sugar, and something that grew.

    800 mg sodium is 2 g of salt, two fifths of the WHO's daily limit of 5 g; 40 % of energy from
    fat is a little over the WHO's 30 % for a whole day.
    """
    return (
        portion.kcal <= 650
        and portion.sodium <= 800
        and portion.fat * 9 <= 0.4 * portion.kcal + 30
        and portion.sugar <= 12
        and portion.greens >= 60
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the household does not eat. Allergies, dislikes and diets all block."""

    allergies: frozenset[str] = frozenset()
    """Allergens, or ids of foods."""
    dislikes: frozenset[str] = frozenset()
    """Ids of foods, or kinds of food."""
    diets: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.allergies or self.dislikes or self.diets)


def against(food: Food, profile: Profile, table: Foods) -> str:
    """Why the household does not eat a food: the entry of the profile; empty if it does."""
    for entry in sorted(profile.allergies | profile.dislikes):
        if entry in food.flags or entry == food.kind or is_kind_of(food, entry, table):
            return entry
    return next((diet for diet in sorted(profile.diets) if not suits(food, diet)), "")


def is_kind_of(food: Food, entry: str, table: Foods) -> bool:
    """Whether a food is the one with the id `entry`, or a kind of it."""
    return any(each.id == entry for each in table.lineage(food))


def bars(recipe: Recipe, known: Traits, profile: Profile) -> bool:
    """Whether the household does not eat a dish: `objections` in a hurry, for searching."""
    return (
        not known.terms.isdisjoint(profile.allergies)
        or not known.terms.isdisjoint(profile.dislikes)
        or not profile.diets <= known.diets
        or bool(profile.allergies and not known.vouched)
    )


def objections(recipe: Recipe, profile: Profile, table: Foods) -> list[tuple[str, str]]:
    """Why the household does not eat a dish: (ingredient, entry of the profile).

    An ingredient that the food table does not know is an objection as soon as anyone is allergic.
    """
    found = [
        (each.item, why)
        for each in recipe.ingredients
        if each.food and (why := against(each.food, profile, table))
    ]
    found += [(entry, entry) for entry in sorted(recipe.contains & profile.allergies)]
    if profile.allergies:
        found += [(item, "unknown") for item in recipe.unknown]
    amounts = {"low-salt", "high-protein", "diabetic-friendly", "low-carb"} & profile.diets
    if amounts:
        portion = per_serving(recipe)
        found += [(diet, diet) for diet in sorted(amounts) if not _fits(diet, portion)]
    return found
