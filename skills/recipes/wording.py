"""How ingredients, steps and recipes are put into words."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

from voice_assistant.speaking import say_count, say_duration, say_list

from . import amounts
from .amounts import Amount
from .cooking import Dish
from .lexis import say
from .recipe import Ingredient, Recipe

_FAHRENHEIT = re.compile(r"(\d+) ?°C")


def ingredient(each: Ingredient, amount: Amount, language: str, *, prep: bool = False) -> str:
    """ "2 tablespoons of olive oil", "3 onions, sliced", "salt to taste"; 油两汤匙."""
    more = f"{',' if language == 'en' else '，'} {each.prep}" if prep and each.prep else ""
    more = more.replace("， ", "，")
    if language == "zh":
        return f"{each.item}{amounts.said(amount, 'zh')}{more}"
    if amount.number is None:
        return f"{each.item}{more}, to taste"
    item = _numbered(each.item, each.amount, amount) if amount.unit == "piece" else each.item
    joint = " " if amount.unit == "piece" else " of "
    said = amounts.said(amount, "en")
    if amount.unit == "piece" and amount.number < 1 and amount.number == Fraction(1, 2):
        said = "half a" if item[0].lower() not in "aeiou" else "half an"
    return f"{said}{joint}{item}{more}"


def _numbered(item: str, was: Amount, now: Amount) -> str:
    """The item in the number of the new amount; it was written in the number of the old."""
    many, were = (now.number or 0) > 1, (was.number or 0) > 1
    if many == were:
        return item
    if not many:
        return re.sub(
            r"(?:(?<=[ot])oes|(?<!s)s)$", lambda m: m[0][:-2] if m[0] == "oes" else "", item
        )
    return plural(item)


def plural(item: str) -> str:
    """An English food in the plural; what is in it already stays."""
    return re.sub(r"(?:to|[^aeiou]y|f|s|.)$", _plural, item)


def _plural(match: re.Match[str]) -> str:
    end = match[0]
    if end == "to":
        return "toes"
    if end == "s":
        return "s"
    if len(end) == 2 and end[1] == "y":
        return f"{end[0]}ies"
    return f"{end}s"


def ingredients(dish: Dish, language: str) -> str:
    """The whole list, to be said."""
    parts = [ingredient(i, dish.amount(i), language) for i in dish.recipe.ingredients]
    return say_list(parts, language)


def temperatures(text: str, *, fahrenheit: bool) -> str:
    """A text with its oven temperatures in °F where the household wants them (to the next five)."""
    if not fahrenheit:
        return text
    return _FAHRENHEIT.sub(lambda m: f"{round((int(m[1]) * 9 / 5 + 32) / 5) * 5} °F", text)


def minutes(count: int, language: str) -> str:
    """A length in minutes, as one says it."""
    return say_duration(timedelta(minutes=count), language)


def summary(recipe: Recipe, language: str) -> str:
    """A dish in a few words: title, time, difficulty."""
    level = say(recipe.difficulty, language)
    length = minutes(recipe.minutes, language)
    if language == "zh":
        return f"{recipe.title}，{length}，{level}"
    return f"{recipe.title}, {length}, {level}"


def people(count: int, language: str) -> str:
    """So many servings."""
    if language == "zh":
        return say_count(count, "人份", language)
    return say_count(count, "serving", language)
