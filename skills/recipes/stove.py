"""The cooking session begins: a dish is chosen, named or guessed, and put on the stove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import lexis, wishes, wording
from .changing import share_said
from .cooking import Cooking, Dish
from .finding import Finding
from .foods import foods
from .kitchen import MOST_SERVINGS, REMEMBERED
from .recipe import Recipe
from .steps import Steps


class Stove(Steps, Finding):
    """Which dish, and for how many; then it goes step by step."""

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
        last = lexis.listed("last", turn.language).search(heard)
        if (ordinal or 1) > len(ids) and not last:
            return self._fewer(turn, ids, offered["language"])
        place = len(ids) - 1 if last else (ordinal or 1) - 1
        found = self.recipe(ids[place], offered["language"])
        return await self.cook(turn, recipe=found.title if found else None, number=number)

    def _fewer(self, turn: Turn, ids: Sequence[str], language: str) -> str:
        """So many dishes were not offered: which were."""
        titles = [found.title for each in ids if (found := self.recipe(each, language))]
        return turn.phrase("fewer", dishes=say_list(titles, turn.language))

    def _begin(self, turn: Turn, cooking: Cooking, recipe: Recipe, servings: int) -> Reply:
        servings = min(max(servings, 1), MOST_SERVINGS)
        dish = Dish(recipe=recipe, servings=servings)
        begun = [each for each in cooking.dishes if each.at >= 0]  # the others were merely read
        cooking.dishes = [dish, *begun]
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
            said = turn.phrase("second_dish", other=begun[0].recipe.title) + said
        if recipe.safety:
            said += turn.phrase("safety", text=recipe.safety)
        ready = self._coming(turn, dish)
        return Reply(say=said, display=self.page(dish), likely=ready)

    def _remember(self, recipe: Recipe) -> None:
        cooked = self.home.store.get("cooked", [])
        day = self.now().date().isoformat()
        self.home.store.set("cooked", [*cooked, {"id": recipe.id, "day": day}][-REMEMBERED:])
