"""Changing a dish: more people, other units, something missing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import amounts, wording
from .amounts import Amount
from .conversion import converted
from .cooking import Dish
from .foods import Food, foods
from .kitchen import MOST_SERVINGS, Kitchen
from .lexis import listed
from .questions import named
from .recipe import Ingredient, Recipe
from .scaling import scaled
from .swaps import Swap, baked, instead, measured, preferred, replaced


class Changing(Kitchen):
    """What a cook may do to a recipe."""

    @intent("servings")
    async def servings(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """For more or fewer people."""
        cooking = self.at_hand()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        dish = cooking.front
        wanted = number or dish.servings * (
            share_said(turn.route.text or turn.text, turn.language) or 2.0
        )
        dish.servings = min(max(round(wanted), 1), MOST_SERVINGS)
        self.keep(cooking)
        said = turn.phrase(
            "servings",
            people=wording.people(dish.servings, turn.language),
            list=wording.ingredients(dish, turn.language),
        )
        key = "more_caveat" if dish.factor >= 2 else "less_caveat" if dish.factor * 2 <= 1 else ""
        said += turn.phrase(key) if key else ""
        return Reply(say=said, display=self.page(dish))

    @intent("serves")
    async def serves(self, turn: Turn, **slots: Any) -> Answer:
        """For how many it is, as it is being cooked."""
        cooking = self.at_hand()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        people = wording.people(cooking.front.servings, turn.language)
        said = turn.phrase("serves", dish=cooking.front.recipe.title, people=people)
        return said

    @intent("measure")
    async def measure(self, turn: Turn, system: str | None = None, **slots: Any) -> Answer:
        """In cups or in grams, °C or °F, from now on."""
        if system in {"fahrenheit", "celsius"}:
            self.home.store.set("fahrenheit", system == "fahrenheit")
        else:
            self.home.store.set("measure", system)
        return turn.phrase(f"measure_{system or 'metric'}")

    @intent("convert")
    async def convert(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """How many grams is a cup of flour."""
        heard = turn.route.text or turn.text
        found = self.food(food or heard, turn.language)
        if found is None:
            return turn.phrase("unknown_food")
        said = converted(heard, found, turn.language)
        if said:
            return turn.phrase("convert", **said)
        each = found.each.get("piece")
        if each is None or not listed("weighing", turn.language).search(heard.lower()):
            return turn.phrase("convert_what")
        weight = say_number(round(each), turn.language)
        return turn.phrase("weighs", food=found.name(turn.language), grams=weight)

    @intent("missing")
    @intent("missing_here")
    async def missing(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """Something is not in the house: what else will do, how much of it, what changes."""
        heard = turn.route.text or turn.text
        food = replaced(heard.lower(), turn.language) or _in_full(
            food, heard.lower(), turn.language
        )
        dish, each = self._needing(turn, food)
        wanted = each.food if each else self.food(food or heard, turn.language)
        if wanted is None:
            return turn.phrase("unknown_food")
        name = each.item if each else wanted.name(turn.language)
        spared = listed("leave_out", turn.language).search(heard.lower())
        if each and dish and (each.optional or (spared and _is_spare(dish.recipe, each))):
            return turn.phrase("leave_out", what=name)
        baking = baked(dish.recipe) if dish and each else None
        asked = frozenset(self._asked_instead(heard, wanted, turn.language))
        found = instead(wanted, self.profile, asked, baking=baking)
        if not found:
            return turn.phrase("no_swap", what=name)
        found = preferred(found, asked)
        amount = dish.amount(each) if each and dish else Amount(Fraction(1), "cup")
        said = self._swap(turn, found[0], amount, name, told=bool(each))
        if unknown := [food for food in asked if not found[0].uses(food)]:
            said = turn.phrase("swap_unknown", what=unknown[0].name(turn.language)) + said
        if len(found) > 1:
            others = [_parts(s, turn.language) for s in found[1:3]]
            said += turn.phrase(
                "or_else", what=say_list(others, turn.language, either=turn.language == "en")
            )
        return said

    def _asked_instead(self, heard: str, wanted: Food, language: str) -> list[Food]:
        """The foods that somebody thinks of in the place of another."""
        named = self.names(language).inside(heard)
        rest = heard.lower().replace(named.title.lower(), " ") if named else heard.lower()
        said = [food for *_, food in foods().inside(rest, language)]
        return [food for food in said if not foods().within(food, wanted)
                and not foods().within(wanted, food)]  # fmt: skip

    def _needing(self, turn: Turn, food: str | None) -> tuple[Dish | None, Ingredient | None]:
        """The dish that needs a food, named or being cooked, and the food's line in it."""
        recipe = self.names(turn.language).inside(turn.route.text or turn.text)
        cooking = self.at_hand()
        if cooking:
            turn.hold()
        dishes = [Dish(recipe=recipe, servings=recipe.servings)] if recipe else []
        dishes += cooking.dishes if cooking else []
        needing = [
            (dish, each)
            for dish in dishes
            if (each := named(dish.recipe, food or "", turn.language))
        ]
        meant = self.food(food, turn.language)
        fitting = [
            (dish, each)
            for dish, each in needing
            if meant is None or (each.food and foods().within(each.food, meant))
        ]  # white wine is wine; white sugar is no rock sugar
        return next(iter(fitting), (None, None))

    def _swap(self, turn: Turn, swap: Swap, amount: Amount, name: str, *, told: bool) -> str:
        language = turn.language
        if told and amount.number is not None:
            parts = [
                _of(measured(part, amount, swap.food), part.food.name(language), language)
                for part in swap.parts
            ]
            use = say_list(parts, language)
        else:
            use = _ratio(swap, language)
        return turn.phrase("swap", what=name, use=use, changes=swap.changes[language])


