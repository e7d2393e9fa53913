"""From recipes to a shopping list: the same food in several dishes is bought once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from . import amounts
from .amounts import Amount
from .cooking import Dish
from .foods import grams
from .recipe import Ingredient
from .scaling import scaled


class Lists(Protocol):
    """The household's lists, as the everyday skill keeps them."""

    def add(self, items: Sequence[str], list_name: str) -> Callable[[], None]:
        """Put items on a list; what is returned takes that back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing to buy."""

    key: str
    item: str
    amount: Amount

    def text(self, language: str) -> str:
        """As it stands on the list."""
        amount = amounts.written(self.amount, language) if self.amount.number else ""
        return (
            f"{self.item} {amount}".strip() if language == "zh" else f"{amount} {self.item}".strip()
        )


def needs(dishes: Iterable[Dish], language: str) -> list[Need]:
    """What several dishes need together, staples left out."""
    found: dict[str, Need] = {}
    for dish in dishes:
        for each in dish.recipe.ingredients:
            if each.food and each.food.staple:
                continue
            need = _need(each, dish.amount(each), language)
            known = found.get(need.key)
            found[need.key] = together(known, need) if known else need
    return list(found.values())


def _need(each: Ingredient, amount: Amount, language: str) -> Need:
    """Spoons and cups of something are bought by weight; pieces by the piece."""
    name = each.food.name(language) if each.food else each.item
    measured = amounts.units()[amount.unit].ml is not None
    liquid = each.food is not None and each.food.kind in {"drink", "sauce", "oil"}
    if each.food and measured and amount.number and not liquid:
        amount = Amount(Fraction(max(1, round(grams(amount, each.food)))), "g")
    elif measured and amount.ml:
        amount = Amount(Fraction(max(1, round(amount.ml))), "ml")
    elif amount.grams:
        amount = Amount(Fraction(max(1, round(amount.grams))), "g")
    if amount.unit == "piece":
        name = each.item
    return Need(
        key=f"{each.food.id if each.food else each.item}|{amount.unit}", item=name, amount=amount
    )


def together(one: Need, other: Need) -> Need:
    """Two needs of the same thing."""
    if one.amount.number is None or other.amount.number is None:
        return one if one.amount.number is not None else other
    total = Amount(one.amount.number + other.amount.number, one.amount.unit, one.amount.measure)
    rounded = scaled(replace(total, number=Fraction(1)), total.number or Fraction(1))
    return replace(one, amount=total if total.unit == "piece" else rounded)
