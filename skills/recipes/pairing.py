"""What goes with a dish: a side, a salad or a soup that is unlike it."""

from __future__ import annotations

from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_list

from . import planning, search, wishes, wording
from .finding import SHOWN, Finding
from .foods import Food, foods
from .lexis import say
from .recipe import Recipe
from .wishes import Wish

BESIDE = {"en": ("side", "salad"), "zh": ("side", "salad", "soup")}
"""The courses that stand beside a main dish."""

_FILLING = ("potato", "sweet potato", "taro")
_ENOUGH = 50
"""Grams of something filling in a portion from which one needs no more of it."""


class Pairing(Finding):
    """One dish beside another."""

    @intent("goes_with")
    async def goes_with(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """Sides for a dish, for a food, or for what is being cooked."""
        heard, language = (turn.route.text or turn.text).lower(), turn.language
        named = self.names(language).inside(heard)
        if named is None and recipe and recipe.lower() not in heard:
            named = self._alike(recipe, heard, language)
        types = wishes.read(heard, language).types
        hits = foods().inside(heard, language)
        food = max(hits, key=lambda hit: hit[1] - hit[0])[2] if hits else None
        kinds = [kind for *_, kind in wishes.kind_hits(heard, language, hits)]
        main = named or (None if food or types or kinds else self.current(language))
        if main is None and food is None and not types and not kinds:
            return turn.phrase("goes_with_what")
        beside = self._beside(language, main, food, _courses(heard, main, language))
        if not beside:
            return turn.phrase("nothing_fits")
        self.offer(beside, text=heard, seen=[recipe.id for recipe in beside])
        said = turn.phrase(
            "goes_with",
            dish=_called(main, food, [*types, *(say(kind, language) for kind in kinds)], language),
            dishes=say_list([r.title for r in beside], language, either=language == "en"),
            first=wording.summary(beside[0], language),
        )
        return said

    def _alike(self, name: str, heard: str, language: str) -> Recipe | None:
        """The dish that the router read, if it is named for a food that was said."""
        found = self.names(language).find(name)
        said = {food for *_, food in foods().inside(heard, language)}
        return found[0][0] if found and said & found[0][0].foods else None

    def _beside(
        self, language: str, main: Recipe | None, food: Food | None, courses: frozenset[str]
    ) -> list[Recipe]:
        """Three that the household eats, of which none repeats the main dish or another."""
        book = self.book(language)
        wish = Wish(courses=courses, characters=frozenset({"mild"}))
        hits = search.fitting(book, wish, self.profile, season=self.season, limit=60)
        left = [hit.recipe for hit in hits if hit.recipe is not main and not _is_meal(hit.recipe)]
        left = [each for each in left if "主食" not in book.traits(each).types]  # rice goes unsaid
        if food:
            left = [each for each in left if food not in each.foods]
        return planning.one_by_one(left, SHOWN, lambda dish, chosen: _clash(dish, main, chosen))


def _called(main: Recipe | None, food: Food | None, kinds: list[str], language: str) -> str:
    """What stands in the middle, in words."""
    if main:
        return main.title
    return food.name(language) if food else min(kinds)


def _courses(heard: str, main: Recipe | None, language: str) -> frozenset[str]:
    """The course that was asked for beside it, else all that stand beside a dish."""
    rest = heard.replace(main.title.lower(), "") if main else heard
    asked = wishes.read(rest, language).courses & {*BESIDE["zh"]}
    return asked or frozenset(BESIDE[language])


def _clash(side: Recipe, main: Recipe | None, chosen: list[Recipe]) -> tuple[float, str]:
    """How little a side goes with a dish and with those chosen already."""
    score = sum(2.0 * (side.courses[0] == other.courses[0]) for other in chosen)
    score += sum(len(_eaten(side) & _eaten(other)) for other in chosen)
    if main is not None:
        score += 2.0 * len(_eaten(side) & _eaten(main)) + planning.sameness(side, [main], ()) * 0.5
        score -= 2.5 * (side.cuisine == main.cuisine)
        score += 3.0 if _is_filling(side) == _is_filling(main) else 0.0
        score += 6.0 * bool({"soup"} & set(side.courses) & set(main.courses))
    return score, side.id


def _is_meal(recipe: Recipe) -> bool:
    return bool({"main", "dessert", "breakfast", "drink"} & set(recipe.courses))


def _eaten(recipe: Recipe) -> set[str]:
    """What one tastes of it: what is no spice, oil or staple, and not merely a little."""
    heavy = [i for i in recipe.ingredients if i.food and i.grams / recipe.servings > 20]
    return {i.food.parent or i.food.id for i in heavy if i.food and not i.food.staple}


def _is_filling(recipe: Recipe) -> bool:
    table = foods()
    filling = [table.by_id[each] for each in _FILLING if each in table.by_id]
    weight = sum(
        i.grams
        for i in recipe.ingredients
        if i.food
        and (i.food.kind == "grain" or any(table.within(i.food, each) for each in filling))
    )
    return weight / recipe.servings >= _ENOUGH
