"""Arithmetic as it is spoken, and one unit in another. Exact; never the language model."""

from __future__ import annotations

from fractions import Fraction

from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import say_number
from voice_assistant.values import Quantity
from voice_assistant.values.kinds import Expression

from .units import called, converted

DIGITS = 6
"""Significant digits of a result that is spoken; whole numbers are said in full."""


class Calculator(Skill):
    """Calculates and converts."""

    @intent("compute")
    async def compute(self, turn: Turn, expression: Expression) -> Answer:
        """What a sum comes to."""
        if expression.value is None:
            return turn.phrase("no_value")
        key = "result" if _is_exact(expression.value) else "about"
        return turn.phrase(key, value=_say(expression.value, turn.language))

    @intent("convert")
    async def convert(self, turn: Turn, quantity: Quantity, unit: str) -> Answer:
        """A quantity in another unit."""
        value = converted(quantity, unit)
        if value is None:
            return turn.phrase(
                "no_conversion",
                one=called(quantity.unit, turn.language, 2),
                other=called(unit, turn.language, 2),
            )
        return turn.phrase(
            "converted",
            quantity=_say(quantity.amount, turn.language),
            unit=called(quantity.unit, turn.language, quantity.amount),
            value=_say(value, turn.language),
            other=called(unit, turn.language, value),
        )


def _is_exact(value: Fraction | float) -> bool:
    """Whether the spoken form is the value itself."""
    return isinstance(value, Fraction) and Fraction(_rounded(value)) == value


def _rounded(value: Fraction | float) -> str:
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.{DIGITS}g}"


def _say(value: Fraction | float, language: str) -> str:
    text = _rounded(Fraction(value) if isinstance(value, int) else value)
    return say_number(int(text) if text.lstrip("-").isdigit() else float(text), language)
