"""The food table: what a food is, weighs, contains and is called.

`data/foods.csv`: nutrition per 100 g raw (energy kcal, protein, fat, carbohydrate and fibre in g,
sodium in mg) from USDA FoodData Central, rounded; Chinese foods that it lacks after the China Food
Composition Tables; `density` in grams a millilitre as it is spooned or poured; `each` the grams
of one piece, slice, head and so on; `flags` allergens and other properties (ALLERGENS, `staple`,
`sugar` for added sugars, `hot` for what burns the tongue, `flesh` and `animal` for what vegetarians
and vegans leave out, `mince`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .amounts import DATA, Amount, units

ALLERGENS = (
    "gluten", "milk", "egg", "fish", "crustacean", "mollusc", "peanut", "nut", "soy", "sesame",
    "celery", "mustard", "sulphite",
)  # fmt: skip
"""The allergens of EU Regulation 1169/2011, Annex II, that the cookbook's foods contain."""

FLESH = frozenset({"meat", "poultry", "fish", "seafood"})

TO_TASTE = {"spice": 1.0, "oil": 8.0, "herb": 3.0, "vegetable": 10.0}
"""Grams a recipe's "some" stands for, by kind of food."""


@dataclass(frozen=True, slots=True, eq=False)
class Food:
    """One row of the table."""

    id: str
    names: dict[str, tuple[str, ...]]
    kind: str
    parent: str
    """The more general food it is a kind of: cheddar -> cheese. Empty for none."""
    kcal: float
    protein: float
    fat: float
    carbs: float
    fibre: float
    sodium: float
    """Milligrams; the others are grams, all in 100 g."""
    density: float | None
    each: dict[str, float]
    flags: frozenset[str]

    @property
    def allergens(self) -> frozenset[str]:
        """What in it people may be allergic to."""
        return self.flags & frozenset(ALLERGENS)

    @property
    def staple(self) -> bool:
        """Whether every kitchen has it."""
        return "staple" in self.flags

    @property
    def whole(self) -> bool:
        """Whether it cannot be halved."""
        return self.kind == "egg"

    def name(self, language: str) -> str:
        """What it is called first."""
        return self.names[language][0]


class Foods:
    """The table, to be asked by name."""

    def __init__(self, rows: list[Food]) -> None:
        self.by_id = {food.id: food for food in rows}
        self._named: dict[str, dict[str, Food]] = {
            language: {name: food for food in reversed(rows) for name in food.names[language]}
            for language in ("en", "zh")
        }
        self._longest = max(len(name) for name in self._named["zh"])
        self.terms = {food.id: self._terms(food) for food in rows}
        """What each food can be asked or barred by: ids of its lineage, its kind, its flags."""

    def named(self, text: str, language: str) -> Food | None:
        """The food that `text` names or, in English, ends with: "ripe red onions"."""
        found = self.inside(text, language)
        return max(found, key=lambda hit: (hit[1] - hit[0], hit[1]))[2] if found else None

    def exactly(self, text: str, language: str) -> Food | None:
        """The food with just this name, in the singular or the plural."""
        named = self._named[language]
        if language == "zh":
            return named.get(text.strip())
        return next((named[form] for form in _forms(text.lower().strip()) if form in named), None)

    def inside(self, text: str, language: str) -> list[tuple[int, int, Food]]:
        """Every food named in a text: start, end, food; the longest name wins at each place."""
        return self._inside_zh(text) if language == "zh" else self._inside_en(text)

    def _inside_zh(self, text: str) -> list[tuple[int, int, Food]]:
        found, at = [], 0
        while at < len(text):
            for length in range(min(self._longest, len(text) - at), 0, -1):
                if food := self._named["zh"].get(text[at : at + length]):
                    found.append((at, at + length, food))
                    at += length - 1
                    break
            at += 1
        return found

    def _inside_en(self, text: str) -> list[tuple[int, int, Food]]:
        words = list(re.finditer(r"[\w'’-]+", text.lower()))
        found, at = [], 0
        while at < len(words):
            for count in range(min(4, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + count - 1].end()
                if food := self.exactly(text.lower()[start:end], "en"):
                    found.append((start, end, food))
                    at += count - 1
                    break
            at += 1
        return found

    def lineage(self, food: Food) -> list[Food]:
        """The food and what it is a kind of, upwards."""
        line = [food]
        while line[-1].parent and (parent := self.by_id[line[-1].parent]) not in line:
            line.append(parent)
        return line

    def _terms(self, food: Food) -> frozenset[str]:
        return frozenset({each.id for each in self.lineage(food)} | {food.kind} | food.flags)

    def within(self, food: Food, family: Food) -> bool:
        """Whether `food` is `family` or a kind of it."""
        return family in self.lineage(food)

    def among(self, food: Food, others: Iterable[Food]) -> bool:
        """Whether `food` is one of these, a kind of one, or one of them a kind of it."""
        return any(self.within(food, each) or self.within(each, food) for each in others)


def _forms(text: str) -> list[str]:
    """A name as it was said, in the singular, and in the plural: "lentil" is known as lentils."""
    forms = [text] if text.endswith("s") else [text, f"{text}s"]
    for plural, singular in (("ies", "y"), ("ves", "f"), ("oes", "o"), ("es", ""), ("s", "")):
        if text.endswith(plural) and len(text) > len(plural) + 2:
            forms.append(text[: -len(plural)] + singular)
    return forms


@cache
def foods() -> Foods:
    """The food table."""
    with (DATA / "foods.csv").open(encoding="utf-8", newline="") as file:
        return Foods([_food(row) for row in csv.DictReader(file)])


def _food(row: dict[str, str]) -> Food:
    names = {language: tuple(row[language].split("/")) for language in ("en", "zh")}
    each = {}
    for part in row["each"].split():
        unit, _, grams = part.rpartition("=")
        each[unit or "piece"] = float(grams)
    return Food(
        id=names["en"][0],
        names=names,
        kind=row["kind"],
        parent=row["of"],
        kcal=float(row["kcal"]),
        protein=float(row["protein"]),
        fat=float(row["fat"]),
        carbs=float(row["carbs"]),
        fibre=float(row["fibre"]),
        sodium=float(row["sodium"]),
        density=float(row["density"]) if row["density"] else None,
        each=each,
        flags=frozenset(row["flags"].split()),
    )


def grams(amount: Amount, food: Food) -> float:
    """What an amount of a food weighs, in grams."""
    if amount.number is None:
        return TO_TASTE.get(food.kind, 5.0)
    if amount.grams is not None:
        return amount.grams
    if amount.ml is not None:
        return amount.ml * (food.density or 1.0)
    each = food.each.get(amount.unit)
    if each is None and amount.unit in {"clove", "stalk", "knob", "ball", "block"}:
        each = food.each.get("piece")
    if each is None:
        each = units()[amount.unit].typical or food.each.get("piece") or 100.0
    return float(amount.number) * each
