"""Finding something to cook, and what is in it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from voice_assistant import values
from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import amounts, search, wishes, wording
from .foods import Food, foods, grams
from .kitchen import Kitchen
from .nutrition import Nutrition, of_food
from .recipe import Recipe
from .search import Hit
from .wishes import Wish, say

SHOWN = 3
"""Dishes named at once; more nobody remembers."""


class Finding(Kitchen):
    """From "what can I cook" to a dish."""

    @intent("find")
    async def find(self, turn: Turn, **slots: Any) -> Answer:
        """Something that fits what was said."""
        heard = turn.route.text or turn.text
        wish = wishes.read(heard, turn.language)
        named = self.names(turn.language).inside(heard)
        if (
            named
            and not wish.without
            and len(wish.foods) <= 1
            and not self.barred(named, turn.language)
        ):
            self.offer([named])
            return self._told(turn, named)
        return self._found(turn, wish, frozenset(), text=heard)

    @intent("another")
    async def another(self, turn: Turn, **slots: Any) -> Answer:
        """Not that: the next that fit, with what was added to the wish."""
        offered = self.home.store.get("offered", {})
        before = wishes.read(offered.get("text", ""), turn.language)
        heard = turn.route.text or turn.text
        wish = before.and_also(wishes.read(heard, turn.language))
        return self._found(
            turn,
            wish,
            frozenset(offered.get("seen", ())),
            text=f"{offered.get('text', '')} {heard}",
        )

    @intent("last_time")
    async def last_time(self, turn: Turn, **slots: Any) -> Answer:
        """What was cooked before."""
        for each in reversed(self.home.store.get("cooked", [])):
            recipe = self.recipe(each["id"], turn.language)
            if recipe and not self.barred(recipe, turn.language):
                self.offer([recipe])
                return Reply(say=turn.phrase("last_time", dish=recipe.title), listen=True)
        return turn.phrase("never_cooked")

    def _found(self, turn: Turn, wish: Wish, seen: frozenset[str], *, text: str) -> Answer:
        language = turn.language
        hits = search.fitting(
            self.book(language), self._likely(wish), self.profile, season=self.season, limit=40
        )
        if not wish.foods and not wish.kinds:
            hits = self._rotated(hits)
        hits = [hit for hit in hits if hit.recipe.id not in seen][:SHOWN]
        if not hits:
            return turn.phrase("no_more" if seen else "nothing_fits") + self._because(turn)
        shown = [hit.recipe for hit in hits]
        self.offer(shown, text=text, seen=sorted(seen | {r.id for r in shown}))
        said = turn.phrase(
            "found_one" if len(hits) == 1 else "found",
            dishes=say_list([r.title for r in shown], language, either=language == "en"),
            first=wording.summary(shown[0], language),
        )
        said += self._missing(turn, hits[0], wish) + self._because(turn)
        return Reply(say=said, display=self._list(hits, language), listen=True)

    def _likely(self, wish: Wish) -> Wish:
        """A wish without anything particular is one for a meal."""
        particular = wish.courses or wish.foods or wish.kinds or wish.cuisine or wish.season
        return wish if particular else replace(wish, courses=frozenset({"main"}))

    def _rotated(self, hits: list[Hit]) -> list[Hit]:
        """Where nothing in particular was wanted: each day others, and not what was just cooked."""
        recent = [each["id"] for each in self.home.store.get("cooked", [])[-6:]]
        day = self.now().toordinal()
        order = {hit.recipe.id: (hash_of(f"{day}{hit.recipe.id}")) for hit in hits}
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

    def _because(self, turn: Turn) -> str:
        """That the household's allergies were minded, said each time they narrow a search."""
        mine = self.profile
        if not mine:
            return ""
        entries = sorted(mine.allergies | mine.dislikes | mine.diets)
        named = [say(entry, turn.language) for entry in entries]
        return turn.phrase("minded", what=say_list(named[:4], turn.language))

    def _told(self, turn: Turn, recipe: Recipe) -> Reply:
        said = turn.phrase(
            "about",
            dish=wording.summary(recipe, turn.language),
            people=wording.people(recipe.servings, turn.language),
        )
        return Reply(say=said, listen=True)

    def _list(self, hits: list[Hit], language: str) -> str:
        lines = []
        for hit in hits:
            portion = self.book(language).traits(hit.recipe).nutrition
            lines.append(f"- **{wording.summary(hit.recipe, language)}**, {portion.kcal:.0f} kcal")
        return "\n".join(lines)

    # -- nutrition ---------------------------------------------------------------------------------

    @intent("calories")
    async def calories(self, turn: Turn, **slots: Any) -> Answer:
        """What is in a food or in a portion of a dish."""
        heard = turn.route.text or turn.text
        hits = foods().inside(heard, turn.language)
        recipe = self.names(turn.language).inside(heard)
        if recipe is None and not hits:
            recipe = self.current(turn.language)
        whole = max((end - start for start, end, _ in hits), default=0)
        if recipe and len(recipe.title) > whole:
            self.offer([recipe])
            portion = self.book(turn.language).traits(recipe).nutrition
            return self._nutrition(turn, recipe.title, "portion", portion)
        if not hits:
            return turn.phrase("unknown_food")
        start, _, food = max(hits, key=lambda hit: hit[1] - hit[0])
        return self._nutrition(turn, *self._amount_of(turn, food, heard[:start]))

    def _amount_of(self, turn: Turn, food: Food, before: str) -> tuple[str, str, Nutrition]:
        """The food in the amount that was said, else one piece, else a hundred grams."""
        spoken = _spoken_amount(before, turn.language)
        if spoken:
            said = f"{amounts.said(spoken, turn.language)} {food.name(turn.language)}"
            return said, "amount", of_food(food, grams(spoken, food))
        if "piece" in food.each:
            return food.name(turn.language), "piece", of_food(food, food.each["piece"])
        return food.name(turn.language), "hundred", of_food(food, 100)

    def _nutrition(self, turn: Turn, what: str, key: str, found: Nutrition) -> Reply:
        said = turn.phrase(
            f"calories_{key}",
            what=what,
            kcal=say_number(round(found.kcal), turn.language),
            protein=_grams(found.protein, turn.language),
            carbs=_grams(found.carbs, turn.language),
            fat=_grams(found.fat, turn.language),
            grams=say_number(round(found.grams), turn.language),
        )
        return Reply(say=said)


def _grams(weight: float, language: str) -> str:
    return amounts.said(amounts.Amount(Fraction(round(weight)), "g"), language)


def hash_of(text: str) -> int:
    """A number from a text that is the same every day (Python's own hash is not)."""
    value = 0
    for char in text:
        value = (value * 131 + ord(char)) % 1_000_003
    return value


def _spoken_amount(before: str, language: str) -> amounts.Amount | None:
    """An amount at the end of what came before the food: "200 grams of", "两杯"."""
    text = amounts.tidy(before.strip().removesuffix(" of").strip())
    names = amounts.unit_names(language)
    unit = next((n for n in sorted(names, key=len, reverse=True) if text.endswith(n)), "")
    count = text.removesuffix(unit).strip() if unit else text
    found = values.find("number", count, language, wishes.ANY_DAY)
    if not found or found[-1].end != len(count) or (not unit and language == "zh"):
        return None
    value = Fraction(str(found[-1].value))
    if value <= 0 or (value == 1 and not unit):
        return None
    return amounts.Amount(
        value, names.get(unit, "piece"), unit if names.get(unit) == "piece" else ""
    )
