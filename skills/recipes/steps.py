"""One step after the other, at the cook's pace."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from voice_assistant.skill import Answer, Piece, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_number

from .cooking import Cooking, Dish
from .questions import Questions
from .timing import Timing


class Steps(Timing, Questions):
    """Moving about in the dish that is being cooked."""

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
            return Reply(say=said, display=self.page(cooking.front))
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
        """The first step, of the dish that was just offered if there is one."""
        self.keep(self.at_hand())
        return self._move(turn, to=0)

    @intent("goto")
    async def goto(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """A certain step."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        last = len(cooking.front.recipe.steps)
        if number and number > last:
            turn.hold()
            count = say_count(last, turn.phrase("step_word"), turn.language)
            return turn.phrase("no_such_step", count=count)
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
            return turn.phrase("no_step_before")
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

        return Reply(say=told(), display=self.page(dish), likely=self._coming(turn, dish))

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
            return self._move(turn)
        turn.hold()
        text = self.words(cooking.front.step.text)

        async def pieces() -> AsyncIterator[Piece]:
            for part in _clauses(text):
                yield Piece(text=part, pause=1.2)

        return pieces()

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
