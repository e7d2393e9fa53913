"""Cups to grams and back, by the density of the food."""

from __future__ import annotations

import re
from fractions import Fraction

from voice_assistant import values

from . import amounts
from .amounts import Amount
from .foods import Food, grams
from .wishes import ANY_DAY

_LEAST_CUP = 50.0
"""Millilitres from which one reaches for a cup."""


def into(amount: Amount, food: Food, system: str) -> Amount:
    """An amount in cups and spoons, or in grams; unchanged where that makes no sense."""
    if amount.number is None or amounts.units()[amount.unit].counts:
        return amount
    if system == "metric":
        if amount.unit in {"tsp", "tbsp", "pinch", "ml", "l"} or food.density is None:
            return amount
        return _rounded(Amount(Fraction(round(grams(amount, food))), "g"))
    if food.density is None or (amount.ml is not None and amount.unit not in {"ml", "l"}):
        return amount
    ml = amount.ml or grams(amount, food) / food.density
    size = 240 if ml >= _LEAST_CUP else 15
    return (
        amounts.scaled(Amount(Fraction(1), "cup"), Fraction(round(ml), 240))
        if size == 240
        else (amounts.scaled(Amount(Fraction(1), "tbsp"), Fraction(max(round(ml), 1), 15)))
    )


def _rounded(amount: Amount) -> Amount:
    return amounts.scaled(Amount(Fraction(1), "g"), amount.number or Fraction(1))


def converted(heard: str, food: Food, language: str) -> dict[str, str] | None:
    """What "how many grams is a cup of flour" comes to, in words."""
    names = amounts.unit_names(language)
    said = _units(heard, names, language)
    if not said:
        return None
    count = _count(heard, language)
    weighs = [u for u in said if amounts.units()[u].grams]
    measures = [u for u in said if amounts.units()[u].ml]
    if not measures or food.density is None:
        return None
    given = (
        measures[0] if not weighs or _first(heard, measures[0], weighs[0], language) else weighs[0]
    )
    amount = Amount(count, given)
    result = into(amount, food, "metric" if given in measures else "cups")
    if result.unit == given and given in measures:
        result = _rounded(Amount(Fraction(round(grams(amount, food))), "g"))
    return {
        "amount": amounts.said(amount, language),
        "food": food.name(language),
        "result": amounts.said(result, language),
    }


_TWO = re.compile(r"两(?=[杯汤茶大小勺克公斤毫升两])")
"""The number two, where it is no ounce."""


def _units(heard: str, names: dict[str, str], language: str) -> list[str]:
    wanted = sorted((n for n in names if names[n] != "piece"), key=len, reverse=True)
    pattern = "|".join(map(re.escape, wanted))
    text = pattern if language == "zh" else rf"\b(?:{pattern})\b"
    return [names[m[0]] for m in re.finditer(text, _TWO.sub("二", heard))]


def _count(heard: str, language: str) -> Fraction:
    found = values.find("number", heard, language, ANY_DAY)
    numbers = [f.value for f in found if isinstance(f.value, int | float | Fraction)]
    return Fraction(str(numbers[-1])) if numbers and numbers[-1] > 0 else Fraction(1)


def _first(heard: str, measure: str, weight: str, language: str) -> bool:
    """Whether the cup is what is given, as in "how many grams is a cup"."""
    places = {
        unit: max(heard.find(n) for n in amounts.units()[unit].names.get(language, ("",)))
        for unit in (measure, weight)
    }
    return (
        places[measure] > places[weight] if language == "en" else places[measure] < places[weight]
    )
