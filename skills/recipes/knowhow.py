"""What a cook knows without a recipe: how long things take and keep, and whom a dish suits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_list

from . import lexis, search, wishes, wording
from .amounts import data
from .diets import Profile as Taboos
from .diets import against, allergens
from .finding import SHOWN, Finding
from .foods import Food, foods
from .lexis import say
from .recipe import Recipe
from .taboos import taboo
from .techniques import technique

_REFREEZE = re.compile(r"\brefreez|freeze .*\bagain\b|再冻|重新冷冻|反复冻|再放回冷冻|二次冷冻")
_KEEP = re.compile(
    r"\b(?:keep|keeps|kept|last|store|stored|freeze|frozen|fridge|freezer|leftovers?|go off|spoil)\b|"
    r"\b(?:yesterday|day before|last night|left out|gone off)\b|"
    r"\bstill (?:good|ok|okay|safe|fine|edible)\b|\b(?:after|past|beyond) (?:the|its|their) (?:date|"
    r"best before|use by|sell by|expiry)|\b(?:expired|best before|use by|out of date)\b|"
    r"昨天|过期|保质期|存放|储存|"
    r"放几天|放多久|能放|保存|冷冻|冷藏|冰箱|隔夜|坏"
)


_COOKED = frozenset({"meat", "poultry", "fish", "seafood", "grain", "legume"})
"""Kinds of food that keep, once cooked, as any cooked food does."""


def knowhow() -> Mapping[str, Any]:
    """The table, by food."""
    found: Mapping[str, Any] = data("knowhow")
    return found


class Knowhow(Finding):
    """Questions that need no dish on the stove."""

    @intent("how_long")
    async def how_long(self, turn: Turn, **slots: Any) -> Answer:
        """How long something takes, keeps, or how one sees that it is done."""
        heard = turn.route.text or turn.text
        recipe = self.names(turn.language).inside(heard)
        hits = foods().inside(heard, turn.language)
        span, food = max(
            ((e - s, f) for s, e, f in hits), key=lambda hit: hit[0], default=(0, None)
        )
        if _REFREEZE.search(heard.lower()):
            return self.words(str(knowhow()["refreeze"][turn.language]))
        if recipe and _spoken_length(recipe, heard) < span:
            recipe = None  # "tomato" in "tomatoes": the food is meant
        rest = lexis.listed("leftover", turn.language).search(heard.lower())
        topic = "keep" if rest or _KEEP.search(heard.lower()) else "cook"
        pointed = lexis.listed("pointing", turn.language).search(heard.lower())
        if food is None and pointed:
            recipe = recipe or self.current(turn.language)
        if recipe and not rest:
            return self._of_dish(turn, recipe, heard)
        if said := _known(food, topic, turn.language) or _of_kind(heard, topic, turn.language):
            return self.words(said)
        if topic == "keep" and (food is None or rest or food.kind in _COOKED):
            return self.words(str(knowhow()["leftovers"][turn.language]))
        return turn.phrase("no_knowhow")

    @intent("how_to")
    async def how_to(self, turn: Turn, food: str | None = None, **slots: Any) -> Answer:
        """How one cooks a plain food, and the dishes that are made of it."""
        heard, language = turn.route.text or turn.text, turn.language
        if by_hand := technique(heard, language, general=False):
            return self.words(by_hand)
        meant = self.food(food or heard, language)
        wish = wishes.read(heard, language)
        said = _known(meant, "cook", language)
        if not said or meant is None:
            return self.suggested(turn, wish, frozenset(), text=heard)
        hits = search.fitting(self.book(language), wish, self.profile, season=self.season)
        dishes = [hit.recipe for hit in hits if meant in hit.recipe.foods][:SHOWN]
        if not dishes:
            return self.words(said)
        self.offer(dishes, text=heard, seen=[recipe.id for recipe in dishes])
        listed = say_list([r.title for r in dishes], language, either=language == "en")
        more = turn.phrase("dishes_of_it", dishes=listed)
        return self.words(said) + more

    def _of_dish(self, turn: Turn, recipe: Recipe, heard: str) -> Answer:
        if _KEEP.search(heard.lower()):
            general = str(knowhow()["leftovers"][turn.language])
            return turn.phrase("keeps_so", dish=recipe.title, text=recipe.storage or general)
        self.offer([recipe])
        if step := _timed(recipe, heard.lower()):
            return self.words(f"{recipe.title}{_COLON[turn.language]}{step}")
        said = turn.phrase(
            "takes", dish=recipe.title, length=wording.minutes(recipe.minutes, turn.language)
        )
        return said

    @intent("takes_that")
    async def takes_that(self, turn: Turn, **slots: Any) -> Answer:
        """How long the dish takes that was offered, and how hard it is."""
        recipe = self.current(turn.language)
        if recipe is None:
            return turn.phrase("suits_what")
        return turn.phrase(
            "about",
            dish=wording.summary(recipe, turn.language),
            people=wording.people(recipe.servings, turn.language),
        )

    @intent("count")
    async def count(self, turn: Turn, **slots: Any) -> Answer:
        """How many recipes there are."""
        return turn.phrase("count", count=len(self.book(turn.language).recipes))

    @intent("suits")
    @intent("suits_here")
    @intent("suits_that")
    async def suits(self, turn: Turn, **slots: Any) -> Answer:
        """Whether a dish is fit for a diet, or has something in it."""
        heard, language = turn.route.text or turn.text, turn.language
        said = self.names(language).inside(heard)
        recipe = said or self.current(language)
        if said is None and (plain := self._plain_food(turn, heard)):
            return plain
        if recipe is None:
            return turn.phrase("suits_what")
        rest = heard.lower().replace(recipe.title.lower(), " ")
        for name in recipe.aliases:
            rest = rest.replace(name.lower(), " ")
        self.offer([recipe])
        wish = wishes.read(rest, language)
        if "expecting" in wish.characters:
            return self._in_pregnancy(turn, recipe)
        if wish.diets:
            return self._fits(turn, recipe, min(wish.diets))
        if wish.characters or wish.healthy:
            return self._is_like(turn, recipe, wish)
        taboos = taboo(rest, language, allergy=False)
        taboos = taboos or taboo(rest, language, allergy=True)
        if not taboos:
            return turn.phrase("unknown_food")
        inside = self._inside(recipe, taboos)
        key = "has_it" if inside else "has_it_not"
        named = say_list([say(each, language) for each in sorted(taboos)], language)
        found = turn.phrase(key, dish=recipe.title, what=say_list(inside, language) or named)
        asked_for_allergy = turn.route.intent == "suits_that" and not inside
        return found + (turn.phrase("read_packets") if asked_for_allergy else "")

    def _plain_food(self, turn: Turn, heard: str) -> str:
        """Whether a food that is named, and no dish, is fit for a diet; an empty word if none is."""
        said = [food for *_, food in foods().inside(heard, turn.language)]
        diets = wishes.read(heard, turn.language).diets
        if len(said) != 1 or not diets or "gluten" in said[0].names["en"]:
            return ""
        diet = min(diets)
        unfit = against(said[0], Taboos(diets=frozenset({diet})), foods())
        key = "suits_not" if unfit else "suits_it"
        return turn.phrase(key, dish=said[0].name(turn.language), diet=say(diet, turn.language))

    def _is_like(self, turn: Turn, recipe: Recipe, wish: wishes.Wish) -> str:
        """Whether a dish is spicy, light, soft, healthy."""
        known = self.book(turn.language).traits(recipe)
        what = next(iter(sorted(wish.characters)), "healthy")
        fits = what in known.characters if wish.characters else known.healthy
        key = "suits_it" if fits else "suits_not"
        return turn.phrase(key, dish=recipe.title, diet=say(what, turn.language))

    def _in_pregnancy(self, turn: Turn, recipe: Recipe) -> str:
        """Whether a dish has alcohol, or a warning for pregnant women."""
        if "expecting" in self.book(turn.language).traits(recipe).characters:
            return turn.phrase("expecting", dish=recipe.title)
        why = [i.item for i in recipe.ingredients if i.food and "alcohol" in i.food.flags]
        named = say_list(why, turn.language) or recipe.safety
        return turn.phrase("expecting_not", dish=recipe.title, why=named)

    def _fits(self, turn: Turn, recipe: Recipe, diet: str) -> str:
        fits = diet in self.book(turn.language).traits(recipe).diets
        why = [
            each.item
            for each in recipe.ingredients
            if each.food and against(each.food, Taboos(diets=frozenset({diet})), foods())
        ]
        key = "suits_it" if fits else "suits_it_not" if why else "suits_not"
        named = say_list(why[:3], turn.language)
        diet = say(diet, turn.language)
        return turn.phrase(key, dish=recipe.title, diet=diet, foods=named)

    def _inside(self, recipe: Recipe, taboos: frozenset[str]) -> list[str]:
        """The ingredients that are, or contain, what was asked about."""
        asked = Taboos(allergies=taboos)
        found = [i.item for i in recipe.ingredients if i.food and against(i.food, asked, foods())]
        told = recipe.contains & taboos & allergens(recipe)
        return found or [say(each, recipe.language) for each in sorted(told)]


_COLON = {"en": ": ", "zh": "："}
_HEATING = re.compile(r"\b(?:bake|boil|roast|simmer|fry|grill|steam)\b|[煮蒸烤炸焖卤]")


def _timed(recipe: Recipe, heard: str) -> str:
    """The step that does for a while what was asked about: "how long do I bake the lasagne"."""
    asked = _HEATING.search(heard)
    steps = [s for s in recipe.steps if s.time and asked and asked[0] in s.text.lower()]
    return max(steps, key=lambda step: step.time or timedelta()).text if steps else ""


def _spoken_length(recipe: Recipe, heard: str) -> int:
    """Characters of the longest name of a dish that was said."""
    names = (recipe.title, *recipe.aliases)
    return max((len(name) for name in names if name.lower() in heard.lower()), default=0)


def _of_kind(heard: str, topic: str, language: str) -> str:
    """What is known of a kind of food: "is the fish cooked"."""
    for kind, pattern in lexis.named("kinds", language).items():
        if pattern.search(heard.lower()) and (told := knowhow().get(kind, {}).get(topic)):
            return str(told[language])
    return ""


def _known(food: Food | None, topic: str, language: str) -> str:
    """What is known of a food, or else of what it is a kind of, or of its kind at large."""
    if food is None:
        return ""
    for key in [*(each.id for each in foods().lineage(food)), food.kind]:
        if told := knowhow().get(key, {}).get(topic):
            return str(told[language])
    return ""
