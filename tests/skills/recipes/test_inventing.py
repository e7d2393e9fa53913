"""What a language model makes up is checked like a stranger's recipe."""

from __future__ import annotations

import json
import re

import pytest
from voice_assistant_skills.recipes import pantry, wishes
from voice_assistant_skills.recipes.diets import Profile, against
from voice_assistant_skills.recipes.drafts import hopeless
from voice_assistant_skills.recipes.foods import foods
from voice_assistant_skills.recipes.lines import ingredient
from voice_assistant_skills.recipes.linking import invented

from tests.skills.recipes.house import House

pytestmark = pytest.mark.anyio

GOOD = {
    "title": "Lemon rice with spinach",
    "serves": 2,
    "minutes": 25,
    "ingredients": ["180 g rice", "200 g spinach", "1 tbsp olive oil", "1 lemon"],
    "steps": [
        "Boil the rice for 15 minutes until soft.",
        "Fry the spinach in the olive oil for 3 minutes until wilted.",
        "Mix with the rice and the juice of the lemon.",
    ],
}
ZH = {
    "title": "土豆鸡蛋饼",
    "serves": 2,
    "minutes": 20,
    "ingredients": ["土豆 2个", "鸡蛋 3个", "油 2汤匙", "盐 1/2茶匙"],
    "steps": ["土豆擦丝，和鸡蛋、盐拌匀。", "油烧热，煎8分钟，煎到两面金黄凝固。"],
}


class FakeMind:
    name = "fake"
    ready = True

    def __init__(self, *replies):
        self.replies = list(replies)
        self.asked = []

    def excuse(self, language):
        return ""

    async def think(self, chat, *, limit=200, grammar=None):
        self.asked.append((chat, grammar))
        for char in self.replies.pop(0):
            yield char

    async def speak(self, chat, *, language, limit=200, sentences=4):
        yield self.replies.pop(0)

    async def prepare(self, chat):
        pass


def test_a_sound_recipe_passes():
    recipe = invented(json.dumps(GOOD), "en", "x")
    assert recipe.source == "invented"
    assert [len(step.uses) for step in recipe.steps] == [1, 2, 2]
    assert invented(json.dumps(ZH), "zh", "x")


def test_a_garnish_that_nobody_listed_is_left_out():
    steps = [*GOOD["steps"], "Serve with chopped peanuts if desired. Eat it hot."]
    made = invented(json.dumps(GOOD | {"steps": steps}), "en", "x")
    assert made.steps[-1].text == "Eat it hot."
    assert "peanut" not in " ".join(step.text for step in made.steps)


@pytest.mark.parametrize(
    ("language", "change", "told", "gone"),
    [
        ("en", {"steps": [*GOOD["steps"], "Stir in the peanuts."]}, "olive oil", "peanut"),
        ("en", {"steps": [*GOOD["steps"], "Season with salt and curry powder."]}, "salt", "curry"),
        ("en", {"steps": GOOD["steps"] * 2}, "15 minutes", "15 minutes. Boil"),
        ("en", {"ingredients": [*GOOD["ingredients"], "30 g walnuts"]}, "rice", "walnut"),
        ("en", {"title": "Chicken rice"}, "rice", "hicken"),
        ("zh", {"steps": [*ZH["steps"], "撒上鸡精和葱花。"]}, "土豆", "鸡精"),
    ],
)  # fmt: skip
def test_a_harmless_fault_is_mended(language, change, told, gone):
    made = invented(json.dumps((GOOD if language == "en" else ZH) | change), language, "x")
    said = " ".join(
        [made.title, *(i.item for i in made.ingredients), *(s.text for s in made.steps)]
    )
    assert told in said
    assert gone not in said


def test_what_is_raw_is_told_until_when_it_cooks():
    chicken = {"ingredients": [*GOOD["ingredients"], "300 g chicken breast"]}
    fried = {"steps": ["Fry the chicken breast in the olive oil.", *GOOD["steps"]]}
    made = invented(json.dumps(GOOD | chicken | fried), "en", "x")
    assert made.steps[0].core == 74
    never = {"steps": ["Put the chicken breast into a bowl.", *GOOD["steps"]]}
    assert invented(json.dumps(GOOD | chicken | never), "en", "x") is None


@pytest.mark.parametrize(
    "change",
    [
        {"ingredients": ["9000 g rice", *GOOD["ingredients"][1:]]},
        {"ingredients": [*GOOD["ingredients"], "1 tbsp rat poison"]},
        {"ingredients": [*GOOD["ingredients"], "200 g salt"],
         "steps": [*GOOD["steps"], "Season with the salt."]},
        {"ingredients": [*GOOD["ingredients"], "300 g chicken breast"],
         "steps": [*GOOD["steps"], "Serve the raw chicken breast."]},
        {"serves": "many"},
        {"steps": []},
    ],
)  # fmt: skip
def test_an_unsound_one_is_refused(change):
    assert invented(json.dumps(GOOD | change), "en", "x") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"title": 3}'])
def test_nonsense_is_refused(text):
    assert invented(text, "en", "x") is None


