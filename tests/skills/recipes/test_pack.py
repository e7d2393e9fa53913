"""An installed collection: found by name, checked like ours, told where it is from."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from voice_assistant_skills.recipes.cards import markdown
from voice_assistant_skills.recipes.cooking import Dish
from voice_assistant_skills.recipes.pack import Pack
from voice_assistant_skills.recipes.skill import Recipes

from tests.fakes import TryOut

SOUP = {
    "title": "Grandmother's Leek Soup",
    "servings": "4-6",
    "time": "1 hour 10 minutes",
    "ingredients": ["3 leeks, sliced", "500 g potatoes", "1 litre water", "1 teaspoon salt"],
    "steps": ["Fry the leeks for 5 minutes.", "Add potatoes, water and salt and boil 20 minutes."],
}
RAW = {
    "title": "Pink Chicken",
    "ingredients": ["500 g chicken breast", "1 teaspoon salt"],
    "steps": ["Salt the chicken and warm it for 2 minutes."],
}
ODD = {"title": "Moon Pie", "ingredients": ["2 cups moon dust"], "steps": ["Bake the moon dust."]}
BROKEN = {"title": "Nothing", "steps": ["Wait."]}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "recipes.json"
    path.write_text(json.dumps({each["title"]: each for each in (SOUP, RAW, ODD, BROKEN)}))
    return path


def test_it_is_found_by_name_and_says_where_it_is_from(file):
    recipe = Pack(file).find("grandmothers leek soup")
    assert recipe.servings == 4
    assert recipe.minutes == 70
    assert "Wikibooks Cookbook, CC BY-SA 4.0" in markdown(Dish(recipe=recipe, servings=4))


@pytest.mark.parametrize("name", ["Pink Chicken", "Moon Pie", "Nothing", "beef stew"])
def test_nobody_is_given_what_cannot_be_vouched_for(file, name):
    assert Pack(file).find(name) is None


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 3}', '{"a": {"name": 1}}'])
def test_a_broken_file_holds_nothing(tmp_path, text):
    (tmp_path / "recipes.json").write_text(text)
    assert Pack(tmp_path / "recipes.json").find("soup") is None
    assert Pack(tmp_path / "none.json").find("soup") is None


async def test_one_that_was_cooked_is_there_after_a_restart(tmp_path, file):
    best = SimpleNamespace(name="pack")
    catalog = SimpleNamespace(best=lambda kind: best, path=lambda name: file)
    tried = TryOut(Recipes, tmp_path / "home", services={"catalog": catalog})
    outcome = tried.turn("en", text="how do i make grandmother's leek soup")
    recipe = await tried.skill.meant(outcome.turn, "grandmother's leek soup")
    assert recipe.source == "wikibooks"
    again = TryOut(
        Recipes, tmp_path / "home", services={"catalog": catalog}, database=tried.database
    )
    assert again.skill.recipe(recipe.id, "en").title == SOUP["title"]
