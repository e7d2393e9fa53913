"""Questions while cooking: how much, what with it, is it done, what does that word mean."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_number

from . import wishes, wording
from .conversion import into
from .cooking import Dish
from .glossary import meaning, meanings
from .kitchen import Kitchen
from .lexis import listed
from .lines import used
from .recipe import Ingredient, Recipe, Step
from .techniques import technique


class Questions(Kitchen):
    """What a cook asks in between."""

    @intent("ingredients")
    @intent("ingredients_here")
    @intent("ingredients_that")
    async def ingredients(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """Everything that goes in."""
        cooking = self.at_hand()
        inside = self.names(turn.language).inside(turn.route.text or turn.text)
        wanted = await self.meant(turn, recipe or (inside.title if inside else None))
        if wanted is None:
            return turn.phrase("no_such_recipe", name=recipe) if recipe else self.nothing(turn)
        dish = cooking.dish(wanted) if cooking else None
        if dish:
            turn.hold()
        elif why := self.barred(wanted, turn.language):
            return turn.phrase("barred", dish=wanted.title, why=why)
        return self.all_ingredients(turn, dish or Dish(recipe=wanted, servings=wanted.servings))

    def all_ingredients(self, turn: Turn, dish: Dish) -> Reply:
        """The list, read out."""
        said = turn.phrase(
            "ingredients",
            dish=dish.recipe.title,
            people=wording.people(dish.servings, turn.language),
            list=wording.ingredients(dish, turn.language),
        )
        return Reply(say=said, display=self.page(dish))

    @intent("how_much")
    @intent("how_much_in")
    async def how_much(
        self, turn: Turn, food: str | None = None, number: float | None = None, **slots: Any
    ) -> Answer:
        """How much of an ingredient, of the dish that is named or of those being cooked."""
        heard = (turn.route.text or turn.text).lower()
        if listed("energy", turn.language).search(heard):  # "how many calories" is no curry
            return await self.calories(turn)
        found = self._ingredient_of(turn, food, number) or self._ingredient(turn, food)
        if isinstance(found, str):
            return found
        dish, each = found
        amount = dish.amount(each)
        if self.home.store.get("measure") and each.food:
            amount = into(amount, each.food, self.home.store.get("measure"))
        said = wording.ingredient(each, amount, turn.language, prep=True)
        return turn.phrase("how_much", what=said)

    async def calories(self, turn: Turn, **slots: Any) -> Answer:
        """What is in a portion; see Eating."""
        raise NotImplementedError

    @intent("what_with")
    async def what_with(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """What is done with an ingredient: the next step that uses it, else the last one; what
        names the other dish, turns to it."""
        if other := self._other_by(food, turn.language):
            return await self.other_dish(turn, recipe=other)
        found = self._ingredient(turn, food)
        if isinstance(found, str):
            return technique(turn.route.text or turn.text, turn.language, general=False) or found
        dish, each = found
        place = dish.recipe.ingredients.index(each)
        using = [n for n, s in enumerate(dish.recipe.steps) if place in s.uses]
        number = next((n for n in using if n >= dish.at), using[-1])
        text = self.words(dish.recipe.steps[number].text)
        said = turn.phrase("what_with", number=say_number(number + 1, turn.language), text=text)
        if each.prep:
            said = turn.phrase("prepared", what=each.item, prep=each.prep) + said
        return said

    def _other_by(self, food: str | None, language: str) -> str | None:
        """The title of a dish behind the one in front that is called after a food."""
        cooking = self.cooking()
        titles = [dish.recipe.title for dish in cooking.dishes[1:]] if cooking else []
        forms = (food or "").lower().removesuffix("s"), (food or "").lower()
        return next((t for t in titles if food and any(f in t.lower() for f in forms)), None)

    async def other_dish(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """Turn to the other dish; see Stove."""
        raise NotImplementedError

    @intent("how_long_here")
    async def how_long_here(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """How long an ingredient takes: the step that says so, else what any cook knows."""
        cooking = self.at_hand()
        for dish in cooking.dishes if cooking else ():
            each = named(dish.recipe, food or "", turn.language)
            if each and (step := _waiting_for(dish, each)):
                turn.hold()
                return self.words(step.text)
        return await self.how_long(turn)

    async def how_long(self, turn: Turn, **slots: Any) -> Answer:
        """How long something takes; see Knowhow."""
        raise NotImplementedError

    @intent("rescue")
    @intent("rescue_always")
    async def rescue(self, turn: Turn, trouble: str | None = None, **slots: Any) -> Answer:
        """What to do when it went wrong."""
        if self.cooking():
            turn.hold()
        return turn.phrase(f"rescue_{trouble or 'burnt'}")

    def _ingredient_of(
        self, turn: Turn, food: str | None, number: float | None
    ) -> tuple[Dish, Ingredient] | None:
        """The ingredient of a dish that is named and not being cooked, for so many."""
        heard = turn.route.text or turn.text
        recipe, cooking = self.names(turn.language).inside(heard), self.at_hand()
        if recipe is None or (cooking and cooking.dish(recipe)):
            return None
        each = named(recipe, food or "", turn.language)
        servings = int(number or wishes.read(heard, turn.language).people or recipe.servings)
        return (Dish(recipe=recipe, servings=servings), each) if each else None

    def _ingredient(self, turn: Turn, food: str | None) -> tuple[Dish, Ingredient] | str:
        cooking = self.at_hand()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        for dish in cooking.dishes:
            if each := named(dish.recipe, food or "", turn.language):
                return dish, each
        return turn.phrase("not_in_it", what=food or "", dish=cooking.front.recipe.title)

    @intent("done")
    async def done(self, turn: Turn, **slots: Any) -> Answer:
        """How one sees that it is done."""
        step = self._step(turn)
        if isinstance(step, str):
            return step
        if step.sign:
            return turn.phrase("done_sign", sign=self.words(step.sign))
        key = "done_text" if step.time else "done_no_sign"
        return turn.phrase(key, text=self.words(step.text))

    @intent("temperature")
    async def temperature(self, turn: Turn, **slots: Any) -> Answer:
        """How hot."""
        cooking = self.at_hand()
        if not cooking:
            return self.nothing(turn)
        steps = cooking.front.recipe.steps
        heat = next((s for s in reversed(steps[: cooking.front.at + 1]) if s.oven), None)
        heat = heat or next((s for s in steps if s.oven), None)
        turn.hold()
        if heat is None or heat.oven is None:
            return turn.phrase("no_oven")
        hot = round((heat.oven * 9 / 5 + 32) / 5) * 5
        return turn.phrase("oven", celsius=heat.oven, fahrenheit=hot)

    def _step(self, turn: Turn) -> Step | str:
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        if cooking.front.step is None:
            return turn.phrase("not_begun", dish=cooking.front.recipe.title)
        return cooking.front.step

    @intent("define")
    @intent("define_always")
    async def define(self, turn: Turn, term: str | None = None, **slots: Any) -> Answer:
        """What a kitchen word means."""
        found = meaning(term or turn.route.text or turn.text, turn.language)
        if found is None:
            return turn.phrase("no_meaning", term=term or "")
        return turn.phrase("meaning", term=found[0], text=found[1])

    @intent("difference")
    async def difference(self, turn: Turn, **slots: Any) -> Answer:
        """Two kitchen words side by side."""
        found = meanings(turn.route.text or turn.text, turn.language)
        if not found:
            return turn.phrase("no_meaning")
        told = [turn.phrase("meaning", term=term, text=text) for term, text in found[:2]]
        return " ".join(told) if turn.language == "en" else "".join(told)


def _waiting_for(dish: Dish, each: Ingredient) -> Step | None:
    """The longest step, of those still to come, in which an ingredient is cooked."""
    first = next((n for n, s in enumerate(dish.recipe.steps) if each in _used_in(dish, s)), 0)
    left = [s for s in dish.recipe.steps[max(dish.at, first) :] if s.time]
    named_in = [s for s in left if each in _used_in(dish, s)]
    return max(named_in or left, key=lambda s: s.time or timedelta(), default=None)


def _used_in(dish: Dish, step: Step) -> list[Ingredient]:
    return [dish.recipe.ingredients[place] for place in step.uses]


def named(recipe: Recipe, said: str, language: str) -> Ingredient | None:
    """The ingredient that a word means: as written, the same food, or of the same kind."""
    place = used(said, list(recipe.ingredients), language) if said else None
    return None if place is None else recipe.ingredients[place]