async def test_it_is_announced_as_made_up_and_survives(tmp_path):
    house = House(tmp_path, mind=FakeMind(json.dumps(GOOD)))
    outcome = await house.say("make up a recipe with rice and spinach")
    assert "made this one up" in outcome.text
    started = await house.say("cook lemon rice with spinach")
    assert "Lemon rice" in started.text
    again = house.killed()
    assert "Step 1" in (await again.say("next")).text
    written = await again.say("write it down")
    assert "made up by a language model" in written.display


async def test_allergies_hold_for_it_too(tmp_path):
    bad = GOOD | {"ingredients": [*GOOD["ingredients"], "30 g peanuts"],
                  "steps": [*GOOD["steps"], "Scatter with the peanuts."]}  # fmt: skip
    mind = FakeMind(json.dumps(bad), json.dumps(bad))
    house = House(tmp_path, mind=mind)
    await house.say("i'm allergic to peanuts")
    outcome = await house.say("invent a new dish")
    assert "no good" in outcome.text
    assert "From my own book" in outcome.text or "say what you have" in outcome.text
    assert len(mind.asked) == 2
    assert "peanuts" in mind.asked[0][0][-1].content


async def test_without_a_model_it_says_so(tmp_path):
    outcome = await House(tmp_path).say("invent a new dish")
    assert "my own book" in outcome.text


async def test_what_is_wrong_is_told_to_the_second_try(tmp_path):
    raw = GOOD | {"ingredients": [*GOOD["ingredients"], "300 g chicken breast"],
                  "steps": [*GOOD["steps"], "Serve the raw chicken breast."]}  # fmt: skip
    mind = FakeMind(json.dumps(raw), json.dumps(GOOD))
    outcome = await House(tmp_path, mind=mind).say("make up a recipe with rice and spinach")
    assert "made this one up" in outcome.text
    again = mind.asked[1][0]
    assert [message.role for message in again] == ["system", "user", "assistant", "user"]
    assert again[-2].content == json.dumps(raw)
    assert "chicken breast is not said to be cooked safely" in again[-1].content


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ('{"ingredients": ["200 g rice", "2 eggs"', ""),
        ('{"ingredients": ["200 g rice", "1 cup of moon dust"', "moon dust"),
        ('{"ingredients": ["200 g rice"], "steps": ["Boil it, ' + "and stir, " * 40, "too long"),
        ('{"title": "Moon dust"', ""),
    ],
)
def test_what_cannot_come_right_is_given_up_at_once(written, wrong):
    assert wrong in hopeless(written, "en")
    assert bool(hopeless(written, "en")) == bool(wrong)


async def test_who_speaks_of_leftovers_is_asked_which(tmp_path):
    mind = FakeMind(json.dumps(GOOD))
    house = House(tmp_path, mind=mind)
    outcome = await house.say("any ideas for the leftovers", answers=["rice and spinach"])
    assert outcome.asked == ["What is left over?"]
    assert "rice and spinach" in mind.asked[0][0][-1].content


@pytest.mark.parametrize(
    ("language", "said", "courses"),
    [("en", "suggest a vegetarian menu for guests", 3), ("zh", "帮我配一桌菜", 4)],
)
async def test_the_model_matches_a_menu_of_ours_and_without_one_there_is_one_too(
    tmp_path, language, said, courses
):
    first, last = " ".join("1" * courses), " ".join("2" * courses)
    menus = []
    for folder, mind in enumerate((FakeMind(first), FakeMind(last), FakeMind("nonsense"), None)):
        house = House(tmp_path / str(folder), language, mind=mind)
        outcome = await house.say(said)
        ids = house.tried.skill.home.store.get("offered")["ids"]
        dishes = [house.tried.skill.recipe(each, language) for each in ids]
        assert len(set(ids)) == courses
        assert all(dish.title in outcome.text for dish in dishes)
        if language == "en":
            traits = [house.tried.skill.book("en").traits(dish) for dish in dishes]
            assert all("vegetarian" in each.diets for each in traits)
        menus.append(ids)
    assert menus[0] != menus[1]
    assert menus[2] == menus[3]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_grammar_knows_our_foods_only_and_none_that_is_not_eaten(language):
    profile = Profile(allergies=frozenset({"egg", "soy"}), diets=frozenset({"vegetarian"}))
    heard = {"en": "a dish with eggs, rice and spinach", "zh": "用鸡蛋、大米和菠菜编一个菜"}
    wish = wishes.read(heard[language], language)
    assert [food.id for food in pantry.eaten(wish, profile)] == ["rice", "spinach"]
    rules = pantry.grammar(wish, profile, language)
    items = next(line for line in rules.splitlines() if line.startswith("items"))
    lines = re.findall(r'"\\"(.+?)\\""', items)
    found = [ingredient(line, language) for line in lines]
    assert all(each.food and each.amount.number for each in found)
    assert not any(against(each.food, profile, foods()) for each in found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_food_can_be_written_with_an_amount_that_a_cook_would_believe(language):
    for food in foods().by_id.values():
        for line in pantry.lines_of(food, language):
            each = ingredient(line, language)
            assert each.amount.number, line
            assert each.food in {food, *foods().lineage(food)} or food.kind == "kind", line
