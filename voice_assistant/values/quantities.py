"""Numbers with something behind them: units, money, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from voice_assistant.texts import read_yaml
from voice_assistant.values import numbers_en, numbers_zh
from voice_assistant.values.kinds import Money, Number, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure."""

    name: str
    measure: str
    """What it measures: length, mass, volume, temperature, area, speed, data, energy or time."""
    factor: Fraction
    """One of it in the base unit of its measure; temperatures are converted by formula."""


def _data(name: str) -> Any:
    text = files("voice_assistant").joinpath("data", name).read_text("utf-8")
    return read_yaml(text)


@cache
def units(language: str) -> dict[str, Unit]:
    """Every unit by the names it goes by in a language."""
    return {
        said: Unit(name=name, measure=measure, factor=Fraction(str(entry["factor"])))
        for measure, entries in _data("units.yaml").items()
        for name, entry in entries.items()
        for said in entry[language]
    }


@cache
def currencies(language: str) -> dict[str, str]:
    """Every currency's code by the names it goes by in a language."""
    return {
        said: code for code, entry in _data("currencies.yaml").items() for said in entry[language]
    }


def number(text: str, language: str) -> Number | None:
    """A number and nothing else."""
    return numbers_zh.number(text) if language == "zh" else numbers_en.number(text)


def unit(text: str, language: str) -> str | None:
    """The name of a unit."""
    found = units(language).get(text.strip())
    return found.name if found else None


def quantity(text: str, language: str) -> Quantity | None:
    """An amount of a unit: "two and a half cups", 三公斤半."""
    text = _apart(text, language)
    for before, name in _ends(text, units(language)):
        amount = _amount_before(before, name, language)
        if amount is not None:
            return Quantity(amount=amount, unit=units(language)[name].name)
    if language == "zh" and text.endswith("半"):
        whole = quantity(text[:-1], language)
        if whole is not None:
            return Quantity(amount=whole.amount + Fraction(1, 2), unit=whole.unit)
    return _split(text) if language == "en" else None


def _split(text: str) -> Quantity | None:
    """ "a cup and a half", "half a cup", "three quarters of a cup"."""
    match = re.fullmatch(
        r"(a|an|one|two|three|\w+) (.+) and (a half|a quarter|three quarters)", text
    )
    if match and (named := units("en").get(match[2])):
        whole = _amount(match[1], "en")
        part = numbers_en.number(match[3])
        if whole is not None and part is not None:
            return Quantity(amount=whole + part, unit=named.name)
    match = re.fullmatch(r"(half|(?:a|three) quarters?|two thirds|a third)(?: of)? an? (.+)", text)
    if match and (named := units("en").get(match[2])):
        part = numbers_en.number(match[1])
        return None if part is None else Quantity(amount=part, unit=named.name)
    return None


def _apart(text: str, language: str) -> str:
    return re.sub(r"(\d)([a-z])", r"\1 \2", text) if language == "en" else text.replace(" ", "")


@cache
def _longest_first(names: tuple[str, ...]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _ends(text: str, names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The names that a text ends with, the longest first, and what stands before each."""
    for at in range(1, len(text)):
        if text[at:] in names:
            yield text[:at], text[at:]


def _amount_before(text: str, name: str, language: str) -> Number | None:
    """The amount of a unit that a text is which stands before its name: apart from a word."""
    if language == "en" and name[0].isalnum() and not text.endswith(" "):
        return None
    return _amount(text if language == "zh" else text.rstrip(), language)


def _amount(text: str, language: str) -> Number | None:
    if language == "en" and text in {"a", "an"}:
        return 1
    if language == "en" and text in {"a couple of", "a couple"}:
        return 2
    if language == "en" and (text.endswith((" of a", " of an")) or text == "half a"):
        return numbers_en.number(re.sub(r"(?: of)? an?$", "", text))
    return number(text, language)


def percent(text: str, language: str) -> Number | None:
    """A percentage, as the number in front of the sign: "fifty percent" is 50."""
    if language == "zh":
        if text.startswith("百分之"):
            return numbers_zh.number(text.removeprefix("百分之"))
        if text.endswith("成") and (tenths := numbers_zh.number(text[:-1])) is not None:
            return tenths * 10
        if text in {"一半", "最大", "最高"}:
            return 50 if text == "一半" else 100
        return numbers_zh.number(text[:-1]) if text.endswith("%") else None
    match = re.fullmatch(r"(.+?) ?(?:percent|per cent|%)", text)
    if match is None:
        return None
    return numbers_en.number(match[1])


def money(text: str, language: str) -> Money | None:
    """An amount of money: "five dollars and twenty cents", 三块五."""
    text = text.strip()
    if language == "zh":
        return _money_zh(text)
    if match := re.fullmatch(r"([$€£¥]) ?(\d+(?:\.\d+)?)(?: (\w+))?", text):
        amount = numbers_en.number(" ".join(part for part in match.groups()[1:] if part))
        return None if amount is None else Money(amount=amount, currency=currencies("en")[match[1]])
    if match := re.fullmatch(r"(.+?) (?:cents?|pence|pennies)", text):
        head, _, tail = match[1].rpartition(" and ")
        whole = money(head, "en") if head else None
        cents = _amount(tail, "en")
        if cents is not None and (whole is not None or not head):
            code = whole.currency if whole else ("GBP" if "pe" in text else "USD")
            return Money(amount=(whole.amount if whole else 0) + cents / 100, currency=code)
    names = currencies("en")
    for name in _longest_first(tuple(names)):
        if f" {name}" in text:
            before, _, after = text.partition(f" {name}")
            amount = _amount(before, "en")
            cents = numbers_en.number(after.strip().removeprefix("and ")) if after else 0
            if amount is not None and cents is not None and (not cents or 10 <= cents < 100):
                return Money(amount=amount + cents / 100 if cents else amount, currency=names[name])
    return None


_SMALL_ZH = re.compile(r"(?:(.+?)(?:块|元))?(?:(.)(?:毛|角)钱?)?(?:(.)分钱?|(?<=[毛角])(.))?")


def _money_zh(text: str) -> Money | None:
    names = currencies("zh")
    for before, name in _ends(text, names):
        if (amount := numbers_zh.number(before)) is not None:
            return Money(amount=amount, currency=names[name])
    if (match := re.fullmatch(r"(.+?)(?:块|元)钱?(.)", text)) and match[2] not in "钱":
        whole, tenth = numbers_zh.number(match[1]), numbers_zh.DIGITS.get(match[2], -1)
        if match[2] == "半":
            tenth = 5
        if whole is not None and tenth >= 0:
            return Money(amount=float(whole + Fraction(tenth, 10)), currency="CNY")
    match = _SMALL_ZH.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    parts = [numbers_zh.number(part) if part else 0 for part in match.groups()]
    if any(part is None for part in parts):
        return None
    shares = (Fraction(1), Fraction(1, 10), Fraction(1, 100), Fraction(1, 100))
    total = sum(Fraction(part or 0) * share for part, share in zip(parts, shares, strict=True))
    return Money(amount=float(total), currency="CNY")
