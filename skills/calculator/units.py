"""One unit in another, and what units are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from voice_assistant import values
from voice_assistant.texts import read_yaml
from voice_assistant.values import Number, Quantity
from voice_assistant.values.quantities import Unit, currencies, units

from .saying import say

_TO_KELVIN = {
    "celsius": (Fraction(1), Fraction("273.15")),
    "fahrenheit": (Fraction(5, 9), Fraction("459.67") * Fraction(5, 9)),
    "kelvin": (Fraction(1), Fraction(0)),
}
"""Factor and offset: kelvins = factor * degrees + offset."""


IMPERIAL = {each: f"imperial {each}" for each in ("pint", "gallon", "fluid ounce")}
"""Measures that are larger or smaller in Britain and Ireland than in America."""

LONGEST_THING = 4
"""Characters of what is measured: 三两五花肉."""

BRITISH = frozenset({"GB", "IE"})
"""Countries (ISO 3166) where a pint is an imperial one."""


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


def counterpart(unit: str, language: str) -> str | None:
    """The unit that a quantity is converted into where none was named."""
    return _counterparts()[language].get(unit)


@cache
def _counterparts() -> Mapping[str, Mapping[str, str]]:
    text = (Path(__file__).parent / "data" / "counterparts.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = read_yaml(text)
    return found


def currency(symbol: str) -> str | None:
    """The currency of a sign before a price."""
    return currencies("en").get(symbol)


def price(code: str, language: str, amount: Fraction) -> str:
    """An amount of a currency, in whole cents: $8.10, 20 francs, 六点二五元."""
    names = [name for name, each in currencies(language).items() if each == code]
    if language == "zh":
        return say(amount, "zh") + names[0]
    digits = f"{float(amount):,.2f}".removesuffix(".00")
    for sign in names:
        if not sign.isalpha() and len(sign) == 1:
            return f"{sign}{digits}"
    plural = names[1] if len(names) > 1 and names[1].startswith(names[0]) else names[0]
    return f"{digits} {names[0] if amount == 1 else plural}"


def converted(quantity: Quantity, unit: str, *, country: str = "") -> Fraction | None:
    """The amount in `unit` as it is in a country, or None where the two measure different
    things."""
    amount = Fraction(str(quantity.amount))
    if quantity.unit in _TO_KELVIN and unit in _TO_KELVIN:
        factor, offset = _TO_KELVIN[quantity.unit]
        to_factor, to_offset = _TO_KELVIN[unit]
        return (amount * factor + offset - to_offset) / to_factor
    local = IMPERIAL if country in BRITISH else {}
    one, other = (_named("en")[local.get(each, each)][0] for each in (quantity.unit, unit))
    if one.measure != other.measure or one.measure == "temperature":
        return None
    return amount * one.factor / other.factor


def amount(said: str, language: str, now: datetime) -> Quantity | None:
    """A quantity as it is asked about: also "six foot two", 一米七, "a cup of water"."""
    if language == "en":
        if values.parse("quantity", said, language, now) is None:
            said = re.sub(r" of [a-z ]+$", "", said)
        if match := re.fullmatch(r"(.+) (?:foot|feet) (.+?)(?: inch(?:es)?)?", said):
            return _small(match[1], match[2], ("foot", "inch", 12), language, now)
    elif match := re.fullmatch(r"(.+)米([一二三四五六七八九零\d].*)", said):
        digits = match[2] if len(match[2]) > 1 else match[2] + "十"
        return _small(match[1], digits, ("metre", "centimetre", 100), language, now)
    else:
        said = re.sub(r"(?:地|水|牛奶|酒|的电视|的屏幕)$", "", said)
    found = values.parse("quantity", said, language, now) or _bare(said, language, now)
    return found if isinstance(found, Quantity) else _joined(said, language, now)


def _bare(said: str, language: str, now: datetime) -> Quantity | None:
    """A quantity without the thing behind it: 三两肉."""
    found = values.find("quantity", said, language, now) if language == "zh" else []
    if len(found) != 1 or found[0].start or len(said) - found[0].end > LONGEST_THING:
        return None
    if re.search("[离到距]", said[found[0].end :]):
        return None  # 一九八九年离现在
    return found[0].value if isinstance(found[0].value, Quantity) else None


def _joined(said: str, language: str, now: datetime) -> Quantity | None:
    """Two units in one: "five pounds three ounces", 两小时十五分钟."""
    found = values.find("quantity", said, language, now)
    if len(found) != 2 or found[0].start or found[1].end != len(said):
        return None
    between = said[found[0].end : found[1].start].strip()
    one, other = (each.value for each in found)
    if between not in ("", "and", "又", "零") or not isinstance(one, Quantity):
        return None
    if not isinstance(other, Quantity) or (more := converted(other, one.unit)) is None:
        return None
    return Quantity(amount=Fraction(str(one.amount)) + more, unit=one.unit)


def _small(
    large: str, small: str, scale: tuple[str, str, int], language: str, now: datetime
) -> Quantity | None:
    whole, rest = (values.parse("number", each, language, now) for each in (large, small))
    if not isinstance(whole, int) or not isinstance(rest, int | float | Fraction):
        return None
    return Quantity(amount=whole + Fraction(str(rest)) / scale[2], unit=scale[0])


def meant(quantity: Quantity, unit: str) -> str:
    """The unit that is meant: ounces of a liquid are fluid ounces."""
    liquid = _named("en")[quantity.unit][0].measure == "volume"
    return "fluid ounce" if liquid and unit == "ounce" else unit
