"""Results as a person says them: whole, as a fraction, rounded, or with a power of ten."""

from __future__ import annotations

import math
from fractions import Fraction

from voice_assistant.speaking import say_number

from .operations import Value

DIGITS = 6
"""Significant digits of a result that is spoken; whole numbers are said in full."""

ROUGH = 4
"""The same of a quantity in another unit, which is rarely measured so well."""

LONG = 10**15
"""From here on nobody follows a number read out in full: it is said with a power of ten."""

SIMPLE = 12
"""The largest denominator of a fraction that is said as one."""

_POWER = {"en": "{value} times 10 to the power of {power}", "zh": "{value}乘以十的{power}次方"}
_FRACTION = {"en": "{top}/{bottom}", "zh": "{bottom}分之{top}"}
_MIXED = {"en": "{whole} {part}", "zh": "{whole}又{part}"}


def is_exact(value: Value, digits: int = DIGITS) -> bool:
    """Whether what `say` says is the value itself."""
    if not isinstance(value, Fraction) or not -LONG < value < LONG:
        return False
    return Fraction(_rounded(value, digits)) == value


def say(value: Value, language: str, digits: int = DIGITS) -> str:
    """A number, rounded where it does not end."""
    if not -LONG < value < LONG:
        return _with_power(value, language)
    text = _rounded(value, digits)
    return say_number(int(text) if text.lstrip("-").isdigit() else float(text), language)


def say_fraction(value: Value, language: str) -> str | None:
    """A result that does not end, as the simple fraction it is: 5/6, 二又三分之一."""
    if not isinstance(value, Fraction) or is_exact(value) or value.denominator > SIMPLE:
        return None
    whole, rest = divmod(abs(value), 1)
    top, bottom = rest.numerator, rest.denominator
    if language == "zh":
        part = _FRACTION["zh"].format(top=say_number(top, "zh"), bottom=say_number(bottom, "zh"))
    else:
        part = _FRACTION["en"].format(top=top, bottom=bottom)
    said = part
    if whole:
        said = _MIXED[language].format(whole=say_number(int(whole), language), part=part)
    minus = {"en": "minus ", "zh": "负"}[language] if value < 0 else ""
    return minus + said


def _rounded(value: Value, digits: int) -> str:
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    if not -(10**digits) < value < 10**digits:
        digits = 15 if digits == DIGITS else len(str(abs(round(value))))
    return f"{float(value):.{digits}g}"


def _with_power(value: Value, language: str) -> str:
    power = len(str(abs(int(value)))) - 1
    front = float(Fraction(value) / Fraction(10) ** power)
    said = say_number(float(f"{front:.{DIGITS}g}"), language)
    return _POWER[language].format(value=said, power=say_number(power, language))


def card(value: Value) -> str:
    """A result for a screen: all of it where it ends soon, a simple fraction with its decimals."""
    if not isinstance(value, Fraction):
        return f"{value:.12g}"
    if value.denominator == 1:
        return str(value.numerator)
    if math.gcd(value.denominator, 10**DIGITS) == value.denominator:
        return f"{float(value):.15g}"
    fraction = say_fraction(value, "en")
    return f"{fraction} ≈ {float(value):.8g}" if fraction else f"≈ {float(value):.8g}"
