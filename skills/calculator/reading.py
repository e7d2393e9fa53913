"""What a question about numbers asks for: its forms are data, what fills them is parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from voice_assistant import values
from voice_assistant.values import Quantity
from voice_assistant.values.kinds import Expression, Money

from . import forms, units
from .dates import SPANS, Day
from .operations import OPERATIONS, NoValue, TooLarge, Value

DEPTH = 3
"""How deep sums may stand in sums: twice the sum of the average of."""

LARGEST = 13_000
"""Bits of the largest number that is told, about 4,000 digits."""

LATER = 9
"""Years by which a day moves on when its year was not said and is guessed from now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a question comes to."""

    kind: str
    """The operation, `sum` or `unit`."""
    value: Value | None
    """None where there is no such number."""
    too_large: bool = False
    quantity: Quantity | None = None
    """What was converted."""
    unit: str | None = None
    """What it was converted into."""
    currency: str | None = None
    """ISO 4217, of the prices in the question."""


_COUNTED = re.compile("[个人斤瓶张杯本支袋包箱件只]")
_PRICE = re.compile("(.+?(?:块|元)钱?)(?=[一二三四五六七八九]$)")
"""The price in 五块钱三个 and 一百二十块五个人, where the last digit counts something else."""


class _NoReading(Exception):
    """The text is no amount."""


class Reader:
    """Reads questions of one language at one moment."""

    def __init__(self, language: str, now: datetime, country: str = "") -> None:
        self._language, self._now, self._country = language, now, country

    def read(self, text: str) -> Result | None:
        """What a question comes to, or None where it is none about numbers."""
        for said in forms.bared(text, self._language):
            found = self._unit(said) or self._alone(said) or self._sum(said, DEPTH)
            if found is not None:
                return _bounded(found)
        return None

    # --- units ---------------------------------------------------------------------------

    def _unit(self, said: str) -> Result | None:
        for form in forms.units(self._language):
            if match := form.fullmatch(said):
                unit = self._parse("unit", match["unit"])
                quantity = units.amount(match["a"], self._language, self._now)
                if unit is not None and quantity is not None:
                    return self.converted(quantity, unit)
        return None

    def _alone(self, said: str) -> Result | None:
        """A quantity for which no other unit was named."""
        for form in forms.alone(self._language):
            match = form.fullmatch(said)
            quantity = units.amount(match["a"], self._language, self._now) if match else None
            unit = quantity and units.counterpart(quantity.unit, self._language)
            if quantity and unit:
                return self.converted(quantity, unit)
        return None

    def converted(self, quantity: Quantity, unit: str) -> Result:
        """A quantity in another unit; without a value, where that measures something else."""
        unit = units.meant(quantity, unit)
        value = units.converted(quantity, unit, country=self._country)
        return Result(kind="unit", value=value, quantity=quantity, unit=unit)

    # --- sums ----------------------------------------------------------------------------

    def _sum(self, said: str, depth: int) -> Result | None:
        said, currency = self._without_currency(said)
        expression = self._expression(said)
        if expression is not None:
            value, too_large = expression.value, expression.too_large
            return Result(kind="sum", value=value, too_large=too_large, currency=currency)
        found = self._formed(said, depth) if depth else None
        return found and replace(found, currency=currency)

    def _expression(self, text: str) -> Expression | None:
        found = None if "、" in text else self._parse("expression", text)
        assert found is None or isinstance(found, Expression)
        return found

    def _formed(self, said: str, depth: int) -> Result | None:
        plain = said.replace("、", "")
        for form in forms.forms(self._language):
            match = form.regex.fullmatch(said if form.listed else plain)
            if match is None:
                continue
            try:
                filled = {
                    name: self._filled(name, text, depth)
                    for name, text in match.groupdict().items()
                    if text is not None
                }
                return Result(kind=form.kind, value=self._value(form.kind, filled))
            except _NoReading:
                continue
            except (TooLarge, OverflowError):
                return Result(kind=form.kind, value=None, too_large=True)
            except (NoValue, ZeroDivisionError):
                return Result(kind=form.kind, value=None)
        return None

    def _value(self, kind: str, filled: Mapping[str, Any]) -> Value:
        if kind == "born":
            return Fraction(self._now.year - filled["a"])
        if kind in SPANS:
            day = filled["day"]
            return Fraction(SPANS[kind](day, filled.get("other", day), self._now.date()))
        worked_out: Value = OPERATIONS[kind](*(filled[name] for name in sorted(filled)))
        return worked_out

    def _filled(self, name: str, text: str, depth: int) -> Any:
        if name in ("day", "other"):
            return self._day(text)
        return self._several(text, depth) if name == "list" else self._amount(text, depth)

    def _amount(self, text: str, depth: int) -> Value:
        """A number or a sum; a twenty and a ten dollar bill are numbers too."""
        for said in (text, f"a {text}", re.sub(r"^(?:an?|the) | (?:bill|note)$", "", text)):
            number = self._parse("number", said)
            if isinstance(number, int | float | Fraction):
                return Fraction(str(number))
        quantity = self._parse("quantity", text)
        if isinstance(quantity, Quantity):
            return Fraction(str(quantity.amount))
        found = self._sum(text, depth - 1)
        if found is None:
            raise _NoReading
        if found.value is None:
            raise TooLarge if found.too_large else NoValue
        return found.value

    def _several(self, text: str, depth: int) -> list[Value]:
        parts = self._parts(text)
        numbers: list[Value] = []
        for part in parts:
            try:
                numbers.append(self._amount(part, depth))
            except _NoReading:
                found = [each.value for each in values.find("number", part, "en", self._now)]
                if not found or self._language == "zh":
                    raise
                numbers += [Fraction(str(each)) for each in found]
        if len(numbers) < 2:
            raise _NoReading
        return numbers

    def _parts(self, text: str) -> list[str]:
        """What commas and "and" part; of digits said one by one, each."""
        if self._language == "en":
            *head, last = re.split(" (?:and|or) ", text)
            joined = " and ".join(head)
            return [*re.split("(?<!hundred)(?<!thousand) and ", joined), last]
        parts = [part for part in re.split("[、和与跟]|加上?", text) if part]
        return list(text) if len(parts) == 1 else parts

    # --- values --------------------------------------------------------------------------

    def _parse(self, kind: str, text: str) -> Any:
        return values.parse(kind, text, self._language, self._now)

    def _without_currency(self, said: str) -> tuple[str, str | None]:
        """Prices as plain numbers ("12 dollars 50" is 12.5), and their currency."""
        symbol = re.search(r"[$€£¥](?=\d)", said)
        currency = units.currency(symbol[0]) if symbol else None
        said = re.sub(r"[$€£¥](?=\d)", "", said)
        searched = re.sub("(?<=平)分|分(?=[之成为])", "/", said)
        for found in reversed(values.find("money", searched, self._language, self._now)):
            price, end = found.value, found.end
            if _COUNTED.match(said, end) and (whole := _PRICE.match(said, found.start, end)):
                price, end = self._parse("money", whole[0]), whole.end()
            assert isinstance(price, Money)
            currency = price.currency
            amount = price.amount if isinstance(price.amount, int) else float(price.amount)
            said = f"{said[: found.start]}{amount}{'块' if end < found.end else ''}{said[end:]}"
        return said, currency

    def _day(self, text: str) -> Day:
        text = re.sub(r"^the year ", "", text)
        number = self._parse("number", text.removesuffix("年"))
        if isinstance(number, int) and re.fullmatch(r"\D{2}年|\d{2}年", text):  # 八五年
            number += 1900 if number > self._now.year % 100 else 2000
        if isinstance(number, int) and 1000 <= number <= 2999:
            return Day(date(number, 1, 1), year_only=True)
        day = self._parse("date", text) or self._parse("date", self._first(text))
        if not isinstance(day, date):
            raise _NoReading
        later = self._now.replace(year=self._now.year + LATER, day=min(self._now.day, 28))
        again = values.parse("date", text, self._language, later)
        return Day(day, year_said=again in (None, day))

    def _first(self, text: str) -> str:
        return f"the 1st of {text}" if self._language == "en" else f"{text}一号"


def _bounded(result: Result) -> Result:
    """A result that can be told, or that it cannot."""
    parts = result.value.as_integer_ratio() if isinstance(result.value, Fraction) else ()
    if any(part.bit_length() > LARGEST for part in parts):
        return replace(result, value=None, too_large=True)
    return result
