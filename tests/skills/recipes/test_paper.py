"""Cards, shopping lists and plans."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.recipes import book, cards, search
from voice_assistant_skills.recipes.cooking import Dish
from voice_assistant_skills.recipes.diets import Profile
from voice_assistant_skills.recipes.planning import dinners
from voice_assistant_skills.recipes.shopping import needs
from voice_assistant_skills.recipes.wishes import Wish

from tests.skills.recipes.house import House

pytestmark = pytest.mark.anyio


class FakeLists:
    def __init__(self):
        self.items = []

    def add(self, items, list_name):
        before, self.items = self.items, self.items + [(list_name, item) for item in items]
        return lambda: setattr(self, "items", before)


async def test_a_card_is_written_to_read_and_to_print(tmp_path):
    house = House(tmp_path)
    outcome = await house.say("write down the recipe for hummus")
    text = (tmp_path / "cards" / "Hummus.md").read_text(encoding="utf-8")
    page = (tmp_path / "cards" / "Hummus.html").read_text(encoding="utf-8")
    assert outcome.display == text
    assert "100 g tahini" in text
    assert "Contains: sesame" in text
    assert "kcal" in text
    assert page.startswith("<!doctype html>")
    assert "http" not in page
    assert outcome.receipts[0].action == "recipes.write"


async def test_a_card_is_for_as_many_as_are_being_cooked_for(tmp_path):
    house = await House(tmp_path).play("cook shakshuka for eight people\nwrite it down")
    assert "12 eggs" in (tmp_path / "cards" / "Shakshuka.md").read_text(encoding="utf-8")
    assert house


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_recipe_makes_a_card(language):
    for recipe in book.load(language).recipes:
        dish = Dish(recipe=recipe, servings=recipe.servings + 1)
        assert recipe.title in cards.markdown(dish)
        assert "<script" not in cards.html(dish)


async def test_ingredients_go_to_the_households_lists(tmp_path):
    lists = FakeLists()
    house = House(tmp_path, services={"lists": lists})
    outcome = await house.say("put the ingredients for banana bread on the shopping list")
    assert ("shopping", "220 g flour") in lists.items
    assert not any("salt" in item for _, item in lists.items)
    assert "Banana bread" in outcome.text
    outcome = await house.say("put the ingredients for pancakes on the shopping list")
    assert ("shopping", "200 g flour more") in lists.items
    assert "pancakes" in await outcome.receipts[0].undo()
    assert ("shopping", "200 g flour more") not in lists.items


async def test_without_lists_a_file_is_kept(tmp_path):
    await House(tmp_path, "zh").say("把红烧肉的材料加到购物清单")
    assert "五花肉" in (tmp_path / "shopping-list.md").read_text(encoding="utf-8")


def test_the_same_food_of_two_dishes_is_bought_once():
    read = book.load("en")
    dishes = [Dish(recipe=read.by_id[name], servings=4) for name in ("shakshuka", "lentil-soup")]
    wanted = {need.key: need.text("en") for need in needs(dishes, "en")}
    assert wanted["onion|piece"].startswith("2 ")
    assert len([key for key in wanted if key.startswith("garlic|")]) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_seven_dinners_differ_and_obey(language):
    profile = Profile(diets=frozenset({"vegetarian"}), allergies=frozenset({"nut"}))
    read = book.load(language)
    hits = search.fitting(read, Wish(courses=frozenset({"main"})), profile, limit=60)
    chosen = dinners(hits, 7)
    assert len({recipe.id for recipe in chosen}) == 7
    for recipe in chosen:
        assert "vegetarian" in read.traits(recipe).diets
        assert "nut" not in read.traits(recipe).allergens


async def test_the_plan_knows_whats_for_dinner(tmp_path):
    house = House(tmp_path)
    planned = await house.say("plan three dinners")
    days = house.tried.skill.home.store.get("plan")["days"]
    assert len(days) == 3
    first, second, _ = (house.tried.skill.recipe(name, "en").title for name in days.values())
    assert first in planned.text
    assert first in (await house.say("what's for dinner")).text
    house.tried.clock.jump(timedelta(days=1))
    assert second in (await house.say("what's for dinner")).text
    assert second in (await house.say("what's the meal plan")).text
    listed = await house.say("add the plan to the shopping list")
    assert listed.receipts[0].result["items"]
    assert await planned.receipts[0].undo()
    assert house.tried.skill.home.store.get("plan") is None
