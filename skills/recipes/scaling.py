"""Amounts for more or fewer people, as a cook can measure them: whole eggs, cups and spoons."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from .amounts import Amount, units

TOLERANCE = 0.05
"""Share by which a scaled amount may differ from the exact one; whole items excepted."""

_STEPS = [Fraction(n) for n in ("100", "50", "25", "10", "5", "1", "1/2", "1/10", "1/20")]
"""Grids for scales and jugs, coarsest first."""

_SPOONS = {
    "cup": [Fraction(n) for n in ("1/4", "1/3", "1/2", "2/3", "3/4")],
    "tbsp": [Fraction(1, 2)],
    "tsp": [Fraction(n) for n in ("1/8", "1/4", "1/2", "3/4")],
}
"""Fractions there are measures for."""


def scaled(amount: Amount, factor: Fraction, *, whole: bool = False) -> Amount:
    """The amount for more or fewer people, as a cook can measure it."""
    if amount.number is None or factor == 1:
        return amount
    exact = amount.number * factor
    unit = units()[amount.unit]
    if unit.counts:
        return replace(amount, number=_counted(exact, whole=whole or amount.unit != "piece"))
    if amount.unit == "pinch" or (amount.unit in _SPOONS and exact * Fraction(unit.ml or 0) <= 240):
        return _spooned(float(exact) * (unit.ml or 0.0), amount)
    if amount.unit in _SPOONS:
        return _spooned(float(exact) * (unit.ml or 0.0), replace(amount, unit="cup"))
    return _weighed(replace(amount, number=exact))


def _counted(exact: Fraction, *, whole: bool) -> Fraction:
    if whole or exact >= 3:
        return Fraction(max(1, round(exact)))
    return max(Fraction(1, 2), Fraction(round(exact * 2), 2))


def _weighed(amount: Amount) -> Amount:
    exact = amount.number or Fraction(0)
    if amount.unit in {"kg", "l"} and exact < 1:
        return _weighed(Amount(exact * 1000, "g" if amount.unit == "kg" else "ml"))
    if amount.unit in {"g", "ml"} and exact >= 1000:
        return _weighed(Amount(exact / 1000, "kg" if amount.unit == "g" else "l"))
    steps = [s / 100 for s in _STEPS] if amount.unit in {"kg", "l"} else _STEPS
    for step in steps:
        rounded = round(exact / step) * step
        if rounded and abs(rounded - exact) <= exact * Fraction(3, 100):
            return replace(amount, number=rounded)
    return replace(amount, number=max(steps[-1], round(exact / steps[-1]) * steps[-1]))


def _spooned(ml: float, like: Amount) -> Amount:
    """`ml` in cups and spoons, in as few parts as are exact enough."""
    best: tuple[tuple[float, ...], Amount] | None = None
    for candidate in _spoonfuls(ml, cups=like.unit == "cup" or ml >= 120):
        error = abs((candidate.ml or 0.0) - ml) / ml
        if error > TOLERANCE:
            continue
        rank = (_awkward(candidate), error)
        if best is None or rank < best[0]:
            best = rank, candidate
    if best:
        return best[1]
    pinch = units()["pinch"].ml or 1.0
    return Amount(Fraction(max(1, round(ml / pinch))), "pinch")


def _spoonfuls(ml: float, *, cups: bool) -> list[Amount]:
    singles = {
        unit: [Amount(whole + part, unit) for whole, part in _near(ml, unit) if whole + part]
        for unit in (("cup", "tbsp", "tsp") if cups else ("tbsp", "tsp"))
    }
    pairs = []
    for large, small in (("cup", "tbsp"), ("tbsp", "tsp"), ("tsp", "pinch")):
        for one in singles.get(large, ()):
            left = ml - (one.ml or 0.0)
            if left > 0:
                rest = [Amount(w + p, small) for w, p in _near(left, small) if w + p]
                pairs += [replace(one, also=other) for other in rest]
    return [one for each in singles.values() for one in each] + pairs


def _near(ml: float, unit: str) -> list[tuple[Fraction, Fraction]]:
    size = units()[unit].ml or 1.0
    wholes = [Fraction(n) for n in (int(ml / size), int(ml / size) + 1)]
    return list(product(wholes, [Fraction(0), *_SPOONS.get(unit, ())]))


def _awkward(amount: Amount) -> float:
    """How tiresome an amount is to measure: many spoons, two measures, small parts."""
    parts = [amount, amount.also] if amount.also else [amount]
    numbers = [part.number or Fraction(0) for part in parts]
    spoons = max(0.0, float(sum(numbers)) - 3)
    fractions = sum(0.5 for each in numbers if each.denominator > 1)
    too_large = 2.0 if amount.unit == "tbsp" and numbers[0] < 1 else 0.0
    return spoons + fractions + too_large + (len(parts) - 1)
