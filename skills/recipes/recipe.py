"""A recipe: what goes in, what is done with it, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from .amounts import Amount
from .foods import Food, grams
from .scaling import scaled


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One line of the list."""

    item: str
    """As the writer calls it: "ripe tomatoes"."""
    amount: Amount
    food: Food | None
    """The row of the food table; None when the table does not know it."""
    prep: str = ""
    optional: bool = False

    @property
    def grams(self) -> float:
        """Its weight; of an unknown food, as if it were water."""
        if self.food:
            return grams(self.amount, self.food)
        return self.amount.grams or self.amount.ml or 0.0

    def times(self, factor: Fraction) -> Amount:
        """Its amount for `factor` times the servings."""
        whole = bool(self.food and self.food.whole)
        return scaled(self.amount, factor, whole=whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    text: str
    """What to do, in words, with durations and temperatures written out."""
    sign: str = ""
    """How one sees that it is done."""
    uses: tuple[int, ...] = ()
    """Which ingredients of the recipe it uses, by place."""
    time: timedelta | None = None
    """How long it cooks or rests, where the step says so."""
    oven: int | None = None
    """Oven temperature, °C."""
    core: int | None = None
    """Temperature in the middle of the food when done, °C."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One dish."""

    id: str
    """The name of its file."""
    language: str
    title: str
    aliases: tuple[str, ...] = ()
    servings: int
    prep: int
    """Minutes of work."""
    cook: int
    """Minutes on the stove, in the oven, resting."""
    difficulty: str = "easy"
    courses: tuple[str, ...] = ("main",)
    cuisine: str = ""
    seasons: tuple[str, ...] = ()
    """Empty: all year."""
    ingredients: tuple[Ingredient, ...]
    steps: tuple[Step, ...]
    contains: frozenset[str] = frozenset()
    """Allergens the writer adds to those of the ingredients."""
    safety: str = ""
    swaps: str = ""
    storage: str = ""
    about: str = ""
    source: str = "ours"
    """ours, yours (the household's own), wikibooks (an installed collection) or invented."""
    foods: frozenset[Food] = field(default_factory=frozenset)
    """The foods in it; kept for searching."""

    @property
    def minutes(self) -> int:
        """From the first cut to the table."""
        return self.prep + self.cook

    @property
    def unknown(self) -> list[str]:
        """Ingredients the food table does not know: nobody can vouch for them."""
        return [i.item for i in self.ingredients if i.food is None]
