"""What a recipe takes for granted: how to do it by hand, and how much to buy for so many."""

from __future__ import annotations

from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_count

from . import wishes, wording
from .cooking import Dish
from .foods import foods
from .kitchen import Kitchen
from .lexis import say
from .portions import between, portion
from .questions import named
from .recipe import Ingredient, Recipe
from .techniques import technique


class Handiwork(Kitchen):
    """ "How do I chop an onion?" and "how much pasta for four?"."""

    @intent("technique")
    async def how_by_hand(self, turn: Turn, **slots: Any) -> Answer:
        """How something is cut, cleaned, peeled."""
        told = technique(turn.route.text or turn.text, turn.language)
        return self.words(told) if told else turn.phrase("no_technique")

    @intent("portion")
    async def how_much_for(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """How much of a food so many people eat."""
        heard, language = (turn.route.text or turn.text).lower(), turn.language
        count = max(1, int(number or wishes.read(heard, language).people or 1))
        eaters = say_count(count, "个人", language) if language == "zh" else str(count)
        hits = wishes.food_hits(heard, language)
        kinds = [kind for *_, kind in wishes.kind_hits(heard, language, hits)]
        kind = kinds[0] if kinds else ""
        recipe = self.names(language).inside(heard)
        if recipe and (each := _of_kind(recipe, heard, kind, language)):
            amount = Dish(recipe=recipe, servings=count).amount(each)
            said = wording.ingredient(each, amount, language)
            return turn.phrase("portion_of_dish", what=said, dish=recipe.title, count=eaters)
        food = hits[-1][2] if hits else None
        found = portion(food, kind)
        if found is None:
            return turn.phrase("no_knowhow")
        unit, low, high = found
        what = heard[hits[-1][0] : hits[-1][1]] if hits else say(kind, language)
        key = f"portion_{unit}" if count > 1 else f"portion_one_{unit}"
        return turn.phrase(
            key,
            count=eaters,
            what=what,
            amount=between(low * count, high * count, language),
            one=between(low, high, language),
        )


def _of_kind(recipe: Recipe, heard: str, kind: str, language: str) -> Ingredient | None:
    """The ingredient of a dish that was asked about beside its name: the meat of the dumplings."""
    names = (recipe.title, *recipe.aliases)
    said = max((n.lower() for n in names if n.lower() in heard), key=len, default="")
    rest = heard.replace(said, " ")
    for *_, food in foods().inside(rest, language):
        if each := named(recipe, food.name(language), language):
            return each
    return next((i for i in recipe.ingredients if i.food and kind and i.food.kind == kind), None)
