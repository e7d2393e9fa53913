"""Finding recipes: by name, even misheard, and by what is wanted or in the house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from .book import Book
from .diets import Profile, objections
from .foods import Food, foods
from .recipe import Recipe
from .wishes import Wish

SURE = 86.0
"""Likeness (0 to 100) from which a name is taken as said."""

MAYBE = 68.0
"""Likeness from which it is worth asking "did you mean"."""

MONTHS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring",
          6: "summer", 7: "summer", 8: "summer"}  # fmt: skip
"""Seasons of the northern half; `season_of` turns them for the southern."""

_OPPOSITE = {"winter": "summer", "summer": "winter", "spring": "autumn", "autumn": "spring"}


def season_of(month: int, latitude: float | None = None) -> str:
    """The season of a month where the household lives."""
    season = MONTHS.get(month, "autumn")
    return _OPPOSITE[season] if latitude is not None and latitude < 0 else season


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A recipe that fits."""

    recipe: Recipe
    score: float
    missing: tuple[Food, ...] = ()
    """What else one needs, staples apart, when it was asked by what is in the house."""


@cache
def _sound(text: str, language: str) -> str:
    """A text as it sounds: pinyin without tones, or letters that are heard alike made the same."""
    if language == "zh":
        return " ".join(lazy_pinyin(text))
    text = re.sub(r"[^a-z ]", "", text.lower())
    for said, heard in (
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("q", "k"),
        ("z", "s"),
        ("sh", "s"),
        ("y", "i"),
    ):
        text = text.replace(said, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]+", "a", text.replace(" ", "")))


class Names:
    """The titles and other names of a book, to be found by ear."""

    def __init__(self, book: Book, language: str) -> None:
        self.language = language
        self._names = [(n.lower(), r) for r in book.recipes for n in (r.title, *r.aliases)]
        self._texts = [name for name, _ in self._names]
        self._sounds = [_sound(name, language) for name in self._texts]
        self._exact = dict(reversed(self._names))

    def find(self, said: str, limit: int = 5) -> list[tuple[Recipe, float]]:
        """Recipes whose name is like what was said, the likest first."""
        said = said.lower().strip()
        if recipe := self._exact.get(said):
            return [(recipe, 100.0)]
        best: dict[str, tuple[Recipe, float]] = {}
        for heard, known in ((said, self._texts), (_sound(said, self.language), self._sounds)):
            for _, score, place in process.extract(heard, known, scorer=fuzz.ratio, limit=limit):
                self._note(best, place, score)
        if self.language == "en":
            for _, score, place in process.extract(
                said, self._texts, scorer=fuzz.token_set_ratio, limit=limit
            ):
                self._note(best, place, score * 0.9)
        return sorted(best.values(), key=lambda hit: -hit[1])[:limit]

    def _note(self, best: dict[str, tuple[Recipe, float]], place: int, score: float) -> None:
        recipe = self._names[place][1]
        if score > best.get(recipe.id, (recipe, 0.0))[1]:
            best[recipe.id] = (recipe, score)

    def inside(self, text: str) -> Recipe | None:
        """The recipe named somewhere in a text: the longest name wins."""
        text = text.lower()
        found = [n for n in self._texts if len(n) > 2 and n in text]
        return self._exact[max(found, key=len)] if found else None


def fitting(
    book: Book, wish: Wish, profile: Profile, *, season: str = "", limit: int = 10
) -> list[Hit]:
    """Recipes that fit a wish and the household, best first."""
    hits = []
    for recipe in book.recipes:
        if not _meets(book, recipe, wish, season):
            continue
        score, missing = _rank(recipe, wish, season)
        if score is not None and not objections(recipe, profile, foods()):
            hits.append(Hit(recipe=recipe, score=score, missing=missing))
    hits.sort(key=lambda hit: (-hit.score, hit.recipe.minutes, hit.recipe.id))
    return hits[:limit]


def _meets(book: Book, recipe: Recipe, wish: Wish, season: str) -> bool:
    traits = book.traits(recipe)
    wanted = season if wish.season == "now" else wish.season
    table = foods()
    return (
        wish.diets <= traits.diets
        and (wish.minutes is None or recipe.minutes <= wish.minutes)
        and (not wish.courses or bool(wish.courses.intersection(recipe.courses)))
        and (not wish.cuisine or recipe.cuisine in wish.cuisine)
        and (not wanted or not recipe.seasons or wanted in recipe.seasons)
        and (not wish.healthy or traits.healthy)
        and (not wish.easy or recipe.difficulty == "easy")
        and not any(table.within(f, no) for no in wish.without for f in recipe.foods)
        and not any(f.kind in wish.no_kinds for f in recipe.foods)
    )


def _rank(recipe: Recipe, wish: Wish, season: str) -> tuple[float | None, tuple[Food, ...]]:
    """How well the ingredients answer the wish; None where nothing wanted is in it.

    What was named and is in it counts most; what is missing counts against it; a dish of this
    season comes before one of any.
    """
    fresh = 0.3 if season and season in recipe.seasons else 0.0
    if not wish.foods and not wish.kinds:
        return fresh, ()
    table = foods()
    has = [f for f in wish.foods if any(table.within(each, f) for each in recipe.foods)]
    kinds = [k for k in wish.kinds if any(each.kind == k for each in recipe.foods)]
    if not has and not kinds:
        return None, ()
    needed = {i.food for i in recipe.ingredients if i.food and not i.optional and not i.food.staple}
    missing = tuple(
        f for f in needed
        if f.kind not in {"spice", "oil"} and not any(table.within(f, w) for w in wish.foods)
    )  # fmt: skip
    asked = len(wish.foods) + len(wish.kinds)
    named = sum(_in_title(recipe, f) for f in has)
    share = (len(has) + len(kinds)) / asked
    return 10 * share + named / asked - 0.35 * min(len(missing), 12) + fresh, missing


def _in_title(recipe: Recipe, food: Food) -> bool:
    return any(name in recipe.title.lower() for name in food.names[recipe.language])
