"""Lines of a recipe: an ingredient with its amount, and what stands in the braces of a step."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from . import amounts
from .amounts import Amount
from .foods import foods
from .recipe import Ingredient

_TIME = re.compile(
    r"(\d+(?:\.\d+)?)(?:-(\d+))? ?(h|hours?|min|minutes?|s|seconds?|小时|个小时|分钟|秒钟?)$"
)
_OVEN = re.compile(r"(\d{2,3}) ?(?:C|度)$")
_CORE = re.compile(r"(?:core|中心) ?(\d{2,3}) ?(?:C|度)$")
_SECONDS = {"h": 3600, "m": 60, "s": 1, "小": 3600, "个": 3600, "分": 60, "秒": 1}


def ingredient(line: str, language: str) -> Ingredient:
    """One line of an ingredient list."""
    return _ingredient_zh(line) if language == "zh" else _ingredient_en(line)


def _ingredient_en(line: str) -> Ingredient:
    line, optional = re.subn(r"\s*\(optional\)\s*$", "", line)
    amount, taken = amounts.parse(line, "en") or (Amount(None), 0)
    rest = re.sub(r"^of ", "", line[taken:].strip())
    item, _, prep = (part.strip() for part in rest.partition(","))
    food = foods().named(item, "en")
    if food is None and foods().named(prep, "en"):  # "boneless, skinless chicken breasts"
        item, prep = f"{item}, {prep}", ""
        food = foods().named(item, "en")
    return Ingredient(item=item, amount=amount, food=food, prep=prep, optional=bool(optional))


_ZH_LINE = re.compile(r"(?P<item>[^\s，,（(]+)\s*(?P<amount>[^，,（(]*)[，,]?\s*(?P<prep>.*)$")


def _ingredient_zh(line: str) -> Ingredient:
    line, optional = re.subn(r"\s*[（(]?可选[）)]?\s*$", "", line)
    match = _ZH_LINE.match(line)
    item, measure, prep = (
        (match["item"], match["amount"], match["prep"]) if match else (line, "", "")
    )
    found = amounts.parse(measure.replace("半", "1/2"), "zh")
    if found is None and measure and measure not in {"适量", "少许", "若干"}:
        prep = f"{measure}，{prep}" if prep else measure
    amount = found[0] if found else Amount(None)
    food = foods().named(item, "zh")
    return Ingredient(
        item=item, amount=amount, food=food, prep=prep.strip(), optional=bool(optional)
    )


def fact(inside: str, language: str, facts: dict[str, Any]) -> str:
    """A time or a temperature in braces: noted in `facts`; how it is written in the text."""
    if match := _TIME.match(inside):
        seconds = float(match[2] or match[1]) * _SECONDS[match[3][0]]
        facts["time"] = facts.get("time", timedelta()) + timedelta(seconds=seconds)
        return _time_words(match) if language == "en" else inside.replace("-", "到")
    if match := _CORE.match(inside):
        facts["core"] = int(match[1])
        return f"{match[1]} °C in the middle" if language == "en" else f"中心{match[1]}°C"
    if match := _OVEN.match(inside):
        facts["oven"] = int(match[1])
        return f"{match[1]} °C" if language == "en" else f"{match[1]}°C"
    return ""


def _time_words(match: re.Match[str]) -> str:
    low, high, unit = match[1], match[2], match[3]
    word = {"h": "hour", "m": "minute", "s": "second"}[unit[0]]
    plural = "" if (high or low) == "1" else "s"
    return f"{low} to {high} {word}{plural}" if high else f"{low} {word}{plural}"


def used(name: str, ingredients: list[Ingredient], language: str) -> int | None:
    """The place of the ingredient that a step means."""
    wanted = name.lower()
    items = [each.item.lower() for each in ingredients]
    if wanted in items:
        return items.index(wanted)
    food = foods().named(name, language)
    for place, each in enumerate(ingredients):
        if food and each.food and foods().within(each.food, food):
            return place
    for place, item in enumerate(items):
        if food is None and (wanted in item or item in wanted):
            return place
    for place, each in enumerate(ingredients):
        if food and each.food and foods().within(food, each.food):
            return place
    return None
