"""Cups to grams and back, by the density of the food."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from voice_assistant import values

from . import amounts
from .amounts import Amount
from .foods import Food, grams
from .scaling import scaled
from .wishes import ANY_DAY

_LEAST_CUP = 50.0
"""Millilitres from which one reaches for a cup."""


def into(amount: Amount, food: Food, system: str) -> Amount:
    """An amount in cups and spoons, or in grams; unchanged where that makes no sense."""
    if amount.number is None or amounts.units()[amount.unit].counts:
        return amount
    if system == "metric":
        if amount.unit not in {"cup", "oz", "lb", "floz", "pint"} or food.density is None:
            return amount
        return _rounded(Amount(Fraction(round(grams(amount, food))), "g"))
    if food.density is None or (amount.ml is not None and amount.unit not in {"ml", "l"}):
        return amount
    ml = amount.ml or grams(amount, food) / food.density
    size = 240 if ml >= _LEAST_CUP else 15
    return (
        scaled(Amount(Fraction(1), "cup"), Fraction(round(ml), 240))
        if size == 240
        else (scaled(Amount(Fraction(1), "tbsp"), Fraction(max(round(ml), 1), 15)))
    )


def _rounded(amount: Amount) -> Amount:
    return scaled(Amount(Fraction(1), "g"), amount.number or Fraction(1))


def converted(heard: str, food: Food, language: str) -> dict[str, str] | None:
    """What "how many grams is a cup of flour" comes to, in words."""
    names = amounts.unit_names(language)
    said = _units(heard, names, language)
    if not said:
        return None
    measures = [unit for _, unit in said if amounts.units()[unit].ml]
    given, count = _given(heard, said, language)
    amount = Amount(count, given)
    if amounts.units()[given].counts or (amounts.units()[given].grams and given not in {"g", "kg"}):
        weight = _rounded(Amount(Fraction(round(grams(amount, food))), "g"))
        return _told(replace(amount, measure=_SAID.get(given, "")), food, weight, language)
    if not measures or food.density is None:
        return None
    result = into(amount, food, "metric" if given in measures else "cups")
    if result.unit == given and given in measures:
        result = _rounded(Amount(Fraction(round(grams(amount, food))), "g"))
    return _told(amount, food, result, language)


def _told(amount: Amount, food: Food, result: Amount, language: str) -> dict[str, str]:
    return {
        "amount": amounts.said(amount, language),
        "food": food.name(language),
        "result": amounts.said(result, language),
    }


_SAID = {"stalk": "stick"}
"""A stick of butter goes by the unit of a stick of celery."""

_TWO = re.compile(r"两(?=[杯汤茶大小勺克公斤毫升两])")
"""The number two, where it is no ounce."""


def _units(heard: str, names: dict[str, str], language: str) -> list[tuple[int, str]]:
    """Where units are named in a text, and which."""
    wanted = sorted((n for n in names if names[n] != "piece"), key=len, reverse=True)
    pattern = "|".join(map(re.escape, wanted))
    text = pattern if language == "zh" else rf"\b(?:{pattern})\b"
    return [(m.start(), names[m[0]]) for m in re.finditer(text, _TWO.sub("二", heard))]


_ONE = re.compile(r"(?:\b(half )?an?|(半)|一)$")


def _given(heard: str, said: list[tuple[int, str]], language: str) -> tuple[str, Fraction]:
    """The unit that comes with a number ("a cup", "250 grams"), and the number; else the last."""
    for start, unit in said:
        before = heard[:start].rstrip()
        if article := _ONE.search(before):
            return unit, Fraction(1, 2) if article[1] or article[2] else Fraction(1)
        found = values.find("number", before, language, ANY_DAY)
        if found and found[-1].end == len(before):
            value = found[-1].value
            if isinstance(value, int | float | Fraction) and value > 0:
                return unit, Fraction(str(value))
    return said[-1][1], Fraction(1)
