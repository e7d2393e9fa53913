"""Finding recipes: by name, even misheard, and by what is wanted or in the house."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from voice_assistant.sounds import syllables

from .book import Book
from .diets import Profile, Traits, bars
from .foods import Food, foods
from .recipe import Recipe
from .wishes import Wish, read

SURE = 86.0
"""Likeness (0 to 100) from which a name is taken as said."""

MAYBE = 68.0
"""Likeness from which it is worth asking "did you mean"."""

FAR = 4.0
"""A dish this much worse than the best is not named beside it (a wanted food less is 5 of two)."""

_LEAST_SOUND = 6
"""Characters of sound below which a name is found in anything."""

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
        return " ".join(syllables(text))
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


def spoken_names(book: Book, language: str) -> list[tuple[Recipe, str]]:
    """Every name of every recipe; in English also the end of a title that only one dish has:
    "focaccia" for the rosemary focaccia, "tagine" for the chicken tagine with apricots."""
    names = [(r, name) for r in book.recipes for name in (r.title, *r.aliases)]
    if language != "en":
        return names
    taken = {name.lower() for _, name in names}
    ends = [(r, end) for r in book.recipes for end in _ends(r.title)]
    count = Counter(end for _, end in ends)
    return names + [(r, end) for r, end in ends if count[end] == 1 and end not in taken]


def _ends(title: str) -> list[str]:
    """The ends of a title that may stand for it; a plain food does not."""
    words = re.split(r" (?:with|in|without) ", title.lower())[0].split()
    ends = [" ".join(words[start:]) for start in range(len(words))]
    return [end for end in dict.fromkeys(ends) if not read(end, "en")]


class Names:
    """The titles and other names of a book, to be found by ear."""

    def __init__(self, book: Book, language: str) -> None:
        self.language = language
        self._names = [(name.lower(), r) for r, name in spoken_names(book, language)]
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
        named = read(said, self.language).foods
        fitting = [hit for hit in best.values() if has_any(hit[0], named)]
        return sorted(fitting, key=lambda hit: -hit[1])[:limit]

    def _note(self, best: dict[str, tuple[Recipe, float]], place: int, score: float) -> None:
        recipe = self._names[place][1]
        if score > best.get(recipe.id, (recipe, 0.0))[1]:
            best[recipe.id] = (recipe, score)

    def is_vague(self, said: str) -> bool:
        """Whether a word is in the names of several dishes and is the name of none: "bread"."""
        said = said.lower().strip()
        if said in self._exact:
            return False
        words = rf"\b{re.escape(said)}\b" if self.language == "en" else re.escape(said)
        return len({r.id for name, r in self._names if re.search(words, name)}) > 1

    def sounding(self, text: str) -> Recipe | None:
        """The recipe whose name sounds like a part of a text: "make pan cakes"."""
        heard = _sound(text.lower(), self.language)
        known = [(sound, name) for sound, name in zip(self._sounds, self._texts, strict=True)]
        found = [
            (len(sound), name)
            for sound, name in known
            if len(sound) >= _LEAST_SOUND and sound in heard
        ]
        return self._exact[max(found)[1]] if found else None

    def inside(self, text: str) -> Recipe | None:
        """The recipe named somewhere in a text: the longest name wins."""
        text = text.lower()
        least = 2 if self.language == "zh" else 3
        found = [n for n in self._texts if len(n) >= least and n in text]
        return self._exact[max(found, key=len)] if found else None


def has_any(recipe: Recipe, named: Iterable[Food]) -> bool:
    """Whether one of the foods that a name speaks of is in a dish; so it is when there are none.
    Who asks for a tomato soup is not asked whether they mean the miso soup."""
    table, asked = foods(), list(named)
    return not asked or any(table.among(food, asked) for food in recipe.foods)


def has_kind(recipe: Recipe, kinds: frozenset[str]) -> bool:
    """Whether a food of such a kind is in a dish: fish, and not the fish sauce in the kimchi."""
    return any(food.kind in kinds for food in recipe.foods)


def fitting(
    book: Book, wish: Wish, profile: Profile, *, season: str = "", limit: int = 10
) -> list[Hit]:
    """Recipes that fit a wish and the household, best first."""
    wanted = frozenset(food.id for food in wish.foods) | wish.kinds
    unwanted = frozenset(food.id for food in wish.without) | wish.no_kinds
    found = []
    for recipe, known in book.known():
        if wanted and wanted.isdisjoint(known.terms) and wanted.isdisjoint(known.title):
            continue
        if not unwanted.isdisjoint(known.terms) or bars(recipe, known, profile):
            continue
        if _meets(recipe, known, wish, season):
            score = _score(recipe, known, wanted, wish, season)
            found.append((-score, recipe.minutes, recipe.id, recipe, known))
    best = heapq.nsmallest(limit, found, key=lambda each: each[:3])
    return [
        Hit(recipe=recipe, score=-minus, missing=_missing(known, wanted))
        for minus, _, _, recipe, known in best
        if not wanted or minus < best[0][0] + FAR
    ]


def _meets(recipe: Recipe, traits: Traits, wish: Wish, season: str) -> bool:
    wanted = season if wish.season == "now" else wish.season
    return (
        wish.diets <= traits.diets
        and (wish.minutes is None or recipe.minutes <= wish.minutes)
        and (not wish.courses or bool(wish.courses.intersection(recipe.courses)))
        and (not wish.cuisine or recipe.cuisine in wish.cuisine)
        and (not wanted or not recipe.seasons or wanted in recipe.seasons)
        and wish.characters <= traits.characters
        and (not wish.kinds or bool(wish.foods) or has_kind(recipe, wish.kinds))
        and (not wish.types or not wish.types.isdisjoint(traits.types))
        and (not wish.healthy or traits.healthy)
        and (not wish.easy or recipe.difficulty == "easy")
    )


def _score(recipe: Recipe, known: Traits, wanted: frozenset[str], wish: Wish, season: str) -> float:
    """How well a dish answers a wish.

    What was named and is in it counts most; what is missing counts against it; a dish of this
    season comes before one of any, and nobody who names onions means a cake.
    """
    wished = season if wish.season == "now" else wish.season
    score = 2.0 if wished in recipe.seasons else 0.3 if season in recipe.seasons else 0.0
    if known.healthy and (wish.diets & _CARE or wish.characters & {"light", "expecting"}):
        score += 1.0
    if not wish.courses and not wish.types and _MEALS.isdisjoint(recipe.courses):
        score -= 3.0
    if not wanted:
        return score
    missing = sum(terms.isdisjoint(wanted) for _, terms in known.needed)
    share = len(wanted & known.terms) / len(wanted)
    named = len(wanted & known.title) / len(wanted)
    return score + 10 * share + named - 0.35 * min(missing, 12)


def _missing(known: Traits, wanted: frozenset[str]) -> tuple[Food, ...]:
    return tuple(food for food, terms in known.needed if terms.isdisjoint(wanted))


_CARE = frozenset({"diabetic-friendly", "low-salt"})
"""Diets of people who should eat well in other ways, too."""

_MEALS = frozenset({"main", "breakfast", "starter", "soup", "salad", "side"})
