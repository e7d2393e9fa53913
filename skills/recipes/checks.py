"""Whether a recipe can be right: amounts a cook would believe, nothing forgotten, nothing raw.

The same checks judge our own files, the household's and what a language model makes up.
"""

from __future__ import annotations

import re
from datetime import timedelta

from .foods import Food
from .nutrition import per_serving
from .recipe import Ingredient, Recipe, Step

CORE = {"poultry": 74, "mince": 71, "egg": 71, "meat": 63, "fish": 63, "seafood": 63}
"""°C in the middle at which a raw food is safe: USDA FSIS, Safe Minimum Internal Temperatures."""

HEAT = {"poultry": 3, "mince": 2, "meat": 1, "fish": 2, "seafood": 1}
"""Minutes of heat that even thin slices need."""

_READY = re.compile(
    r"smoked|cooked ham|^ham$|prosciutto|chorizo|luncheon|tuna|sardine|anchovy|dried shrimp|"
    r"bouillon|stock|salted duck egg|century egg|chinese sausage"
)
_MOST = {"spice": 25, "herb": 60, "oil": 90, "sweet": 120, "sauce": 90, "vegetable": 600,
         "meat": 400, "poultry": 500, "fish": 500, "seafood": 600, "grain": 250, "egg": 200,
         "dairy": 400, "fruit": 500, "legume": 300, "nut": 120, "drink": 2500,
         "other": 300}  # fmt: skip
"""Grams in one portion that no cook uses more of, by kind of food."""

_SALT = 6.0
"""Grams of salt in one portion beyond which it is a slip; a day's limit is 5 g."""

_DONE = {
    "en": re.compile(
        r"no pink|clear|white (?:all )?through|cooked through|fall|pull|flake|opaque|firm|"
        r"tender|set\b|brown|pink and|open|piping|curl|golden|soft|no liquid|crisp|hot|springs|"
        r"clean|thick|wobble"
    ),
    "zh": re.compile(
        r"熟|白|没有血|血水|断生|凝固|浮|飘|开口|透|离骨|红|变色|卷|定型|金黄|软|不流|酥|烂|鼓|硬|清汁|干净|弹"
    ),
}
_RINSE = re.compile(r"\b(?:rinse|wash) (?:the )?(?:whole )?(?:chicken|turkey|duck)")


def check(recipe: Recipe) -> list[str]:
    """What is wrong with a recipe; nothing if it may be cooked."""
    return [
        *_unused(recipe),
        *_implausible(recipe),
        *_times(recipe),
        *_raw(recipe),
    ]


def _unused(recipe: Recipe) -> list[str]:
    used = {place for step in recipe.steps for place in step.uses}
    return [
        f"no step uses {each.item}"
        for place, each in enumerate(recipe.ingredients)
        if place not in used
    ]


def _implausible(recipe: Recipe) -> list[str]:
    wrong = []
    for each in recipe.ingredients:
        portion = each.grams / recipe.servings
        most = _MOST.get(each.food.kind, 600) if each.food else 600
        water = each.food is not None and each.food.kcal < 5 and each.food.kind == "drink"
        if portion > most and not water:
            wrong.append(f"{portion:.0f} g of {each.item} in one portion")
    portion_of = per_serving(recipe)
    salt = (
        sum(i.grams for i in recipe.ingredients if i.food and i.food.id == "salt") / recipe.servings
    )
    if salt > _SALT:
        wrong.append(f"{salt:.1f} g of salt in one portion")
    if not recipe.unknown and not 5 <= portion_of.kcal <= 1500:
        wrong.append(f"{portion_of.kcal:.0f} kcal in one portion")
    return wrong


def _times(recipe: Recipe) -> list[str]:
    told = sum((step.time or timedelta() for step in recipe.steps), timedelta())
    wrong = []
    if told > timedelta(minutes=recipe.minutes + 15):
        wrong.append(f"the steps take {told.total_seconds() / 60:.0f} minutes, more than it says")
    if any(step.oven and not 50 <= step.oven <= 260 for step in recipe.steps):
        wrong.append("an oven temperature no oven has")
    return wrong


def raw_kind(food: Food | None) -> str:
    """What kind of raw animal food it is, for safety; empty for what is safe as it comes."""
    if food is None or _READY.search(food.id):
        return ""
    if "mince" in food.flags:
        return "mince" if food.kind == "meat" else "poultry"
    return food.kind if food.kind in CORE else ""


def _raw(recipe: Recipe) -> list[str]:
    wrong = []
    for place, each in enumerate(recipe.ingredients):
        kind = raw_kind(each.food)
        if kind and not _made_safe(recipe, place, each, kind):
            wrong.append(f"{each.item} is not said to be cooked safely")
    if any(_RINSE.search(step.text.lower()) for step in recipe.steps):
        wrong.append("raw poultry must not be rinsed: it spreads germs")
    return wrong


def _made_safe(recipe: Recipe, place: int, each: Ingredient, kind: str) -> bool:
    """Whether heat follows for long enough, with a sign or a temperature to see it by."""
    if each.food and each.food.id in {"chicken", "pork"} and "cooked" in f"{each.item} {each.prep}":
        return True
    first = next((n for n, step in enumerate(recipe.steps) if place in step.uses), None)
    if first is None:
        return False
    later = recipe.steps[first:]
    if any(step.core and step.core >= CORE[kind] for step in later):
        return True
    heat = sum((step.time or timedelta() for step in later), timedelta())
    shown = any(_says_done(step, recipe.language) for step in later)
    if kind == "egg":
        return (heat >= timedelta(minutes=1) and shown) or bool(recipe.safety)
    return heat >= timedelta(minutes=HEAT[kind]) and shown


def _says_done(step: Step, language: str) -> bool:
    return bool(step.sign and _DONE[language].search(step.sign))
