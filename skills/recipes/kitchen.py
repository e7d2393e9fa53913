"""What all of the skill shares: the books, the household's profile, what is being cooked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from voice_assistant.allergies import SOMEBODY, Allergies
from voice_assistant.answers import yes_no
from voice_assistant.normal import language_of
from voice_assistant.skill import Home, NeverMind, Skill, Turn

from . import amounts, book, lexis, wishes, wording
from .book import Book
from .cooking import Cooking, Dish, kept_dishes
from .diets import Profile, objections
from .foods import Food, foods
from .glossary import glossary, kitchen_words
from .lexis import say
from .linking import invented
from .pack import Pack
from .recipe import Recipe
from .search import MAYBE, SURE, Names, has_any, season_of, spoken_names
from .taboos import taboo

MOST_SERVINGS = 60
"""For more people nobody cooks from this book."""

OWN = ("dislikes", "diets")
"""The parts of the profile that are kept here; allergies are the household's."""

REMEMBERED = 60
"""Dishes cooked that are remembered, for "like last time" and for variety."""


class Kitchen(Skill):
    """The ground that the parts of the skill stand on."""

    session_minutes = 12 * 60.0
    """A dish is on the stove for hours, and may be gone on with in the evening."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._books: dict[str, tuple[Book, Names]] = {}
        self.allergies = Allergies(home.store.database)

    async def start(self) -> None:
        """Hand on the allergies that this skill kept for itself once."""
        kept = self.home.store.get("profile", {})
        if foods := kept.pop("allergies", []):
            self.allergies.add(SOMEBODY, [say(each, "en") for each in foods])
            self.home.store.set("profile", kept)

    def book(self, language: str) -> Book:
        """The cookbook of a language, the household's own recipes included."""
        return self._shelf(language)[0]

    def names(self, language: str) -> Names:
        """The titles of that book."""
        return self._shelf(language)[1]

    def _shelf(self, language: str) -> tuple[Book, Names]:
        if language not in self._books:
            read = book.load(language, self.home.folder / language)
            for id, kept in self.home.store.get("invented", {}).items():  # noqa: A001
                made = (
                    invented(kept["text"], language, id) if kept["language"] == language else None
                )
                if made:
                    read.add(made)
            if language == "en" and self._pack:
                for title in self.home.store.get("packed", []):
                    if packed := self._pack.find(title):
                        read.add(packed)
            self._books[language] = (read, Names(read, language))
        return self._books[language]

    def take_in(self, recipe: Recipe) -> None:
        """Add a recipe to the book of its language."""
        read = self.book(recipe.language)
        read.add(recipe)
        self._books[recipe.language] = (read, Names(read, recipe.language))

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Titles, foods and kitchen words, for the router."""
        titles = [name for _, name in spoken_names(self.book(language), language)]
        return {
            "recipe": titles,
            "food": [name for food in foods().by_id.values() for name in food.names[language]],
            "term": list(glossary(language)),
            "word": kitchen_words(language),
        }

    # -- the household -------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """What the household does not eat; the allergies are those of everybody, noted in the
        words of whoever told them to whichever skill, the diets also those it asked to remember."""
        noted = (food for foods in self.allergies.everybody().values() for food in foods)
        terms = (taboo(food, language_of(food), allergy=True) for food in noted)
        own = self.own_profile
        return replace(
            own,
            allergies=frozenset[str]().union(*terms),
            diets=own.diets.union(*map(self._remembered_diets, ("en", "zh"))),
        )

    def _remembered_diets(self, language: str) -> frozenset[str]:
        """The diets among the facts that another skill was asked to remember."""
        memories = self.home.services.get("memories")
        pattern = re.compile(lexis.words(language)["told_diet"])
        facts = memories(language) if memories else ()
        told = (wishes.read(fact, language).diets for fact in facts if pattern.fullmatch(fact))
        return frozenset[str]().union(*told) - {"alcohol-free"}

    @property
    def own_profile(self) -> Profile:
        """What was told to this skill alone: dislikes and diets."""
        kept = self.home.store.get("profile", {})
        return Profile(**{key: frozenset(kept.get(key, ())) for key in OWN})

    def keep_profile(self, profile: Profile) -> None:
        """Remember dislikes and diets."""
        self.home.store.set("profile", {key: sorted(getattr(profile, key)) for key in OWN})

    @property
    def fahrenheit(self) -> bool:
        """Whether the household's oven counts in °F."""
        return bool(self.home.store.get("fahrenheit", self.home.place.get("country") == "US"))

    @property
    def season(self) -> str:
        """The season where the household lives."""
        return season_of(self.now().month, self.home.place.get("latitude"))

    def barred(self, recipe: Recipe, language: str) -> str:
        """Why the household does not eat a dish, in words; empty if it may."""
        found = objections(recipe, self.profile, foods())
        if not found:
            return ""
        item, why = found[0]
        if why in {"unknown", item}:
            return say(why, language) if why != "unknown" else item
        reason = say(why, language)
        if reason == item:
            return item
        return f"{item}（{reason}）" if language == "zh" else f"{item} ({reason})"

    # -- recipes ---------------------------------------------------------------------------------

    def recipe(self, id: str, language: str) -> Recipe | None:  # noqa: A002
        """A recipe by its id."""
        return self.book(language).by_id.get(id)

    async def meant(self, turn: Turn, name: str | None) -> Recipe | None:
        """The recipe a name means; asked about when it is merely like one, None if none."""
        if not name:
            return self.current(turn.language)
        if self.is_another(name, turn.route.text or turn.text, turn.language):
            return None
        found = self.names(turn.language).find(name)
        if not found or found[0][1] < SURE:
            if packed := self._packed(name, turn.language):
                return packed
        if not found or found[0][1] < MAYBE:
            return None
        recipe, likeness = found[0]
        if likeness >= SURE:
            return recipe
        try:
            meant = await turn.ask(turn.phrase("did_you_mean", title=recipe.title), yes_no)
        except NeverMind:
            return None
        return recipe if meant else None

    def is_another(self, name: str, heard: str, language: str) -> bool:
        """Whether a name that the router guessed is none of the kind of dish that was said, or has
        not the food in it that was."""
        heard = heard.lower()
        found = self.names(language).find(name) if name.lower() not in heard else []
        if not found or self.names(language).inside(heard) is found[0][0]:
            return False
        recipe, wish = found[0][0], wishes.read(heard, language)
        wrong_type = wish.types and not wish.types & self.book(language).traits(recipe).types
        wrong_course = wish.courses and wish.courses.isdisjoint(recipe.courses)
        return bool(wrong_type or wrong_course) or not has_any(recipe, wish.foods)

    def _packed(self, name: str, language: str) -> Recipe | None:
        """The recipe of this name in the installed collection, taken into the book."""
        recipe = self._pack.find(name) if self._pack and language == "en" else None
        if recipe:
            self.take_in(recipe)
            kept = self.home.store.get("packed", [])
            self.home.store.set("packed", [*dict.fromkeys([*kept, recipe.title])])
        return recipe

    @cached_property
    def _pack(self) -> Pack | None:
        """The installed collection of recipes; its file is read when it is first looked into."""
        catalog = self.home.services.get("catalog")
        best = catalog.best("recipes") if catalog else None
        return Pack(catalog.path(best.name)) if catalog and best else None

    def current(self, language: str) -> Recipe | None:
        """The recipe that "it" is: being cooked, or the last that was offered."""
        cooking = self.at_hand()
        if cooking:
            return cooking.front.recipe
        offered = self.home.store.get("offered", {})
        if offered.get("language") == language and offered.get("ids"):
            return self.recipe(offered["ids"][0], language)
        return None

    def offer(self, recipes: list[Recipe], **wish: Any) -> None:
        """Remember what was offered, so that "that one" and "something else" are understood."""
        if recipes:
            ids = [recipe.id for recipe in recipes]
            kept = {"language": recipes[0].language, "ids": ids, "latest": True, **wish}
            self.home.store.set("offered", kept)

    # -- at the stove ----------------------------------------------------------------------------

    def cooking(self) -> Cooking | None:
        """What is being cooked; None if nothing is."""
        kept = self.home.store.get("cooking")
        if not kept:
            return None
        dishes = []
        for each in kept_dishes(kept):
            recipe = self.recipe(each["id"], each["language"])
            if recipe:
                dishes.append(Dish(recipe=recipe, servings=each["servings"], at=each["at"]))
        return Cooking(dishes=dishes, offered=bool(kept.get("offered"))) if dishes else None

    @property
    def just_offered(self) -> Recipe | None:
        """The dish that was offered since anything was done at the stove."""
        offered = self.home.store.get("offered", {})
        if not offered.get("latest"):
            return None
        return self.recipe(offered["ids"][0], offered["language"])

    def at_hand(self) -> Cooking | None:
        """What is being cooked, behind the dish that was offered since: "does it contain nuts?" is
        asked about that, and "for eight people" begins it."""
        cooking, offered = self.cooking(), self.just_offered
        if cooking and offered and not cooking.dish(offered):
            cooking.dishes.insert(0, Dish(recipe=offered, servings=offered.servings))
        return cooking

    def keep(self, cooking: Cooking | None) -> None:
        """Remember what is being cooked: a power cut loses nothing."""
        if offered := self.home.store.get("offered"):
            self.home.store.set("offered", {**offered, "latest": False})
        if cooking and cooking.dishes:
            self.home.store.set("cooking", cooking.as_json())
        else:
            self.home.store.delete("cooking")

    def food(self, said: str | None, language: str) -> Food | None:
        """The food that was named."""
        return foods().named(said, language) if said else None

    def words(self, text: str) -> str:
        """A text with temperatures as this household reads them."""
        return wording.temperatures(text, fahrenheit=self.fahrenheit)

    def page(self, dish: Dish) -> str:
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

    def nothing(self, turn: Turn) -> str:
        """There is no dish to talk about."""
        return turn.phrase("nothing_cooking")
