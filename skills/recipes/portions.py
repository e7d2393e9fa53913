"""How much so many people eat of a food: `data/portions.yaml`, or the dish that was named."""

from __future__ import annotations

from voice_assistant.speaking import say_number

from .amounts import data
from .foods import Food, foods


def portion(food: Food | None, kind: str) -> tuple[str, float, float] | None:
    """How much one person eats: unit (`g`, or `each` for pieces), from, to. By the food, by what
    it is a kind of, by its kind at large."""
    keys = [each.id for each in foods().lineage(food)] if food else []
    for key in [*keys, food.kind if food else kind]:
        if told := data("portions").get(key):
            unit = "each" if isinstance(told, dict) else "g"
            low, high = told["each"] if isinstance(told, dict) else told
            return unit, float(low), float(high)
    return None


def between(low: float, high: float, language: str) -> str:
    """ "320 to 400", both rounded as one weighs."""
    low, high = (_rounded(number) for number in (low, high))
    if low == high:
        return say_number(low, language)
    joint = " to " if language == "en" else "到"
    return f"{say_number(low, language)}{joint}{say_number(high, language)}"


def _rounded(number: float) -> int:
    step = 50 if number > 500 else 10 if number > 30 else 1
    return round(number / step) * step
