"""One unit in another, and what units are called."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from voice_assistant.values import Number, Quantity
from voice_assistant.values.quantities import Unit, units

_TO_KELVIN = {
    "celsius": (Fraction(1), Fraction("273.15")),
    "fahrenheit": (Fraction(5, 9), Fraction("459.67") * Fraction(5, 9)),
    "kelvin": (Fraction(1), Fraction(0)),
}
"""Factor and offset: kelvins = factor * degrees + offset."""


@cache
def _named(language: str) -> dict[str, tuple[Unit, list[str]]]:
    """Every unit by its name in the data, with what it is called."""
    named: dict[str, tuple[Unit, list[str]]] = {}
    for said, unit in units(language).items():
        named.setdefault(unit.name, (unit, []))[1].append(said)
    return named


def called(unit: str, language: str, amount: Number | float) -> str:
    """The unit's name beside an amount: mile, miles, 英里."""
    names = _named(language)[unit][1]
    return names[0] if language == "zh" or amount == 1 or len(names) == 1 else names[1]


def converted(quantity: Quantity, unit: str) -> Fraction | None:
    """The amount in `unit`, or None where the two measure different things."""
    amount = Fraction(str(quantity.amount))
    if quantity.unit in _TO_KELVIN and unit in _TO_KELVIN:
        factor, offset = _TO_KELVIN[quantity.unit]
        to_factor, to_offset = _TO_KELVIN[unit]
        return (amount * factor + offset - to_offset) / to_factor
    one, other = _named("en")[quantity.unit][0], _named("en")[unit][0]
    if one.measure != other.measure or one.measure == "temperature":
        return None
    return amount * Fraction(str(one.factor)) / Fraction(str(other.factor))