def _is_spare(recipe: Recipe, each: Ingredient) -> bool:
    """Whether a dish comes right without an ingredient: little of it, and nothing that binds."""
    eaten = sum(i.grams for i in recipe.ingredients if i.food and i.food.id != "water")
    share = each.grams / max(1.0, eaten)
    binds = each.food is None or each.food.kind in {"egg", "grain", "leaven"}
    seasons = each.food is not None and each.food.kind in {"spice", "herb", "nut", "sauce"}
    named = {food for *_, food in foods().inside(recipe.title, recipe.language)}
    if each.food and named.intersection(foods().lineage(each.food)):
        return False
    return not binds and share < _SPARE and (seasons or not baked(recipe))


_SPARE = 0.25
"""Share of a dish's weight that can be missing from it."""


def _in_full(food: str | None, heard: str, language: str) -> str | None:
    """The food as it was said: the router may have read "lemon" where "lemon juice" was."""
    said = [heard[start:end] for start, end, _ in foods().inside(heard, language)]
    longer = [name for name in said if food and food.lower() in name]
    return max(longer, key=len, default=food)


def share_said(text: str, language: str) -> float | None:
    """How many times as much: double, half; None where nothing of the kind is said."""
    shares = ((0.5, "half"), (2.0, "double"), (3.0, "triple"))
    return next((times for times, key in shares if listed(key, language).search(text)), None)


def _of(amount: Amount, name: str, language: str) -> str:
    if language == "zh":
        return f"{amounts.said(amount, 'zh')}{name}"
    return f"{amounts.said(amount, 'en')} of {name}"


def _parts(swap: Swap, language: str) -> str:
    names = [part.food.name(language) for part in swap.parts]
    return (" and " if language == "en" else "加").join(names)


def _ratio(swap: Swap, language: str) -> str:
    """Without a recipe: for one measure, or for each piece."""
    said, measure = [], _measure(swap.food)
    for part in swap.parts:
        amount = Amount(part.ratio, part.unit or measure)
        if not part.unit:
            amount = scaled(Amount(Fraction(1), measure), part.ratio)
        said.append(_of(amount, part.food.name(language), language))
    listed = say_list(said, language)
    per_piece = any(part.unit for part in swap.parts)
    if language == "zh":
        one = {"tsp": "茶匙", "tbsp": "汤匙", "cup": "杯"}[measure]
        return f"每个用{listed}" if per_piece else f"一{one}换成{listed}"
    one = {"tsp": "teaspoon", "tbsp": "tablespoon", "cup": "cup"}[measure]
    return f"{listed} for each" if per_piece else f"{listed} for each {one}"


def _measure(food: Food) -> str:
    """What one measures a food with: spices and cloves with a teaspoon, sauces with a tablespoon."""
    if food.kind in _PINCHES or food.each.get("piece", 99.0) < _CLOVE:
        return "tsp"
    return "tbsp" if food.kind == "sauce" else "cup"


_CLOVE = 10.0
"""Grams of a piece below which nobody fills a cup with it."""

_PINCHES = frozenset({"spice", "herb", "leaven"})
"""Kinds of food that are measured with a teaspoon."""
