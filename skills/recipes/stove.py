"""The cooking session: one step at a time, at the cook's pace."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from voice_assistant.skill import Answer, Piece, Reply, Turn, intent
from voice_assistant.speaking import say_number

from . import lexis, wishes, wording
from .changing import share_said
from .cooking import Cooking, Dish
from .finding import Finding
from .foods import foods
from .kitchen import MOST_SERVINGS, REMEMBERED
from .questions import Questions
from .recipe import Recipe
from .timing import Timing


class Stove(Timing, Questions, Finding):
    """A dish, step by step."""

    @intent("cook")
    async def cook(
        self, turn: Turn, recipe: str | None = None, dish: str | None = None,
        number: float | None = None, **slots: Any,
    ) -> Answer:  # fmt: skip
        """Start a dish, or take it up where it was left."""
        heard = turn.route.text or turn.text
        name = recipe or dish or self._named(turn, heard)
        if name is None and not lexis.listed("pointing", turn.language).search(heard.lower()):
            return await self._instead(turn, None)
        if dish and self.names(turn.language).is_vague(dish):
            return await self._instead(turn, dish)
        if recipe and self.is_another(recipe, heard, turn.language):
            return await self._instead(turn, self._asked_for(turn, heard))
        found = await self.meant(turn, name)
        if found is None:
            return await self._instead(turn, name)
        if why := self.barred(found, turn.language):
            return turn.phrase("barred", dish=found.title, why=why)
        turn.hold()
        cooking = self.cooking() or Cooking()
        if going := cooking.dish(found):
            cooking.to_front(going)
            self.keep(cooking)
            return self._here(turn, cooking)
        return self._begin(turn, cooking, found, self._eaters(heard, number, found, turn.language))

    def _named(self, turn: Turn, heard: str) -> str | None:
        """The title that was said, or that sounds like what was."""
        names = self.names(turn.language)
        found = names.inside(heard) or names.sounding(heard)
        return found.title if found else None

    def _asked_for(self, turn: Turn, heard: str) -> str | None:
        """What was named in the place of a dish: a kind of dish, or a food."""
        language = turn.language
        types = wishes.read(heard, language).types
        spoken = [heard[start:end] for start, end, _ in wishes.food_hits(heard, language)]
        return min(types) if types else spoken[0] if spoken else None

    def _eaters(self, heard: str, number: float | None, recipe: Recipe, language: str) -> int:
        """For how many: as said now, as a part of the recipe, as said when it was wished for."""
        if number and number >= 1:
            return int(number)
        if share := share_said(heard, language):
            return max(1, round(recipe.servings * share))
        offered = self.home.store.get("offered", {})
        wished = offered.get("people") if recipe.id in offered.get("ids", ()) else None
        return int(wished or recipe.servings)

    async def _instead(self, turn: Turn, name: str | None) -> Answer:
        """No recipe has that name: "something italian" is a wish, and so is a food."""
        if name is None:
            return await self.find(turn)
        language = turn.language
        wish = wishes.read(name or turn.route.text or turn.text, language)
        vague = lexis.listed("something", language).search((name or turn.text).lower())
        if not vague and not wish:
            return turn.phrase("no_such_recipe", name=name) if name else turn.phrase("cook_what")
        plain = vague or name is None or foods().named(name, language) is not None
        said = "" if plain else turn.phrase("no_such_but", name=name)
        found = self.suggested(turn, wish, frozenset(), text=name or turn.text)
        return replace(found, say=f"{said}{found.say}")

    @intent("cook_that_now")
    async def cook_that_now(self, turn: Turn, **slots: Any) -> Answer:
        """ "Start": what is on the stove already, before what was offered beside it."""
        cooking = self.cooking()
        if cooking:
            return self._move(turn, to=max(cooking.front.at, 0))
        return await self.cook_that(turn)

    @intent("cook_that")
    @intent("cook_that_for")
    async def cook_that(
        self, turn: Turn, recipe: str | None = None, ordinal: int | None = None,
        number: float | None = None, **slots: Any,
    ) -> Answer:  # fmt: skip
        """One of those that were just offered."""
        heard = (turn.route.text or turn.text).lower()
        if recipe and recipe.lower() not in heard and wishes.read(heard, turn.language).without:
            return await self.another(turn)
        if recipe:
            return await self.cook(turn, recipe=recipe)
        offered = self.home.store.get("offered", {})
        ids = offered.get("ids", [])
        if not ids:
            return turn.phrase("cook_what")
        place = min(ordinal or 1, len(ids)) - 1
        found = self.recipe(ids[place], offered["language"])
        return await self.cook(turn, recipe=found.title if found else None, number=number)

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
        ready = self._coming(turn, dish)
        return Reply(say=said, display=self.page(dish), listen=True, likely=ready)

    def _remember(self, recipe: Recipe) -> None:
        cooked = self.home.store.get("cooked", [])
        day = self.now().date().isoformat()
        self.home.store.set("cooked", [*cooked, {"id": recipe.id, "day": day}][-REMEMBERED:])

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
            return Reply(say=said, display=self.page(cooking.front), listen=True)
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
                return self.all_ingredients(turn, dish)
            return Reply(say=turn.phrase("no_step_before"), listen=True)
        dish.at = wanted
        return self._read(turn, cooking)

    def _read(self, turn: Turn, cooking: Cooking, lead: str = "") -> Reply:
        """Say the step one is at, and offer a timer where it takes a while."""
        dish = cooking.front
        step = dish.step
        assert step is not None
        first = lead + self._step_said(turn, dish, dish.at)
        more = turn.phrase("sign", sign=self.words(step.sign)) if step.sign else ""
        more += self._bigger_pan(turn, dish)
        cooking.offered = self.worth_timing(step)
        if cooking.offered:
            more += turn.phrase("offer_timer", length=self.length(step, turn.language))

        async def told() -> AsyncIterator[str]:
            try:
                yield first
            finally:
                self.keep(cooking)  # while the first words are made: a disk takes its time
            if more:
                yield more

        return Reply(
            say=told(), display=self.page(dish), listen=True, likely=self._coming(turn, dish)
        )

    def _step_said(self, turn: Turn, dish: Dish, at: int) -> str:
        steps = dish.recipe.steps
        key = "last_step" if at and at == len(steps) - 1 else "step"
        number = say_number(at + 1, turn.language)
        return turn.phrase(key, number=number, text=self.words(steps[at].text))

    def _coming(self, turn: Turn, dish: Dish) -> tuple[str, ...]:
        """What "next", "repeat" and "back" will say: nobody waits for a step's first word."""
        places = [
            at for at in (dish.at + 1, dish.at, dish.at - 1) if 0 <= at < len(dish.recipe.steps)
        ]
        return tuple(self._step_said(turn, dish, at) for at in places)

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
    async def other_dish(
        self, turn: Turn, recipe: str | None = None, food: str | None = None, **slots: Any
    ) -> Answer:
        """Turn to the other dish."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        if food and not recipe:
            recipe = self._other_by(food, turn.language)
            if recipe is None:
                return await self.what_with(turn, food=food)
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


def _clauses(text: str) -> list[str]:
    """A step in parts that one can take in one at a time."""
    return [part.strip() for part in re.split(r"(?<=[.;,，。；])\s*", text) if part.strip()]
