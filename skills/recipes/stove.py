"""The cooking session: one step at a time, at the cook's pace, and the questions in between."""

from __future__ import annotations

import re
from typing import Any

from voice_assistant.skill import Answer, Piece, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number
from voice_assistant_skills.recipes import amounts, wording
from voice_assistant_skills.recipes.amounts import Amount
from voice_assistant_skills.recipes.conversion import converted, into
from voice_assistant_skills.recipes.cooking import Cooking, Dish
from voice_assistant_skills.recipes.glossary import meaning
from voice_assistant_skills.recipes.kitchen import REMEMBERED
from voice_assistant_skills.recipes.reading import used
from voice_assistant_skills.recipes.recipe import Ingredient, Recipe, Step
from voice_assistant_skills.recipes.swaps import Swap, baked, instead, measured
from voice_assistant_skills.recipes.timing import Timing

MOST_SERVINGS = 60


class Stove(Timing):
    """A dish, step by step."""

    @intent("cook")
    async def cook(
        self, turn: Turn, recipe: str | None = None, dish: str | None = None,
        number: float | None = None, **slots: Any,
    ) -> Answer:  # fmt: skip
        """Start a dish, or take it up where it was left."""
        name = recipe or dish
        if not name:
            found = self.names(turn.language).inside(turn.route.text or turn.text)
            name = found.title if found else None
        found = await self.meant(turn, name)
        if found is None:
            return turn.phrase("no_such_recipe", name=name) if name else turn.phrase("cook_what")
        if why := self.barred(found, turn.language):
            return turn.phrase("barred", dish=found.title, why=why)
        turn.hold()
        cooking = self.cooking() or Cooking()
        if going := cooking.dish(found):
            cooking.to_front(going)
            self.keep(cooking)
            return self._here(turn, cooking)
        return self._begin(turn, cooking, found, int(number or found.servings))

    @intent("cook_that")
    async def cook_that(
        self, turn: Turn, recipe: str | None = None, ordinal: int | None = None, **slots: Any
    ) -> Answer:
        """One of those that were just offered."""
        if recipe:
            return await self.cook(turn, recipe=recipe)
        offered = self.home.store.get("offered", {})
        ids = offered.get("ids", [])
        if not ids:
            return turn.phrase("cook_what")
        place = min(ordinal or 1, len(ids)) - 1
        found = self.recipe(ids[place], offered["language"])
        return await self.cook(turn, recipe=found.title if found else None)

    def _begin(self, turn: Turn, cooking: Cooking, recipe: Recipe, servings: int) -> Reply:
        servings = min(max(servings, 1), MOST_SERVINGS)
        dish = Dish(recipe=recipe, servings=servings)
        cooking.dishes.insert(0, dish)
        cooking.offered = False
        self.keep(cooking)
        self._remember(recipe)
        count = say_number(len(recipe.ingredients), turn.language)
        said = turn.phrase(
            "begin",
            dish=recipe.title,
            people=wording.people(servings, turn.language),
            minutes=wording.minutes(recipe.minutes, turn.language),
            count=count,
        )
        if len(cooking.dishes) > 1:
            said = turn.phrase("second_dish", dish=recipe.title) + said
        if recipe.safety:
            said += turn.phrase("safety", text=recipe.safety)
        return Reply(say=said, display=self._page(dish), listen=True)

    def _remember(self, recipe: Recipe) -> None:
        cooked = self.home.store.get("cooked", [])
        day = self.now().date().isoformat()
        self.home.store.set("cooked", [*cooked, {"id": recipe.id, "day": day}][-REMEMBERED:])

    def _page(self, dish: Dish) -> str:
        """What is in the dish and where one is, for a screen."""
        language = dish.recipe.language
        lines = [f"## {dish.recipe.title}", ""]
        for place, each in enumerate(dish.recipe.ingredients):
            now = dish.step is not None and place in dish.step.uses
            line = f"{amounts.written(dish.amount(each), language)} {each.item}".strip()
            lines.append(f"- **{line}**" if now else f"- {line}")
        if dish.step:
            lines += ["", f"{dish.at + 1}/{len(dish.recipe.steps)}. {self.words(dish.step.text)}"]
        return "\n".join(lines)

    @intent("resume")
    async def go_on(self, turn: Turn, **slots: Any) -> Answer:
        """Go on with what was being cooked, today or tomorrow."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        return self._here(turn, cooking)

    async def resume(self, turn: Turn) -> Answer:
        """After something else: the step is still there, nothing needs to be said."""
        return None

    def _here(self, turn: Turn, cooking: Cooking) -> Reply:
        if cooking.front.at < 0:
            said = turn.phrase("not_begun", dish=cooking.front.recipe.title)
            return Reply(say=said, display=self._page(cooking.front), listen=True)
        return self._read(
            turn, cooking, lead=turn.phrase("back_at", dish=cooking.front.recipe.title)
        )

    # -- moving ------------------------------------------------------------------------------------

    @intent("next")
    async def next(self, turn: Turn, **slots: Any) -> Answer:
        """The next step."""
        return self._move(turn, 1)

    @intent("back")
    async def back(self, turn: Turn, **slots: Any) -> Answer:
        """The step before."""
        return self._move(turn, -1)

    @intent("repeat")
    async def repeat(self, turn: Turn, **slots: Any) -> Answer:
        """The same step again."""
        return self._move(turn, 0)

    @intent("from_the_start")
    async def from_the_start(self, turn: Turn, **slots: Any) -> Answer:
        """The first step."""
        return self._move(turn, to=0)

    @intent("goto")
    async def goto(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """A certain step."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        last = len(cooking.front.recipe.steps)
        return self._move(turn, to=(int(number) if number else last) - 1)

    def _move(self, turn: Turn, by: int = 0, *, to: int | None = None) -> Answer:
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        dish = cooking.front
        wanted = dish.at + by if to is None else to
        if wanted >= len(dish.recipe.steps):
            return self._finished(turn, cooking)
        if wanted < 0:
            if dish.at < 0 and by == 0:
                return self._all_ingredients(turn, dish)
            return Reply(say=turn.phrase("no_step_before"), listen=True)
        dish.at = wanted
        return self._read(turn, cooking)

    def _read(self, turn: Turn, cooking: Cooking, lead: str = "") -> Reply:
        """Say the step one is at, and offer a timer where it takes a while."""
        dish = cooking.front
        step = dish.step
        assert step is not None
        said = lead + turn.phrase(
            "last_step" if dish.over and dish.at else "step",
            number=say_number(dish.at + 1, turn.language),
            text=self.words(step.text),
        )
        if step.sign:
            said += turn.phrase("sign", sign=self.words(step.sign))
        said += self._bigger_pan(turn, dish)
        cooking.offered = self.worth_timing(step)
        if cooking.offered:
            said += turn.phrase("offer_timer", length=self.length(step, turn.language))
        self.keep(cooking)
        return Reply(say=said, display=self._page(dish), listen=True)

    def _bigger_pan(self, turn: Turn, dish: Dish) -> str:
        """Once, at the first step that heats: more food needs more room and time."""
        first = next((n for n, s in enumerate(dish.recipe.steps) if s.time or s.oven), None)
        if dish.at != first or dish.factor < 2:
            return ""
        return turn.phrase("bigger_pan")

    def _finished(self, turn: Turn, cooking: Cooking) -> Reply:
        dish = cooking.dishes.pop(0)
        said = turn.phrase("finished", dish=dish.recipe.title)
        if dish.recipe.storage:
            said += turn.phrase("keeps", text=dish.recipe.storage)
        if cooking.dishes:
            said += turn.phrase("other_dish_left", dish=cooking.front.recipe.title)
        else:
            turn.release()
        self.keep(cooking)
        return Reply(say=said, listen=bool(cooking.dishes))

    @intent("end")
    async def end(self, turn: Turn, **slots: Any) -> Answer:
        """No more cooking."""
        cooking = self.cooking()
        self.keep(None)
        turn.release()
        return turn.phrase("ended") if cooking else self.nothing(turn)

    @intent("pause")
    async def pause(self, turn: Turn, **slots: Any) -> Answer:
        """Wait for me."""
        turn.hold()
        return turn.phrase("paused")

    @intent("slower")
    async def slower(self, turn: Turn, **slots: Any) -> Answer:
        """The same step, one sentence after the other with time between."""
        cooking = self.cooking()
        if not cooking or cooking.front.step is None:
            return self.nothing(turn)
        turn.hold()
        text = self.words(cooking.front.step.text)

        async def pieces() -> Any:
            for part in _clauses(text):
                yield Piece(text=part, pause=1.2)

        return Reply(say=pieces(), listen=True)

    @intent("other_dish")
    async def other_dish(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """Turn to the other dish."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        wanted = await self.meant(turn, recipe) if recipe else None
        dish = cooking.dish(wanted) if wanted else None
        if recipe and dish is None:
            return turn.phrase("not_cooking_that", dish=recipe)
        if len(cooking.dishes) < 2:
            return turn.phrase("only_dish", dish=cooking.front.recipe.title)
        cooking.to_front(dish or cooking.dishes[1])
        turn.hold()
        self.keep(cooking)
        return self._here(turn, cooking)

    @intent("where")
    async def where(self, turn: Turn, **slots: Any) -> Answer:
        """Which step, of how many."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        dish = cooking.front
        turn.hold()
        if dish.at < 0:
            return turn.phrase("not_begun", dish=dish.recipe.title)
        return turn.phrase(
            "where",
            number=say_number(dish.at + 1, turn.language),
            total=len(dish.recipe.steps),
            dish=dish.recipe.title,
        )

    # -- questions -----------------------------------------------------------------------------------

    @intent("ingredients")
    @intent("ingredients_here")
    async def ingredients(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """Everything that goes in."""
        cooking = self.cooking()
        wanted = await self.meant(turn, recipe)
        if wanted is None:
            return turn.phrase("no_such_recipe", name=recipe) if recipe else self.nothing(turn)
        dish = cooking.dish(wanted) if cooking else None
        if dish:
            turn.hold()
        elif why := self.barred(wanted, turn.language):
            return turn.phrase("barred", dish=wanted.title, why=why)
        return self._all_ingredients(turn, dish or Dish(recipe=wanted, servings=wanted.servings))

    def _all_ingredients(self, turn: Turn, dish: Dish) -> Reply:
        said = turn.phrase(
            "ingredients",
            dish=dish.recipe.title,
            people=wording.people(dish.servings, turn.language),
            list=wording.ingredients(dish, turn.language),
        )
        return Reply(say=said, display=self._page(dish), listen=True)

    @intent("how_much")
    async def how_much(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """How much of an ingredient."""
        found = self._ingredient(turn, food)
        if isinstance(found, Reply):
            return found
        dish, each = found
        amount = dish.amount(each)
        if self.home.store.get("measure") and each.food:
            amount = into(amount, each.food, self.home.store.get("measure"))
        said = wording.ingredient(each, amount, turn.language, prep=True)
        return Reply(say=turn.phrase("how_much", what=said), listen=True)

    @intent("what_with")
    async def what_with(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """What is done with an ingredient: the next step that uses it, else the last one."""
        found = self._ingredient(turn, food)
        if isinstance(found, Reply):
            return found
        dish, each = found
        place = dish.recipe.ingredients.index(each)
        using = [n for n, s in enumerate(dish.recipe.steps) if place in s.uses]
        number = next((n for n in using if n >= dish.at), using[-1])
        text = self.words(dish.recipe.steps[number].text)
        said = turn.phrase("what_with", number=say_number(number + 1, turn.language), text=text)
        if each.prep:
            said = turn.phrase("prepared", what=each.item, prep=each.prep) + said
        return Reply(say=said, listen=True)

    def _ingredient(self, turn: Turn, food: str | None) -> tuple[Dish, Ingredient] | Reply:
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        for dish in cooking.dishes:
            if each := _named(dish.recipe, food or "", turn.language):
                return dish, each
        missing = turn.phrase("not_in_it", what=food or "", dish=cooking.front.recipe.title)
        return Reply(say=missing, listen=True)

    @intent("done")
    async def done(self, turn: Turn, **slots: Any) -> Answer:
        """How one sees that it is done."""
        step = self._step(turn)
        if isinstance(step, Reply):
            return step
        if step.sign:
            return Reply(say=turn.phrase("done_sign", sign=self.words(step.sign)), listen=True)
        key = "done_text" if step.time else "done_no_sign"
        return Reply(say=turn.phrase(key, text=self.words(step.text)), listen=True)

    @intent("temperature")
    async def temperature(self, turn: Turn, **slots: Any) -> Answer:
        """How hot."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        steps = cooking.front.recipe.steps
        heat = next((s for s in reversed(steps[: cooking.front.at + 1]) if s.oven), None)
        heat = heat or next((s for s in steps if s.oven), None)
        turn.hold()
        if heat is None or heat.oven is None:
            return Reply(say=turn.phrase("no_oven"), listen=True)
        hot = round((heat.oven * 9 / 5 + 32) / 5) * 5
        return Reply(say=turn.phrase("oven", celsius=heat.oven, fahrenheit=hot), listen=True)

    def _step(self, turn: Turn) -> Step | Reply:
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        if cooking.front.step is None:
            return Reply(say=turn.phrase("not_begun", dish=cooking.front.recipe.title), listen=True)
        return cooking.front.step

    @intent("define")
    @intent("define_always")
    async def define(self, turn: Turn, term: str | None = None, **slots: Any) -> Answer:
        """What a kitchen word means."""
        found = meaning(term or turn.route.text or turn.text, turn.language)
        if found is None:
            return turn.phrase("no_meaning", term=term or "")
        return Reply(say=turn.phrase("meaning", term=found[0], text=found[1]), listen=True)

    # -- changing the dish ---------------------------------------------------------------------------

    @intent("servings")
    async def servings(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """For more or fewer people."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        dish = cooking.front
        wanted = number or dish.servings * _times(turn.route.text or turn.text, turn.language)
        dish.servings = min(max(round(wanted), 1), MOST_SERVINGS)
        self.keep(cooking)
        said = turn.phrase(
            "servings",
            people=wording.people(dish.servings, turn.language),
            list=wording.ingredients(dish, turn.language),
        )
        key = "more_caveat" if dish.factor >= 2 else "less_caveat" if dish.factor * 2 <= 1 else ""
        said += turn.phrase(key) if key else ""
        return Reply(say=said, display=self._page(dish), listen=True)

    @intent("measure")
    async def measure(self, turn: Turn, system: str | None = None, **slots: Any) -> Answer:
        """In cups or in grams, °C or °F, from now on."""
        if system in {"fahrenheit", "celsius"}:
            self.home.store.set("fahrenheit", system == "fahrenheit")
        else:
            self.home.store.set("measure", system)
        return Reply(say=turn.phrase(f"measure_{system or 'metric'}"), listen=True)

    @intent("convert")
    async def convert(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """How many grams is a cup of flour."""
        heard = turn.route.text or turn.text
        found = self.food(food or heard, turn.language)
        if found is None:
            return turn.phrase("unknown_food")
        said = converted(heard, found, turn.language)
        return turn.phrase("convert", **said) if said else turn.phrase("convert_what")

    @intent("missing")
    async def missing(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """Something is not in the house: what else will do, how much of it, what changes."""
        cooking = self.cooking()
        each = dish = None
        for dish in cooking.dishes if cooking else ():
            if each := _named(dish.recipe, food or "", turn.language):
                break
        wanted = each.food if each else self.food(food or turn.route.text, turn.language)
        if wanted is None:
            return turn.phrase("unknown_food")
        if cooking:
            turn.hold()
        baking = bool(dish and each and baked(dish.recipe))
        found = instead(wanted, self.profile, baking=baking if each else None)
        name = each.item if each else wanted.name(turn.language)
        if each and each.optional:
            return Reply(say=turn.phrase("leave_out", what=name), listen=True)
        if not found:
            return Reply(say=turn.phrase("no_swap", what=name), listen=True)
        amount = dish.amount(each) if each and dish else Amount(amounts.Fraction(1), "cup")
        said = self._swap(turn, found[0], amount, name, told=bool(each))
        if len(found) > 1:
            others = [_parts(s, turn.language) for s in found[1:3]]
            said += turn.phrase(
                "or_else", what=say_list(others, turn.language, either=turn.language == "en")
            )
        return Reply(say=said, listen=True)

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


def _clauses(text: str) -> list[str]:
    """A step in parts that one can take in one at a time."""
    return [part.strip() for part in re.split(r"(?<=[.;,，。；])\s*", text) if part.strip()]


def _named(recipe: Recipe, said: str, language: str) -> Ingredient | None:
    """The ingredient that a word means: as written, the same food, or of the same kind."""
    place = used(said, list(recipe.ingredients), language) if said else None
    return None if place is None else recipe.ingredients[place]


def _times(text: str, language: str) -> float:
    """How many times as much: double, half."""
    less = ("half", "halve", "一半", "减半")
    triple = ("triple", "three times", "三倍")
    if any(word in text for word in less):
        return 0.5
    return 3.0 if any(word in text for word in triple) else 2.0


def _of(amount: Amount, name: str, language: str) -> str:
    if language == "zh":
        return f"{amounts.said(amount, 'zh')}{name}"
    return f"{amounts.said(amount, 'en')} of {name}"


def _parts(swap: Swap, language: str) -> str:
    names = [part.food.name(language) for part in swap.parts]
    return (" and " if language == "en" else "加").join(names)


def _ratio(swap: Swap, language: str) -> str:
    """Without a recipe: for one measure, or for each piece."""
    said = []
    for part in swap.parts:
        amount = Amount(part.ratio, part.unit or "cup")
        if not part.unit:
            amount = amounts.scaled(Amount(amounts.Fraction(1), "cup"), part.ratio)
        said.append(_of(amount, part.food.name(language), language))
    listed = say_list(said, language)
    per_piece = any(part.unit for part in swap.parts)
    if language == "zh":
        return f"每个用{listed}" if per_piece else f"一杯换成{listed}"
    return f"{listed} for each" if per_piece else f"{listed} for each cup"
