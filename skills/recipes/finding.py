"""Finding something to cook."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import lexis, search, wishes, wording
from .diets import Profile, against
from .foods import foods
from .kitchen import Kitchen
from .lexis import say
from .recipe import Recipe
from .search import Hit
from .taboos import parted
from .wishes import Wish

SHOWN = 3
"""Dishes named at once; more nobody remembers."""

DROPPED = ("minutes", "easy", "healthy", "season", "characters", "cuisine", "types",
           "courses", "foods")  # fmt: skip
"""Parts of a wish that one may do without when nothing fits all of it, the smallest loss first."""

_MAIN = frozenset({"main"})
_SAVOURY = frozenset({"main", "salad", "soup", "side", "breakfast", "snack", "starter"})
_SWEET = frozenset({"cake", "cookies", "pie", "蛋糕"})
_DESSERTS = frozenset({"dessert", "baking"})
"""What comes nearest to kinds of dish that are sweet: who wants a cake wants no noodles."""
_ANY_COURSE = {"refreshing", "soft", "sticky", "crisp", "no-cook", "rice-cooker", "microwave"}
"""What a wish may be for without being one for a dinner."""


class Finding(Kitchen):
    """From "what can I cook" to a dish."""

    @intent("find")
    async def find(self, turn: Turn, **slots: Any) -> Answer:
        """Something that fits what was said; who tells of an allergy first has it noted."""
        heard = turn.route.text or turn.text
        if parted(heard, turn.language)[0]:
            return await self.allergy(turn)
        wish = wishes.read(heard, turn.language)
        named = self.names(turn.language).inside(heard)
        if (
            named
            and not wish.without
            and not wish.diets
            and not lexis.listed("leftover", turn.language).search(heard.lower())
            and len(wish.foods) <= 1
            and not self.barred(named, turn.language)
        ):
            self.offer([named])
            return self._told(turn, named)
        found = self.suggested(turn, wish, frozenset(), text=heard)
        return replace(found, say=f"{self._why_not(turn, wish, named)}{found.say}")

    def _why_not(self, turn: Turn, wish: Wish, named: Recipe | None) -> str:
        """Why the dish that was named is not offered, if it is one that the household must not
        eat; that there is none of that name."""
        if named and (why := self.barred(named, turn.language)):
            said = turn.phrase("barred", dish=named.title, why=why)
            return f"{said} " if turn.language == "en" else said
        if named and wish.diets:
            diet = say(min(wish.diets), turn.language)
            said = turn.phrase("not_for_diet", dish=named.title, diet=diet)
            return f"{said} " if turn.language == "en" else said
        return self._not_in_book(turn, wish)

    def _not_in_book(self, turn: Turn, wish: Wish) -> str:
        """That the book has no dish of that name, where nothing else was understood."""
        asked = re.search(lexis.words(turn.language)["recipe_for"], turn.text.lower())
        if wish or asked is None:
            return ""
        name = next(group for group in asked.groups() if group).strip(" ?？。.吗呢啊")
        return turn.phrase("no_such_but", name=name)

    @intent("another")
    async def another(self, turn: Turn, **slots: Any) -> Answer:
        """Not that: the next that fit, with what was added to the wish."""
        offered = self.home.store.get("offered", {})
        before = wishes.read(offered.get("text", ""), turn.language)
        heard = turn.route.text or turn.text
        said = wishes.read(heard, turn.language)
        if said.courses and before.courses.isdisjoint(said.courses):
            wish = replace(said, diets=before.diets | said.diets, people=before.people)
            return self.suggested(turn, wish, frozenset(), text=heard)  # another part of the meal
        seen = frozenset(offered.get("seen", ()))
        if said and not self._nearest_to(turn, before.and_also(said), seen):
            return await self.find(turn)  # it was no more of the same that was wished for
        text = f"{offered.get('text', '')} {heard}"
        return self.suggested(turn, before.and_also(said), seen, text=text)

    def _nearest_to(self, turn: Turn, wish: Wish, seen: frozenset[str]) -> bool:
        likely = self._likely(turn.language, wish, self.profile)
        return bool(self._nearest(turn.language, likely, self.profile, seen)[0])

    @intent("last_time")
    async def last_time(self, turn: Turn, **slots: Any) -> Answer:
        """What was cooked before."""
        for each in reversed(self.home.store.get("cooked", [])):
            recipe = self.recipe(each["id"], turn.language)
            if recipe and not self.barred(recipe, turn.language):
                self.offer([recipe])
                return turn.phrase("last_time", dish=recipe.title)
        return turn.phrase("never_cooked")

    async def allergy(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody must not eat something; see Household."""
        raise NotImplementedError

    def suggested(
        self,
        turn: Turn,
        wish: Wish,
        seen: frozenset[str],
        *,
        text: str,
        profile: Profile | None = None,
    ) -> Reply:
        """The dishes that fit, and what the first of them still needs. `profile`: what the
        household and its guests do not eat, where there are guests."""
        language = turn.language
        eats = profile or self.profile
        hits, without = self._nearest(language, self._likely(language, wish, eats), eats, seen)
        if not hits or (seen and without):
            none = turn.phrase("no_more" if seen else "nothing_fits")
            return Reply(say=none.strip() + self._because(turn, profile))
        shown = [hit.recipe for hit in hits]
        kept = sorted(seen | {r.id for r in shown})
        self.offer(shown, text=text, seen=kept, people=wish.people)
        said = turn.phrase(
            "found_one" if len(hits) == 1 else "found",
            dishes=say_list([r.title for r in shown], language, either=language == "en"),
            first=wording.summary(shown[0], language),
        )
        if without:
            said = turn.phrase("nearest", what=turn.phrase(f"drop_{without}")) + said
        said += self._missing(turn, hits[0], wish) + self._because(turn, profile)
        return Reply(say=said, display=self._list(hits, language))

    def _nearest(
        self, language: str, wish: Wish, profile: Profile, seen: frozenset[str]
    ) -> tuple[list[Hit], str]:
        """The dishes that fit; where none does, those that fit but for one part of the wish, and
        which. What people must not eat is never that part."""
        for part in ("", *DROPPED):
            if part and not getattr(wish, part):
                continue
            if part == "foods" and any(against(food, profile, foods()) for food in wish.foods):
                continue  # who asks for what they must not eat is offered nothing else
            less = replace(wish, **{part: getattr(Wish(), part)}) if part else wish
            if part == "types" and wish.types & _SWEET and not wish.courses:
                less = replace(less, courses=_DESSERTS)
            hits = self._ranked(language, less, profile)
            if hits := [hit for hit in hits if hit.recipe.id not in seen][:SHOWN]:
                return hits, part
        return [], ""

    def _ranked(self, language: str, wish: Wish, profile: Profile) -> list[Hit]:
        hits = search.fitting(self.book(language), wish, profile, season=self.season, limit=40)
        return hits if wish.foods or wish.kinds else self._rotated(hits, wish)

    def _likely(self, language: str, wish: Wish, profile: Profile) -> Wish:
        """A wish without anything particular is one for a meal, or else for something savoury."""
        particular = wish.courses or wish.foods or wish.kinds or wish.cuisine or wish.season
        if particular or wish.types or wish.characters & _ANY_COURSE:
            return wish
        for courses in (_MAIN, _SAVOURY):
            likely = replace(wish, courses=courses)
            if self._ranked(language, likely, profile):
                return likely
        return wish

    def _rotated(self, hits: list[Hit], wish: Wish) -> list[Hit]:
        """Where no food was named: each day and for each wish others, and not what was just
        cooked."""
        recent = [each["id"] for each in self.home.store.get("cooked", [])[-6:]]
        day = self.now().toordinal()
        wished = "".join(sorted(wish.characters | wish.diets | wish.courses | wish.types))
        order = {hit.recipe.id: hash_of(f"{day}{wished}{hit.recipe.id}") for hit in hits}
        return sorted(
            hits, key=lambda h: (h.recipe.id in recent, -round(h.score), order[h.recipe.id])
        )

    def _missing(self, turn: Turn, hit: Hit, wish: Wish) -> str:
        if not wish.foods or not hit.missing:
            return ""
        names = [food.name(turn.language) for food in hit.missing]
        if len(names) > 4:
            return turn.phrase(
                "missing_many", dish=hit.recipe.title, count=say_number(len(names), turn.language)
            )
        return turn.phrase(
            "missing", dish=hit.recipe.title, foods=say_list(sorted(names), turn.language)
        )

    def _because(self, turn: Turn, profile: Profile | None = None) -> str:
        """That the household's allergies were minded, said each time they narrow a search."""
        mine = profile or self.profile
        if not mine:
            return ""
        entries = sorted(mine.allergies | mine.dislikes | mine.diets)
        named = [say(entry, turn.language) for entry in entries]
        return turn.phrase("minded", what=say_list(named[:4], turn.language))

    def _told(self, turn: Turn, recipe: Recipe) -> str:
        return turn.phrase(
            "about",
            dish=wording.summary(recipe, turn.language),
            people=wording.people(recipe.servings, turn.language),
        )

    def _list(self, hits: list[Hit], language: str) -> str:
        lines = []
        for hit in hits:
            portion = self.book(language).traits(hit.recipe).nutrition
            lines.append(f"- **{wording.summary(hit.recipe, language)}**, {portion.kcal:.0f} kcal")
        return "\n".join(lines)


def hash_of(text: str) -> int:
    """A number from a text that is the same every day (Python's own hash is not)."""
    value = 0
    for char in text:
        value = (value * 131 + ord(char)) % 1_000_003
    return value
