"""What can be worked out besides a plain sum: shares, prices, averages, change. All exact."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Any, TypeAlias

Value: TypeAlias = Fraction | float

LARGEST_FACTORIAL = 1000
"""Of more, the result has thousands of digits."""

LARGEST_PRIME = 10**12
"""Of more, trying its divisors takes too long."""

PLACES = 30
"""Decimal places to which a number is rounded at most."""


class NoValue(ArithmeticError):
    """There is no such number."""


class TooLarge(ArithmeticError):
    """There is one, but nobody could listen to it."""


def _tenths(said: Value) -> Value:
    """打八折 leaves 8 tenths, 打七五折 and 七十五折 leave 75 hundredths."""
    return said / 10 if said < 10 else said / 100


def _percent(part: Value, whole: Value) -> Value:
    return part / whole * 100


def _rounded(value: Value, digits: int) -> Fraction:
    """Halves away from zero, as at school."""
    scale = Fraction(10) ** digits
    size = math.floor(abs(Fraction(value)) * scale + Fraction(1, 2)) / scale
    return size if value >= 0 else -size


def _root(value: Value, degree: int) -> Value:
    if value < 0:
        raise NoValue
    near = float(value) ** (1 / degree)
    exact = Fraction(round(near))
    return exact if exact**degree == value else near


def factorial(value: Value) -> Fraction:
    """Of a whole number that is not negative."""
    if value < 0 or Fraction(value).denominator != 1:
        raise NoValue
    if value > LARGEST_FACTORIAL:
        raise TooLarge
    return Fraction(math.factorial(int(value)))


def _average(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _total(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def _product(numbers: Sequence[Fraction]) -> Fraction:
    return math.prod(numbers, start=Fraction(1))


def _is_prime(number: Fraction) -> bool:
    if number.denominator > 1 or number < 2:
        return False
    if number > LARGEST_PRIME:
        raise TooLarge
    return all(number % divisor for divisor in range(2, math.isqrt(int(number)) + 1))


def _nothing() -> Fraction:
    raise NoValue


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "absolute": abs,
    "as_percent": lambda a: a * 100,
    "average": _average,
    "change_percent": lambda a, b: _percent(b - a, a),
    "circle": lambda a: math.pi * float(a) ** 2,
    "circumference": lambda a: 2 * math.pi * float(a),
    "count_to": lambda a, b: (a + b) * (b - a + 1) / 2,
    "cube": lambda a: a**3,
    "difference": lambda a, b: a - b,
    "double": lambda a: a * 2,
    "dozens": lambda a: a * 12,
    "factorial": factorial,
    "fallen_percent": lambda a, b: _percent(a - b, a),
    "fifth_root": lambda a: _root(a, 5),
    "fourth_root": lambda a: _root(a, 4),
    "gcd": lambda numbers: Fraction(math.gcd(*map(int, numbers))),
    "grown": lambda a, b: b * (1 + a / 100),
    "half": lambda a: a / 2,
    "largest": max,
    "lcm": lambda numbers: Fraction(math.lcm(*map(int, numbers))),
    "less": lambda a, b: b - a,
    "median": median,
    "more_percent": lambda a, b: _percent(a - b, b),
    "nothing": _nothing,
    "even": lambda a: Fraction(a % 2 == 0),
    "odd": lambda a: Fraction(a % 2 == 1),
    "prime": lambda a: Fraction(_is_prime(a)),
    "percent_of": _percent,
    "product": lambda a, b: a * b,
    "product_of": _product,
    "quotient": lambda a, b: a / b,
    "rate": lambda a, b, c: c / b * a,
    "remainder": lambda a, b: a % b,
    "rounded": lambda a: _rounded(a, 0),
    "rounded_near": lambda a, b: _rounded(a / b, 0) * b,
    "rounded_to": lambda a, b: _rounded(a, int(min(b, PLACES))),
    "same": lambda a: a,
    "saved": lambda a, b: b * (1 - _tenths(a)),
    "share": lambda a, b: b * a / 100,
    "shrunk": lambda a, b: b * (1 - a / 100),
    "shrunk_by_share": lambda a, b: b * (1 - a),
    "smallest": min,
    "split_with_tip": lambda a, b, c: a * (1 + c / 100) / b,
    "square_root": lambda a: _root(a, 2),
    "square": lambda a: a**2,
    "tenths": lambda a, b, c=0: a * _tenths(b + c / 10),
    "together": lambda a, b: a + b,
    "total": _total,
    "triple": lambda a: a * 3,
    "whole_of": lambda a, b: a / b * 100,
}
"""By name, of the amounts {a} {b} {c} of its forms, or of a list of them."""
