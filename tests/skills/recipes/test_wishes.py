"""What is read from how people ask: wishes, allergies told in passing, sides, kitchen words."""

from __future__ import annotations

import pytest
from voice_assistant_skills.recipes.book import load
from voice_assistant_skills.recipes.character import characters, types
from voice_assistant_skills.recipes.diets import Profile
from voice_assistant_skills.recipes.glossary import glossary, kitchen_words, meanings
from voice_assistant_skills.recipes.search import Names, fitting
from voice_assistant_skills.recipes.swaps import replaced
from voice_assistant_skills.recipes.taboos import is_guest, parted, taboo
from voice_assistant_skills.recipes.wishes import Wish, read

from tests.skills.recipes.house import House


@pytest.mark.parametrize(
    ("text", "language", "told", "asked"),
    [
        ("i'm allergic to nuts what can i bake", "en", "i'm allergic to nuts", "what can i bake"),
        ("my son has a peanut allergy what can he have", "en", "my son has a peanut allergy", None),
        ("a friend with a peanut allergy comes", "en", "a friend with a peanut allergy comes", ""),
        ("what can i cook with peanuts", "en", "", None),
        ("我对花生过敏能吃啥", "zh", "我对花生过敏", "能吃啥"),
        ("孩子不能吃牛奶有什么甜品", "zh", "孩子不能吃牛奶", "有什么甜品"),
        ("我对花生过敏", "zh", "我对花生过敏", ""),
        ("花生能做什么", "zh", "", None),
    ],
)
def test_an_allergy_is_parted_from_the_question(text, language, told, asked):
    found = parted(text, language)
    assert found[0] == told
    if asked is not None:
        assert found[1] == asked


def test_however_an_allergy_is_told_its_food_is_no_wish():
    for text in (
        "nut allergy at the table what dessert works",
        "peanut allergy here so what should we eat",
        "anaphylactic to peanuts my mate is so dinner ideas",
    ):
        told, _ = parted(text, "en")
        assert told
        assert taboo(told, "en", allergy=True) & {"nut", "peanut"}


def test_lactose_is_milk_and_no_sugar():
    assert taboo("我乳糖不耐受", "zh", allergy=True) == {"milk"}


def test_no_fish_means_every_fish():
    wish = read("高蛋白的晚饭不要鱼", "zh")
    assert wish.no_kinds == {"fish"}
    assert not wish.without
    assert read("dinners for the week please nothing with fish", "en").no_kinds == {"fish"}


def test_a_guest_is_told_from_the_household():
    assert is_guest("my friend is allergic to fish", "en")
    assert not is_guest("my son is allergic to fish", "en")


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("something for the kids they don't like spicy", "en", {"mild"}),
        ("not too spicy and without an oven", "en", {"mild", "no-oven"}),
        ("我们怕辣", "zh", {"mild"}),
        ("给我来个不辣的川菜", "zh", {"mild"}),
        ("有没有软烂一点的", "zh", {"soft"}),
        ("来个脆脆的", "zh", {"crisp"}),
        ("有没有清淡一点的汤", "zh", {"light", "mild"}),
    ],
)
def test_what_a_dish_should_be_like(text, language, wanted):
    assert read(text, language).characters == wanted


def test_bread_is_a_dish_when_it_is_baked_and_a_food_when_it_is_there():
    assert read("how do i bake bread", "en").types == {"bread"}
    stale = read("what can i do with stale bread", "en")
    assert not stale.types
    assert [food.id for food in stale.foods] == ["bread"]


def test_dishes_are_of_a_kind_by_their_names():
    english, chinese = load("en"), load("zh")
    assert types(english.by_id["red-lentil-dal"]) == {"curry"}
    assert "bread" in types(english.by_id["white-bread"])
    assert "主食" in types(chinese.by_id["mantou"])


def test_soft_is_for_those_who_cannot_chew():
    book = load("zh")
    soft = {r.id for r, t in book.known() if "soft" in t.characters}
    assert {"hongshao-rou", "zhengdan", "pidan-shourou-zhou"} <= soft
    assert soft.isdisjoint({"dongbei-disanxian", "lazi-ji", "tudou-si", "liangban-huanggua"})


def test_what_pregnant_women_leave_out_is_left_out():
    book = load("en")
    for recipe, known in book.known():
        if "expecting" in known.characters:
            assert "pregnant" not in recipe.safety
            assert not any("alcohol" in food.flags for food in recipe.foods)
    carbonara = book.by_id["carbonara"]
    assert "expecting" not in characters(carbonara, book.traits(carbonara).nutrition)


def test_a_word_of_several_names_is_vague():
    names = Names(load("en"), "en")
    assert names.is_vague("bread")
    assert not names.is_vague("risotto")
    assert names.sounding("how do you make pan cakes").id == "pancakes"


def test_a_food_named_in_a_title_is_found():
    wish = Wish(foods=read("chocolaty", "en").foods, diets=frozenset({"vegan"}))
    found = [hit.recipe.id for hit in fitting(load("en"), wish, Profile())]
    assert found == ["vegan-chocolate-cake"]


def test_which_of_two_foods_is_replaced():
    assert replaced("can i use honey instead of sugar", "en") == "sugar"
    assert replaced("可以用蜂蜜代替白糖吗", "zh") == "白糖"
    assert replaced("i have no cream", "en") == ""


def test_everyday_words_stay_with_the_dictionary():
    words = set(kitchen_words("en"))
    assert {"roux", "blanch", "al dente"} <= words
    assert words.isdisjoint({"fold", "rest", "cream", "season"})
    assert words < set(glossary("en"))
    assert [term for term, _ in meanings("煸炒和爆炒有什么区别", "zh")] == ["煸炒", "爆炒"]


@pytest.mark.anyio
async def test_sides_repeat_nothing_of_the_dish(tmp_path):
    house = House(tmp_path)
    outcome = await house.tried.ask("goes_with", text="what sides go with shepherd's pie")
    offered = house.tried.skill.home.store.get("offered")["ids"]
    assert len(offered) == 3
    assert "mashed-potatoes" not in offered
    assert "Shepherd's pie" in outcome.text


@pytest.mark.anyio
async def test_a_guest_s_allergy_holds_for_this_question_only(tmp_path):
    house = House(tmp_path)
    text = "a friend with a peanut allergy is coming what can i cook"
    outcome = await house.tried.ask("find", text=text)
    book = house.tried.skill.book("en")
    offered = house.tried.skill.home.store.get("offered")["ids"]
    assert all("peanut" not in book.traits(book.by_id[name]).allergens for name in offered)
    assert "peanut" in outcome.text.lower()
    assert not house.tried.skill.profile.allergies


@pytest.mark.anyio
async def test_what_nothing_fits_is_answered_with_the_nearest(tmp_path):
    house = House(tmp_path)
    outcome = await house.tried.ask("find", text="a vegan lentil dinner under five minutes")
    assert "nothing that fits all" in outcome.text
    book = house.tried.skill.book("en")
    for name in house.tried.skill.home.store.get("offered")["ids"]:
        assert "vegan" in book.traits(book.by_id[name]).diets
