"""Arithmetic as it is spoken, units, ages and dates. Exact; never the language model."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from voice_assistant.mentions import mentioned
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Reply, Skill, Turn, intent
from voice_assistant.values import Quantity
from voice_assistant.values.kinds import Expression
from voice_assistant.values.quantities import currencies

from . import units
from .operations import OPERATIONS, Value
from .reading import Reader, Result
from .saying import DIGITS, ROUGH, card, is_exact, say, say_fraction

NOUNS = {
    **dict.fromkeys(("age", "age_then"), "age"),
    **dict.fromkeys(("years", "years_ago", "years_until"), "year"),
    "days": "day",
    "weeks": "week",
    "months": "month",
}
"""What a length of time is counted in."""

PERCENT = {"as_percent", "change_percent", "fallen_percent", "more_percent", "percent_of"}


PRICES = set(
    "sum share grown shrunk shrunk_by_share quotient product difference less split_with_tip saved "
    "tenths half double triple total together rate average".split()
)
"""The operations that make a price of prices."""


QUALITIES = {"prime", "even", "odd"}
"""What a number is or is not."""

SIGNS: Mapping[str, Callable[[Value, Value], Value]] = {
    "plus": operator.add,
    "minus": operator.sub,
    "times": operator.mul,
    "by": operator.truediv,
}
"""What a result is taken further by."""

FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    **{
        name: OPERATIONS[name]
        for name in ("square_root", "square", "cube", "half", "double", "triple")
    },
    "round": lambda value: Fraction(math.floor(value + Fraction(1, 2))),
}
"""What is done to a result."""


class Calculator(Skill):
    """Calculates and converts. Whichever intent a question was taken for, all of it is read."""

    _last: Value | None = None
    """The last result, to go on with."""
    _before: Value | None = None
    """The result before that, to go another way from."""
    _measure: Quantity | None = None
    """What was converted last, to be told in yet another unit."""
    _unit: str = ""
    """The unit it was converted to."""

    @intent("compute")
    async def compute(
        self,
        turn: Turn,
        expression: Expression | None = None,
        amount: object = None,
        rest: object = None,
        number: object = None,
        **counted: object,
    ) -> Answer:
        """What a sum comes to; what is `counted` in it does not matter."""
        found = self._reader(turn).read(turn.asked)
        if found is None and expression is not None:
            found = Result(kind="sum", value=expression.value, too_large=expression.too_large)
        return self._told(turn, found)

    @intent("go_on")
    async def go_on(self, turn: Turn, sign: str, operand: Value) -> Answer:
        """The result before, and on with it: "and times three"."""
        if self._last is None:
            return turn.phrase("not_understood")
        share = mentioned("percent", turn, self.now())
        if share is not None:  # ten percent of what there is
            operand = _exact(share) / 100
            if sign in ("plus", "minus"):
                operand *= self._last
        try:
            value = SIGNS[sign](self._last, _exact(operand))
        except ZeroDivisionError:
            return turn.phrase("no_value")
        return self._told(turn, Result(kind="sum", value=value))

    @intent("convert")
    async def convert(
        self,
        turn: Turn,
        quantity: Quantity | None = None,
        unit: str | None = None,
        amount: object = None,
        rest: object = None,
        thing: str | None = None,
    ) -> Answer:
        """A quantity in another unit, whatever `thing` it is of."""
        reader = self._reader(turn)
        found = reader.read(turn.asked)
        if (found is None or found.kind != "unit") and quantity is not None and unit is not None:
            found = reader.converted(quantity, unit)
        return self._told(turn, found)

    @intent("instead")
    async def instead(self, turn: Turn, sign: str, operand: Value) -> Answer:
        """Another step than the last: "no, times seven"."""
        self._last, self._before = self._before, None
        return await self.go_on(turn, sign, operand)

    @intent("apply")
    async def apply(self, turn: Turn, function: str) -> Answer:
        """Something done to the result before: its root, its square, its half."""
        if self._last is None:
            return turn.phrase("not_understood")
        if function == "square_root" and self._last < 0:
            return turn.phrase("no_value")
        return self._told(turn, Result(kind="sum", value=FUNCTIONS[function](self._last)))

    @intent("quality_it")
    async def quality(self, turn: Turn, quality: str) -> Answer:
        """Whether the result before is prime, even or odd."""
        if self._last is None:
            return turn.phrase("not_understood")
        holds = OPERATIONS[quality](_exact(self._last))
        return turn.phrase(f"{quality}_{'yes' if holds else 'no'}")

    @intent("last_it")
    async def last(self, turn: Turn) -> Answer:
        """The result before once more."""
        if self._last is None:
            return turn.phrase("not_understood")
        return turn.phrase(
            "result" if is_exact(self._last) else "about", value=say(self._last, turn.language)
        )

    @intent("pi")
    async def pi(self, turn: Turn) -> Answer:
        """The number pi."""
        return turn.phrase("about", value=say(math.pi, turn.language))

    @intent("other_unit")
    async def other_unit(self, turn: Turn, unit: str) -> Answer:
        """The same quantity in yet another unit: "and in metres?"."""
        if self._measure is None:
            return turn.phrase("not_understood")
        return self._told(turn, self._reader(turn).converted(self._measure, unit))

    @intent("reverse")
    async def reverse(self, turn: Turn) -> Answer:
        """The conversion before, the other way round."""
        if self._measure is None or not self._unit:
            return turn.phrase("not_understood")
        back = Quantity(amount=self._measure.amount, unit=self._unit)
        return self._told(turn, self._reader(turn).converted(back, self._measure.unit))

    @intent("able")
    async def able(self, turn: Turn) -> Answer:
        """Whether we can calculate."""
        return turn.phrase("able")

    @intent("dates")
    async def dates(
        self,
        turn: Turn,
        day: date | str | None = None,
        other: date | str | None = None,
        who: str | None = None,
    ) -> Answer:
        """An age, or the time between two days."""
        return self._told(turn, self._reader(turn).read(turn.asked))

    def _reader(self, turn: Turn) -> Reader:
        country = str(self.home.place.get("country") or "")
        return Reader(turn.language, self.now(), country)

    def _told(self, turn: Turn, found: Result | None) -> Answer:
        if found is None:
            return turn.phrase("no_rates" if _exchanges(turn) else "not_understood")
        if found.quantity is not None and found.unit is not None:
            self._measure, self._unit = found.quantity, found.unit
            if found.value is not None:
                self._before, self._last = self._last, found.value
            return self._converted(turn, found, found.quantity, found.unit)
        if found.value is None:
            return turn.phrase("too_large" if found.too_large else "no_value")
        self._before, self._last = self._last, found.value
        return Reply(say=self._said(turn, found), display=card(found.value))

    def _said(self, turn: Turn, found: Result) -> str:
        value = found.value
        assert value is not None
        if found.kind in QUALITIES:
            return turn.phrase(f"{found.kind}_{'yes' if value else 'no'}")
        if found.kind == "born":
            return turn.phrase("year", value=str(value))
        if found.currency is not None and found.kind in PRICES:
            return self._priced(turn, value, found.currency)
        said = say(value, turn.language)
        if found.kind in PERCENT:
            said = turn.phrase("percent", value=said)
        elif found.kind in NOUNS:
            noun = turn.phrase(f"noun_{NOUNS[found.kind]}")
            counted = turn.phrase(f"counted{'_one' if value == 1 else ''}", value=said, noun=noun)
            return turn.phrase("span", value=counted)
        fraction = say_fraction(value, turn.language)
        if fraction is not None:
            return turn.phrase("fraction", fraction=fraction, value=said)
        return turn.phrase("result" if is_exact(value) else "about", value=said)

    def _priced(self, turn: Turn, value: Value, currency: str) -> str:
        cents = Fraction(round(Fraction(value) * 100), 100)
        said = units.price(currency, turn.language, cents)
        return turn.phrase("result" if cents == value else "about", value=said)

    def _converted(self, turn: Turn, found: Result, quantity: Quantity, unit: str) -> Answer:
        if found.value is None:
            return turn.phrase(
                "no_conversion",
                one=units.called(quantity.unit, turn.language, 2),
                other=units.called(unit, turn.language, 2),
            )
        said = turn.phrase(
            "converted" if is_exact(found.value, ROUGH) else "converted_about",
            quantity=_measured(quantity, turn.language),
            value=_before_unit(found.value, turn.language),
            other=units.called(unit, turn.language, found.value),
        )
        return Reply(say=said, display=_measure(found.value, unit, turn.language))


def _exact(number: Value) -> Fraction:
    """A number as it was said: 0.1 is a tenth."""
    return Fraction(str(number))


def _measure(value: Value, unit: str, language: str) -> str:
    """A quantity for a screen: what ends in a few digits in full, else as exact as it is said."""
    joint = "" if language == "zh" else " "
    number = card(value) if is_exact(value) else f"≈ {float(value):.{DIGITS}g}"
    return f"{number}{joint}{units.called(unit, language, value)}"


def _before_unit(value: Value, language: str) -> str:
    """A rounded number as it is said before a measure: 两杯, where counting says 二."""
    return "两" if language == "zh" and value == 2 else say(value, language, ROUGH)


def _measured(quantity: Quantity, language: str) -> str:
    """The quantity that was asked about, as it was said: two thirds of a cup, 6 catties."""
    amount = _exact(quantity.amount)
    fraction = say_fraction(amount, language)
    name = units.called(quantity.unit, language, 1 if fraction and amount < 1 else amount)
    joint = "" if language == "zh" else " of a " if fraction and amount < 1 else " "
    return f"{fraction or _before_unit(amount, language)}{joint}{name}"


def _exchanges(turn: Turn) -> bool:
    """Whether money of one country is asked for in that of another."""
    names = currencies(turn.language)
    asked = normalise(turn.asked, turn.language)
    said = re.findall("|".join(map(re.escape, sorted(names, key=len, reverse=True))), asked)
    return len({names[each] for each in said}) > 1
