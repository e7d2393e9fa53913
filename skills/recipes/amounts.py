"""How much: amounts with units, read, written and said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.speaking import say_count, say_number
from voice_assistant.texts import read_yaml

DATA = Path(__file__).parent / "data"


@cache
def data(name: str) -> Any:
    """The content of `data/NAME.yaml`. It is shared: treat it as read-only."""
    return read_yaml((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "半": "1/2"}
_WRITTEN = {Fraction(g): k for k, g in _GLYPHS.items() if k != "半"}
_NUMBER = r"\d+\s+\d+/\d+|\d+/\d+|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the cookbook."""

    id: str
    grams: float | None
    ml: float | None
    typical: float | None
    """Grams of one where a food does not say; for bunches, slices and the like."""
    names: dict[str, tuple[str, ...]]

    @property
    def counts(self) -> bool:
        """Whether it counts things, rather than weighing or measuring them."""
        return self.grams is None and self.ml is None


@cache
def units() -> dict[str, Unit]:
    """Every unit by its id."""
    return {key: _unit(key, value) for key, value in data("units").items()}


def _unit(key: str, value: dict[str, Any]) -> Unit:
    names: dict[str, tuple[str, ...]] = {
        language: tuple(value[language]) for language in ("en", "zh") if language in value
    }
    return Unit(key, value.get("g"), value.get("ml"), value.get("typical"), names)


@cache
def unit_names(language: str) -> dict[str, str]:
    """Unit ids by what they are called."""
    return {n: u.id for u in units().values() for n in u.names.get(language, ())}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units; None is "some" (to taste). More than one part: "1 tbsp and 1 tsp"."""

    number: Fraction | None
    unit: str = "piece"
    measure: str = ""
    """The word it was written with: 根, 瓣, "tin"."""
    also: Amount | None = None
    """A smaller part to add."""

    @property
    def ml(self) -> float | None:
        """Its volume, if it has one."""
        size = units()[self.unit].ml
        if self.number is None or size is None:
            return None
        return float(self.number) * size + ((self.also.ml or 0.0) if self.also else 0.0)

    @property
    def grams(self) -> float | None:
        """Its weight, if it is a weight."""
        size = units()[self.unit].grams
        return float(self.number) * size if self.number is not None and size else None


def number(text: str) -> Fraction:
    """ "2", "1/2", "1 1/2", "0.25", "½", "2½" as a fraction."""
    for glyph, written in _GLYPHS.items():
        text = text.replace(glyph, f" {written}")
    return sum((Fraction(part) for part in text.split()), Fraction(0))


def tidy(text: str) -> str:
    """The text with fraction characters written out."""
    for glyph, written in _GLYPHS.items():
        text = re.sub(rf"(\d?){glyph}(?=\s|\w|$)", rf"\1 {written} ", text)
    return " ".join(text.split())


@cache
def amount_pattern(language: str) -> re.Pattern[str]:
    """An amount at the start of a text."""
    names = "|".join(sorted(map(re.escape, unit_names(language)), key=len, reverse=True))
    end = r"(?![a-z])" if language == "en" else ""
    return re.compile(rf"({_NUMBER})\s*(?:({names}){end})?\s*", re.IGNORECASE)


def parse(text: str, language: str) -> tuple[Amount, int] | None:
    """The amount a text starts with, and how many characters it took."""
    match = amount_pattern(language).match(text)
    if not match:
        return None
    name = (match[2] or "").lower()
    unit = unit_names(language).get(name, "piece")
    return Amount(
        number(match[1]), unit, name if unit in {"piece", "can", "packet"} else ""
    ), match.end()


def written(amount: Amount, language: str) -> str:
    """As on a card: "1½ tbsp", "2 汤匙"."""
    if amount.number is None:
        return "" if language == "en" else "适量"
    unit = units()[amount.unit]
    name = amount.measure or _abbreviation(unit, amount.number, language)
    figure = _figure(amount.number)
    text = f"{figure} {name}".strip() if language == "en" or name.isascii() else f"{figure}{name}"
    return f"{text} + {written(amount.also, language)}" if amount.also else text


def _abbreviation(unit: Unit, count: Fraction, language: str) -> str:
    names = unit.names.get(language) or unit.names.get("en") or ("",)
    if unit.id == "piece":
        return "" if language == "en" else names[0]
    if unit.counts and language == "en" and count > 1:
        return names[min(2, len(names) - 1)]
    return names[0]


def _figure(value: Fraction) -> str:
    whole, part = divmod(value, 1)
    if not part:
        return str(whole)
    if part in _WRITTEN:
        return f"{whole or ''}{_WRITTEN[part]}"
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


_EN_PARTS = {
    Fraction(1, 2): "half", Fraction(1, 4): "a quarter", Fraction(3, 4): "three quarters",
    Fraction(1, 3): "a third", Fraction(2, 3): "two thirds", Fraction(1, 8): "an eighth",
}  # fmt: skip
_ZH_PARTS = {
    Fraction(1, 4): "四分之一", Fraction(3, 4): "四分之三", Fraction(1, 3): "三分之一",
    Fraction(2, 3): "三分之二", Fraction(1, 8): "八分之一",
}  # fmt: skip


def said(amount: Amount, language: str) -> str:
    """As one says it: "one and a half tablespoons of", without the "of"; "两汤匙半"."""
    if amount.number is None:
        return "" if language == "en" else "适量"
    text = _said_en(amount) if language == "en" else _said_zh(amount)
    if amount.also:
        text += (" and " if language == "en" else "加") + said(amount.also, language)
    return text


def _said_en(amount: Amount) -> str:
    unit, value = units()[amount.unit], amount.number or Fraction(0)
    names = unit.names.get("en", ("", "", ""))
    one, many = names[1 if len(names) > 1 else 0], names[min(2, len(names) - 1)]
    if amount.unit == "piece":
        one = many = ""
    elif amount.measure:
        one = many = amount.measure
        many += "" if amount.measure.endswith("s") else "s"
    whole, part = divmod(value, 1)
    if part and part not in _EN_PARTS:
        return f"{_figure(value)} {many}".strip()
    if not part:
        return f"{whole} {one if whole == 1 else many}".strip()
    if not whole:
        words = "half a" if part == Fraction(1, 2) else f"{_EN_PARTS[part]} of a"
        return f"{words} {one}".replace(" a ounce", " an ounce").strip() if one else _EN_PARTS[part]
    half = "a half" if part == Fraction(1, 2) else _EN_PARTS[part]
    return f"{whole} and {half} {many}".strip()


def _said_zh(amount: Amount) -> str:
    unit, value = units()[amount.unit], amount.number or Fraction(0)
    name = amount.measure or (unit.names.get("zh") or unit.names["en"])[0]
    name = {"g": "克", "ml": "毫升", "kg": "公斤", "oz": "盎司", "lb": "磅"}.get(name, name)
    whole, part = divmod(value, 1)
    if not part:
        return say_count(int(whole), name, "zh")
    if part == Fraction(1, 2):
        return f"{say_count(int(whole), name, 'zh')}半" if whole else f"半{name}"
    if part not in _ZH_PARTS:
        return f"{say_number(float(value), 'zh')}{name}"
    return f"{say_number(int(whole), 'zh') + '又' if whole else ''}{_ZH_PARTS[part]}{name}"
