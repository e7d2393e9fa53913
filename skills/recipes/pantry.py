"""The shape of a recipe that a language model makes up: our foods, amounts one can believe.

A grammar lets the model choose, and nothing else: what was wished for is in it, what the household
does not eat is not, and no line names a food that the table does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import wording
from .amounts import data, units
from .diets import Profile, against
from .foods import Food, foods
from .wishes import Wish

MOST = 6
"""Foods of a wish that go into one dish."""

_COUNTED = (30.0, 400.0)
"""Grams of one vegetable or fruit that is counted rather than weighed."""

_SWEET = {"fruit", "sweet"}
_ADDED = "!"
"""Stands before a group of which one must be in the dish."""

RECIPE = r"""root ::= "{\"title\": " title ", \"serves\": 2, \"minutes\": " minutes ", \"ingredients\": [" items "], \"steps\": [" steps "]}"
minutes ::= [1-6] [05]
steps ::= step ", " step ", " step (", " step)? (", " step)?
"""  # noqa: E501


def pantry() -> Mapping[str, Any]:
    """`data/pantry.yaml`."""
    found: Mapping[str, Any] = data("pantry")
    return found


def eaten(wish: Wish, profile: Profile) -> list[Food]:
    """The foods of a wish that the household eats."""
    return [food for food in wish.foods if not against(food, profile, foods())][:MOST]


def grammar(wish: Wish, profile: Profile, language: str) -> str:
    """The recipes that fit a wish, in GBNF."""
    table = pantry()
    wished = eaten(wish, profile)
    items = [_one_of([food], language) for food in wished]
    mains, *groups = table["sweet" if _is_sweet(wish) else "savoury"][language]
    for group in groups if wished else [mains, *groups]:
        among = [foods().by_id[each] for each in group if each != _ADDED]
        free = [food for food in among if _may(food, wish, profile)]
        if free:
            optional = _ADDED not in group and bool(items)
            items.append(f"({_one_of(free, language)})" + ("?" if optional else ""))
    rules = {"title": table["title"][language], "step": table["steps"][language]}
    lines = [f"{name} ::= {rule}" for name, rule in rules.items()]
    return RECIPE + "\n".join([*lines, f"items ::= {_joined(items)}"]) + "\n"


def _is_sweet(wish: Wish) -> bool:
    """Whether sugar rather than salt belongs in it."""
    if wish.courses & {"dessert", "baking"}:
        return True
    kinds = {food.kind for food in wish.foods}
    return bool(kinds & _SWEET) and kinds <= {*_SWEET, "dairy", "grain", "nut", "egg"}


def _may(food: Food, wish: Wish, profile: Profile) -> bool:
    refused = food in wish.without or food.kind in wish.no_kinds
    diets = Profile(diets=wish.diets)
    return not (
        refused
        or food in wish.foods
        or against(food, profile, foods())
        or against(food, diets, foods())
    )


def _one_of(among: Iterable[Food], language: str) -> str:
    return " | ".join(f'"\\"{line}\\""' for food in among for line in lines_of(food, language))


def _joined(items: Sequence[str]) -> str:
    """The items with commas between; the first is always there."""
    first, *rest = items
    parts = [f"({first})"]
    for item in rest:
        optional = item.endswith("?")
        parts.append(f'(", " {item[:-1]})?' if optional else f'", " ({item})')
    return " ".join(parts)


def lines_of(food: Food, language: str) -> list[str]:
    """The lines of an ingredient list that may stand for a food."""
    table = pantry()
    piece = food.each.get("piece", 0.0)
    counted = food.kind in {"vegetable", "fruit"} and _COUNTED[0] <= piece <= _COUNTED[1]
    kind = table["pieces"] if counted else table["amounts"][food.kind]
    return [_line(food, amount, language) for amount in table["own"].get(food.id, kind)]


def _line(food: Food, amount: str, language: str) -> str:
    number, _, unit = amount.partition(" ")
    name = food.name(language)
    if language == "zh":
        known = units()[unit].names.get("zh") if unit else None
        return f"{name} {number}{known[0] if known else pantry()['measures'].get(food.id, '个')}"
    many = number not in {"1", "1/2", "1/4"}
    if not unit:
        return f"{number} {wording.plural(name) if many else name}"
    forms = units()[unit].names["en"]
    return f"{number} {forms[-1] if many and unit in {'clove', 'slice'} else forms[0]} {name}"
