"""Arithmetic on tokens, by recursive descent. Exact: whole numbers, fractions and decimals stay
fractions; only a root or a power that has no exact value is rounded by the machine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

LARGEST = 4_000
"""Digits of the largest result: more are no answer to be spoken, and take long to compute."""

LONGEST_ROOT = 5
"""The highest root that is looked at for an exact value."""

Value: TypeAlias = Fraction | float
Token: TypeAlias = str | Fraction | float


class NoSum(Exception):
    """The tokens are no sum."""


class NoValue(Exception):
    """The sum has no value."""


def ends(token: Token) -> bool:
    """Whether an operator may follow a token."""
    return not isinstance(token, str) or token in "²³!%√∛)"


class Reader:
    """sum = term (+ term)*; term = factor (* factor)*; factor = unary postfix* (^ factor)?"""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._percent = False
        """Whether the last term was a percentage: 80 + 15 % is 92."""

    def whole(self) -> Value:
        """What all of the tokens come to."""
        value = self._sum()
        if self._tokens:
            raise NoSum
        return value

    def _take(self, *wanted: str) -> str | None:
        if self._tokens and isinstance(self._tokens[0], str) and self._tokens[0] in wanted:
            return str(self._tokens.pop(0))
        return None

    def _sum(self) -> Value:
        value = self._term()
        whole = not self._percent
        while sign := self._take("+", "-"):
            part = self._term()
            part = value * part if self._percent and whole else part
            value = value + part if sign == "+" else value - part
        return value

    def _term(self) -> Value:
        value = self._factor()
        while operator := self._take("*", "/", "mod", "off"):
            share = self._percent
            other = self._factor()
            if operator == "*":
                value = value * other
            elif operator == "/":
                value = value / other
            elif operator == "mod":
                value = value % other
            else:
                value = other * (1 - value / 100)
            self._percent = False if share else self._percent
        return value

    def _factor(self) -> Value:
        value = self._unary()
        self._percent = False
        while mark := self._take("²", "³", "!", "%", "√", "∛", "^"):
            if mark == "%":
                value, self._percent = value / 100, True
            elif mark == "^":
                value = _power(value, self._factor())
            else:
                value = _POSTFIX[mark](value)
        return value

    def _unary(self) -> Value:
        if self._take("neg"):
            return -self._factor()
        if self._take("("):
            value = self._sum()
            self._percent = False
            if not self._take(")"):
                raise NoSum
            return value
        if mark := self._take("sqrt", "cbrt"):
            return _root(self._factor(), 2 if mark == "sqrt" else 3)
        if not self._tokens or isinstance(self._tokens[0], str):
            raise NoSum
        number = self._tokens.pop(0)
        assert not isinstance(number, str)
        return number


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator <= LONGEST_ROOT:
        if abs(exponent) * math.log10(max(abs(float(base)), 1.0) + 1) > LARGEST:
            raise OverflowError
        whole = base**exponent.numerator
        return whole if exponent.denominator == 1 else _root(whole, exponent.denominator)
    if base < 0:
        raise NoValue
    return float(float(base) ** float(exponent))


def _root(value: Value, degree: int) -> Value:
    """The root, exact where there is an exact one."""
    if value < 0:
        if degree % 2 == 0:
            raise NoValue
        return -_root(-value, degree)
    if isinstance(value, Fraction):
        top, bottom = (_whole_root(part, degree) for part in value.as_integer_ratio())
        if top**degree == value.numerator and bottom**degree == value.denominator:
            return Fraction(top, bottom)
    return float(float(value) ** (1 / degree))


def _whole_root(value: int, degree: int) -> int:
    """The nearest whole number below or at the root, or close to it."""
    return math.isqrt(value) if degree == 2 else round(value ** (1 / degree))


def _factorial(value: Value) -> Value:
    if not isinstance(value, Fraction) or value.denominator != 1 or value < 0:
        raise NoValue
    if value > LARGEST // 4:  # 2,500! has 7,412 digits
        raise OverflowError
    return Fraction(math.factorial(int(value)))


_POSTFIX: dict[str, Callable[[Value], Value]] = {
    "²": lambda value: value * value,
    "³": lambda value: value * value * value,
    "!": _factorial,
    "√": lambda value: _root(value, 2),
    "∛": lambda value: _root(value, 3),
}
