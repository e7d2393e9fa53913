"""Nobody is poisoned: whatever is found, planned, scaled or swapped, no allergen comes through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voice_assistant_skills.recipes import book, diets, planning, search
from voice_assistant_skills.recipes.cooking import Dish
from voice_assistant_skills.recipes.diets import DIETS, Profile
from voice_assistant_skills.recipes.foods import ALLERGENS, foods
from voice_assistant_skills.recipes.lexis import say
from voice_assistant_skills.recipes.shopping import needs
from voice_assistant_skills.recipes.swaps import instead, swaps
from voice_assistant_skills.recipes.taboos import taboo
from voice_assistant_skills.recipes.wishes import Wish

from voice_assistant.normal import language_of

BOOKS = {language: book.load(language) for language in ("en", "zh")}
FOODS = foods()
PROFILES = st.builds(
    Profile,
    allergies=st.frozensets(
        st.sampled_from([*ALLERGENS, "mushroom", "tomato", "kiwi", "strawberry", "garlic"]),
        min_size=1,
        max_size=3,
    ),
    dislikes=st.frozensets(st.sampled_from(["pork", "coriander", "aubergine", "fish"]), max_size=2),
    diets=st.frozensets(st.sampled_from(["vegetarian", "vegan", "gluten-free"]), max_size=1),
)


def poison(food, profile):
    """What in a food the household must not eat, worked out from the table's rows alone."""
    line, each = {food.id}, food
    while each.parent:
        each = FOODS.by_id[each.parent]
        line.add(each.id)
    return (food.flags | line) & profile.allergies


@given(PROFILES, st.sampled_from(["en", "zh"]), st.sampled_from(list(FOODS.by_id.values())))
@settings(max_examples=300, deadline=None)
def test_nothing_that_is_found_or_planned_harms(profile, language, wanted):
    read = BOOKS[language]
    for wish in (Wish(), Wish(foods=(wanted,)), Wish(courses=frozenset({"main"}))):
        hits = search.fitting(read, wish, profile, limit=40)
        chosen = [hit.recipe for hit in hits] + planning.dinners(hits, 7, turn=date.max.toordinal())
        for recipe in chosen:
            assert not any(poison(food, profile) for food in recipe.foods)
            assert not recipe.contains & profile.allergies
            assert profile.diets <= read.traits(recipe).diets


@given(
    PROFILES,
    st.sampled_from(BOOKS["en"].recipes + BOOKS["zh"].recipes),
    st.integers(min_value=1, max_value=12),
)
@settings(max_examples=400, deadline=None)
def test_no_substitute_harms_and_no_harmful_dish_passes(profile, recipe, servings):
    harmful = any(poison(food, profile) for food in recipe.foods)
    objected = diets.objections(recipe, profile, FOODS)
    known = BOOKS[recipe.language].traits(recipe)
    assert bool(objected) == diets.bars(recipe, known, profile)
    assert objected or not harmful
    if not objected:  # whatever it is scaled to, nothing harmful is bought for it
        bought = needs([Dish(recipe=recipe, servings=servings)], recipe.language)
        wanted = [FOODS.by_id.get(need.key.split("|")[0]) for need in bought]
        assert not any(poison(food, profile) for food in wanted if food)
    for each in recipe.ingredients:
        for swap in instead(each.food, profile):
            assert not any(poison(part.food, profile) for part in swap.parts)


@pytest.mark.parametrize(
    ("said", "language", "entries"),
    [
        ("i'm allergic to peanuts", "en", {"peanut"}),
        ("my son is allergic to walnuts", "en", {"nut"}),
        ("she is allergic to shellfish", "en", {"crustacean", "mollusc"}),
        ("i am lactose intolerant", "en", {"milk"}),
        ("he is allergic to kiwi", "en", {"kiwi"}),
        ("i'm allergic to nuts", "en", {"nut", "peanut"}),
        ("我对海鲜过敏", "zh", {"crustacean", "mollusc"}),
        ("我儿子对花生过敏", "zh", {"peanut"}),
        ("我女儿不能吃鸡蛋", "zh", {"egg"}),
    ],
)
def test_an_allergy_is_understood_widely(said, language, entries):
    assert entries <= taboo(said, language, allergy=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_allergy_is_understood_again_from_the_words_it_is_kept_in(language):
    def understood(word):
        return taboo(word, language_of(word), allergy=True)

    for food in {*ALLERGENS, *FOODS.by_id}:
        entries = understood(say(food, language))
        kept = [say(entry, language) for entry in entries]
        assert entries <= frozenset[str]().union(*map(understood, kept)), food


def test_an_unknown_ingredient_bars_a_dish_for_the_allergic():
    from voice_assistant_skills.recipes.linking import assemble

    dish = assemble(
        id="x", title="Mystery", language="en", servings=2, minutes=20, source="yours",
        ingredients=["200 g rice", "2 tbsp zorblax powder"],
        steps=["Boil the rice with the zorblax for 15 minutes until soft."],
    )  # fmt: skip
    assert diets.objections(dish, Profile(), FOODS) == []
    assert diets.objections(dish, Profile(allergies=frozenset({"nut"})), FOODS)
    assert not diets.traits(dish).diets


def test_every_substitute_is_of_the_table_and_in_both_languages():
    for swap in swaps():
        assert swap.changes["en"]
        assert swap.changes["zh"]
        assert all(part.ratio > 0 for part in swap.parts)


def test_diets_have_dishes_in_both_books():
    for language, read in BOOKS.items():
        for diet in DIETS:
            fitting = [r for r in read.recipes if diet in read.traits(r).diets]
            assert len(fitting) >= 10, f"{language}: {diet}"
