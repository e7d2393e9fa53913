"""What to use when something is missing: ratios, and what changes.

`data/swaps.csv`: food | use | where | en | zh. `use` says, for one measure of the food, how much
of what else: "0.75 milk + 0.25 butter"; with a unit it is per piece: "60ml apple sauce".
`where` is empty for what works everywhere, else `baking` or `cooking`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from . import amounts, lexis
from .amounts import DATA, Amount
from .diets import Profile, against
from .foods import Food, foods, grams
from .recipe import Recipe
from .scaling import scaled

_PART = re.compile(r"([\d.]+)(ml|g)? (.+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to use instead."""

    food: Food
    ratio: Fraction
    unit: str
    """ml or g for each piece; empty: so many times the measure that is replaced."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One way to do without a food."""

    food: Food
    parts: tuple[Part, ...]
    where: str
    changes: dict[str, str]
    """What will be different, by language."""

    def uses(self, food: Food) -> bool:
        """Whether a food, or a kind of it, is one of those to take."""
        return any(foods().within(part.food, food) for part in self.parts)


@cache
def swaps() -> tuple[Swap, ...]:
    """The whole table."""
    with (DATA / "swaps.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_swap(row) for row in csv.DictReader(file, delimiter="|"))


def _swap(row: dict[str, str]) -> Swap:
    table = foods().by_id
    parts = []
    for text in row["use"].split(" + "):
        match = _PART.fullmatch(text)
        if match is None or match[3] not in table:
            raise ValueError(f"swaps.csv: {row['food']}: '{text}'")
        parts.append(Part(table[match[3]], Fraction(match[1]), match[2] or ""))
    return Swap(table[row["food"]], tuple(parts), row["where"], {"en": row["en"], "zh": row["zh"]})


def baked(recipe: Recipe) -> bool:
    """Whether a dish is a dough or batter, where eggs and butter have other work to do."""
    flour = sum(i.grams for i in recipe.ingredients if i.food and "flour" in i.food.id)
    return "baking" in recipe.courses or flour / recipe.servings >= 25


def instead(
    food: Food,
    profile: Profile,
    asked: Collection[Food] = (),
    *,
    baking: bool | None = None,
) -> list[Swap]:
    """What this household may use instead of a food: for it itself, else for what it is a kind of;
    before both where one of the foods `asked` about is used.

    `baking`: whether it is for a dough; None: not known.
    """
    unfit = {True: "cooking", False: "baking", None: ""}[baking]
    table, nearest = foods(), list[Swap]()
    for each in table.lineage(food):
        fitting = [
            swap
            for swap in swaps()
            if swap.food is each
            and (not unfit or swap.where != unfit)
            and not any(against(part.food, profile, table) for part in swap.parts)
            and not any(part.food is food for part in swap.parts)
        ]
        if any(swap.uses(wished) for swap in fitting for wished in asked):
            return fitting
        nearest = nearest or fitting
    return nearest


def replaced(heard: str, language: str) -> str:
    """Of two foods in a question the one to be replaced: "honey instead of sugar" -> sugar. Empty
    where only one is named, or the order tells nothing."""
    hits = foods().inside(heard, language)
    after = rf"(?:{lexis.listed('replaced', language).pattern})(?: (?:the|a|an|any|some|my))?$"
    for start, end, _ in hits if len(hits) > 1 else ():
        if re.search(after, heard[:start].rstrip()):
            return heard[start:end]
    return ""


def preferred(found: list[Swap], asked: Collection[Food]) -> list[Swap]:
    """The ways to do without a food, first that with what was asked about: "honey for the sugar"."""
    return sorted(found, key=lambda swap: not any(map(swap.uses, asked)))


def measured(part: Part, replaced: Amount, food: Food) -> Amount:
    """How much of a part stands for an amount of what is replaced."""
    if replaced.number is None:
        return replaced
    if part.unit:
        pieces = Fraction(round(grams(replaced, food) / food.each.get("piece", 50.0)) or 1)
        return scaled(Amount(part.ratio * pieces, part.unit), Fraction(1, 1))
    if amounts.units()[replaced.unit].counts:
        weight = Fraction(round(grams(replaced, food))) * part.ratio
        return scaled(Amount(Fraction(1), "g"), max(weight, Fraction(1)))
    return scaled(replaced, part.ratio)
