"""Another food than the recipe's: "can I use lamb instead?", "make it vegan"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import wishes
from .changing import Changing
from .checks import CORE, raw_kind
from .cooking import Dish
from .diets import Profile, against
from .finding import Finding
from .foods import Food, foods
from .lexis import say
from .questions import named
from .recipe import Ingredient
from .swaps import baked, instead

_FLESH = frozenset({"meat", "poultry"})
"""Kinds of food that stand in for each other, with another time."""

_MAIN = 0.15
"""Share of a dish from which a food that cannot be replaced makes it what it is."""


class Adapting(Changing, Finding):
    """Turns a dish towards what a cook has, or eats."""

    @intent("use_instead")
    @intent("use_instead_that")
    async def use_instead(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """Whether a food can stand in for one of the dish: by the table, or for its own kind."""
        heard = turn.route.text or turn.text
        wanted, dish = self.food(food or heard, turn.language), self._meant(turn)
        if wanted is None or dish is None:
            return await self.missing(turn, food)
        name = wanted.name(turn.language)
        if against(wanted, self.profile, foods()):
            return turn.phrase("no_swap", what=name)
        if each := named(dish.recipe, food or name, turn.language):
            said = turn.phrase("has_it", dish=dish.recipe.title, what=each.item)
            return said
        return self._stands_in(turn, dish, wanted)

    def _meant(self, turn: Turn) -> Dish | None:
        """The dish on the stove, or the one that was offered."""
        if cooking := self.at_hand():
            turn.hold()
            return cooking.front
        recipe = self.current(turn.language)
        return Dish(recipe=recipe, servings=recipe.servings) if recipe else None

    def _stands_in(self, turn: Turn, dish: Dish, wanted: Food) -> str:
        name, baking = wanted.name(turn.language), baked(dish.recipe)
        known = [each for each in dish.recipe.ingredients if each.food]
        for each in known:
            assert each.food is not None
            found = instead(each.food, self.profile, {wanted}, baking=baking)
            if fitting := [swap for swap in found if swap.uses(wanted)]:
                return self._swap(turn, fitting[0], dish.amount(each), each.item, told=True)
        alike = [each for each in known if _alike(each.food, wanted)]
        if not alike:
            return turn.phrase("no_place", what=name, dish=dish.recipe.title)
        each = max(alike, key=lambda each: each.grams)
        core = CORE.get(raw_kind(wanted))
        return turn.phrase(
            "alike_until" if core else "alike",
            what=name,
            item=each.item,
            core=say_number(core or 0, turn.language),
        )

    @intent("adapt")
    @intent("adapt_that")
    async def adapt(self, turn: Turn, **slots: Any) -> Answer:
        """The same dish for a diet, by what can be replaced; where its heart cannot, other dishes
        that fit."""
        diets = wishes.read(turn.route.text or turn.text, turn.language).diets
        dish = self._meant(turn)
        if dish is None or not diets:
            return await self.another(turn)
        eats = replace(self.profile, diets=self.profile.diets | diets)
        unfit = [
            each
            for each in dish.recipe.ingredients
            if each.food and against(each.food, eats, foods())
        ]
        diet = say(min(diets), turn.language)
        if not unfit:
            return turn.phrase("suits_it", dish=dish.recipe.title, diet=diet)
        said = [self._without(turn, dish, each, eats) for each in unfit]
        if not all(said):
            return await self.another(turn)
        changes = turn.phrase("adapt_joint").join(said)
        say_it = turn.phrase("adapted", dish=dish.recipe.title, diet=diet, changes=changes)
        return say_it

    def _without(self, turn: Turn, dish: Dish, each: Ingredient, eats: Profile) -> str:
        """What to do about an ingredient that is not eaten; empty if the dish hangs on it."""
        assert each.food is not None
        eaten = sum(i.grams for i in dish.recipe.ingredients if i.food and i.food.id != "water")
        found = instead(each.food, eats, baking=baked(dish.recipe))
        if found:
            names = [part.food.name(turn.language) for part in found[0].parts]
            return turn.phrase("adapt_swap", what=each.item, use=say_list(names, turn.language))
        little = each.optional or each.grams < _MAIN * eaten
        return turn.phrase("adapt_leave", what=each.item) if little else ""


def _alike(food: Food | None, wanted: Food) -> bool:
    """Whether two foods have the same part in a dish."""
    if food is None or food.kind in {"spice", "oil", "sauce", "other", "leaven", "sweet"}:
        return False
    return food.kind == wanted.kind or {food.kind, wanted.kind} <= _FLESH
