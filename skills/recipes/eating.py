"""What is in a food, an amount of it or a portion of a dish."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from voice_assistant import values
from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import amounts, lexis, wishes, wording
from .finding import Finding
from .foods import FLESH, Food, foods, grams
from .nutrition import Nutrition, of_food


class Eating(Finding):
    """Energy and nutrients."""

    @intent("calories")
    async def calories(self, turn: Turn, **slots: Any) -> Answer:
        """What is in a food or in a portion of a dish; of two foods, which has more."""
        heard = turn.route.text or turn.text
        if lexis.listed("vitamins", turn.language).search(heard.lower()):
            return turn.phrase("no_vitamins")
        hits = foods().inside(heard, turn.language)
        if len(hits) > 1 and lexis.listed("compare", turn.language).search(heard.lower()):
            return self._compared(turn, [food for _, _, food in hits[:2]], _asked(turn))
        recipe = self.names(turn.language).inside(heard)
        if recipe is None and not hits:
            if wishes.read(heard, turn.language).courses:  # "a lunch with few calories"
                return await self.find(turn)
            pointed = lexis.listed("pointing", turn.language).search(_heard(turn))
            recipe = self.current(turn.language) if pointed or not slots.get("what") else None
        whole = max((end - start for start, end, _ in hits), default=0)
        if recipe and len(recipe.title) > whole:
            self.offer([recipe])
            portion = self.book(turn.language).traits(recipe).nutrition
            return self._nutrition(turn, recipe.title, "portion", portion)
        if not hits:
            return turn.phrase("unknown_food")
        asked = lexis.listed("sugary", turn.language).search(heard.lower())
        if len(hits) > 1 and asked:  # "how much sugar is in an apple"
            hits = [hit for hit in hits if hit[2].id != "sugar"] or hits
        start, _, food = max(hits, key=lambda hit: hit[1] - hit[0])
        return self._nutrition(turn, *self._amount_of(turn, food, heard[:start]))

    def _compared(self, turn: Turn, pair: list[Food], nutrient: str) -> str:
        """Two foods side by side, a hundred grams of each."""
        pair = sorted(pair, key=lambda food: -getattr(food, nutrient))
        parts = [
            turn.phrase(
                "compared_one",
                food=food.name(turn.language),
                amount=_amount(nutrient, of_food(food, 100), turn.language),
            )
            for food in pair
        ]
        joined = say_list(parts, "en") if turn.language == "en" else "，".join(parts)
        return turn.phrase("compared", foods=joined)

    def _amount_of(self, turn: Turn, food: Food, before: str) -> tuple[str, str, Nutrition]:
        """The food in the amount that was said, else one piece, else a hundred grams."""
        spoken = _spoken_amount(before, turn.language)
        if spoken:
            joint = " of " if turn.language == "en" and spoken.unit != "piece" else ""
            joint = " " if turn.language == "en" and not joint else joint
            name = food.name(turn.language)
            if turn.language == "en" and spoken.unit == "piece":
                name = wording.plural(name)
            said = f"{amounts.said(spoken, turn.language)}{joint}{name}"
            return said, "amount", of_food(food, grams(spoken, food))
        if food.each.get("piece", _HELPING + 1) <= _HELPING and food.kind not in FLESH:
            return food.name(turn.language), "piece", of_food(food, food.each["piece"])
        return food.name(turn.language), "hundred", of_food(food, 100)

    def _nutrition(self, turn: Turn, what: str, key: str, found: Nutrition) -> Reply:
        language, asked = turn.language, _asked(turn)
        said = turn.phrase(
            f"calories_{key}",
            what=what,
            kcal=say_number(round(found.kcal), language),
            protein=_grams(found.protein, language),
            carbs=_grams(found.carbs, language),
            fat=_grams(found.fat, language),
            grams=say_number(round(found.grams), language),
        )
        if key == "portion" and lexis.listed("sugary", language).search(_heard(turn)):
            said += turn.phrase("sugar_of_that", amount=_grams(found.sugar, language))
        elif asked not in {"kcal", "protein", *_TOLD.get(key, ())}:
            said += turn.phrase("of_that", amount=_amount(asked, found, language))
        return Reply(say=said)


_HELPING = 250
"""Grams of a piece that one eats at a time; what is larger is told by the hundred grams."""

_TOLD = {"portion": ("carbs", "fat"), "hundred": ("fat",)}
"""Nutrients that are told anyway, by the form of the answer."""

_STATE = re.compile(
    r" (?:hard boiled|boiled|fried|raw|cooked|large|small|medium|big|ripe|fresh|poached|scrambled)$"
)
"""What may stand between a number and its food."""


def _heard(turn: Turn) -> str:
    return (turn.route.text or turn.text).lower()


def _asked(turn: Turn) -> str:
    """The nutrient that was asked about; energy if none."""
    heard = _heard(turn)
    named = lexis.words(turn.language)["nutrients"]
    return next((key for key in named if any(word in heard for word in named[key])), "kcal")


def _amount(nutrient: str, found: Nutrition, language: str) -> str:
    """So much of a nutrient, with its name: "11 grams of fat"."""
    name = lexis.words(language)["nutrients"][nutrient][0]
    value = getattr(found, nutrient)
    if nutrient == "kcal":
        return f"{say_number(round(value), language)}{' ' if language == 'en' else ''}{name}"
    if nutrient == "sodium":  # told as what one knows: salt
        value = round(value * 2.54 / 1000, 1)
    value = round(value, 0 if value >= 10 else 1)
    said = amounts.said(amounts.Amount(Fraction(str(value)), "g"), language)
    return f"{said} of {name}" if language == "en" else f"{said}{name}"


def _grams(weight: float, language: str) -> str:
    return amounts.said(amounts.Amount(Fraction(round(weight)), "g"), language)


def _spoken_amount(before: str, language: str) -> amounts.Amount | None:
    """An amount at the end of what came before the food: "200 grams of", "两杯"."""
    before = _STATE.sub("", f" {before.strip()}").strip()
    text = amounts.tidy(before.strip().removesuffix(" of").removesuffix(" the").strip())
    names = amounts.unit_names(language)
    unit = next((n for n in sorted(names, key=len, reverse=True) if text.endswith(n)), "")
    count = text.removesuffix(unit).strip() if unit else text
    if unit and (article := re.search(r"\b(half )?an?$", count)):
        return amounts.Amount(Fraction(1, 2) if article[1] else Fraction(1), names[unit])
    found = values.find("number", count, language, wishes.ANY_DAY)
    if not found or found[-1].end != len(count) or (not unit and language == "zh"):
        return None
    value = Fraction(str(found[-1].value))
    if value <= 0 or (value == 1 and not unit):
        return None
    return amounts.Amount(
        value, names.get(unit, "piece"), unit if names.get(unit) == "piece" else ""
    )
