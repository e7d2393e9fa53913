"""Amounts: scaled so that they can be measured and said, turned from cups to grams."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voice_assistant_skills.recipes import amounts, book, wording
from voice_assistant_skills.recipes.amounts import Amount
from voice_assistant_skills.recipes.conversion import converted
from voice_assistant_skills.recipes.cooking import Dish
from voice_assistant_skills.recipes.foods import foods
from voice_assistant_skills.recipes.scaling import TOLERANCE, scaled

BOOKS = {language: book.load(language).recipes for language in ("en", "zh")}
RECIPES = BOOKS["en"] + BOOKS["zh"]
UNSPEAKABLE = re.compile(r"\d\.\d{3}|\d/\d|Fraction|None")


@given(st.sampled_from(RECIPES), st.integers(1, 12))
@settings(max_examples=600, deadline=None)
def test_any_recipe_for_any_number_of_people_is_speakable_and_close(recipe, servings):
    dish = Dish(recipe=recipe, servings=servings)
    assert not UNSPEAKABLE.search(wording.ingredients(dish, recipe.language))
    for each in recipe.ingredients:
        amount = dish.amount(each)
        if amount.number is None:
            continue
        assert amount.number > 0
        unit = amounts.units()[each.amount.unit]
        whole = unit.counts or amount.unit == "pinch"
        if not whole:
            exact = float(each.amount.number * dish.factor)
            base = exact * (unit.ml or unit.grams)
            assert (amount.ml or amount.grams) == pytest.approx(base, rel=TOLERANCE + 1e-9)
        elif each.food and each.food.whole:
            assert amount.number.denominator == 1


@pytest.mark.parametrize(
    ("written", "factor", "said"),
    [
        ("3 eggs", Fraction(1, 3), "1"),
        ("1 tsp", Fraction(1, 2), "half a teaspoon"),
        ("3 tbsp", Fraction(3, 4), "2 tablespoons and 1 teaspoon"),
        ("200 g", Fraction(5, 2), "500 grams"),
        ("800 g", Fraction(3, 2), "1.2 kilos"),
        ("1 1/2 cups", Fraction(2), "3 cups"),
    ],
)
def test_scaled_amounts_are_those_a_cook_would_take(written, factor, said):
    amount, _ = amounts.parse(written, "en")
    assert amounts.said(scaled(amount, factor, whole=True), "en") == said


def test_chinese_amounts_are_said_in_chinese():
    assert amounts.said(Amount(Fraction(2), "tbsp"), "zh") == "两汤匙"
    assert amounts.said(Amount(Fraction(1, 2), "tsp"), "zh") == "半茶匙"
    assert amounts.said(Amount(Fraction(5, 2), "tbsp"), "zh") == "两汤匙半"


@pytest.mark.parametrize(
    ("heard", "food", "result"),
    [
        ("how many grams is a cup of flour", "flour", "125 grams"),
        ("how many grams is a cup of sugar", "sugar", "200 grams"),
        ("how many grams are two tablespoons of honey", "honey", "43 grams"),
        ("250 grams of flour in cups", "flour", "2 cups"),
    ],
)
def test_cups_and_grams_by_density(heard, food, result):
    assert converted(heard, foods().by_id[food], "en")["result"] == result
