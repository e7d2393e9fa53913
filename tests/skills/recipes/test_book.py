"""The cookbook: whole, sound, and patient with bad files."""

from __future__ import annotations

import re

import pytest
from voice_assistant_skills.recipes import amounts, book, foods, reading, swaps
from voice_assistant_skills.recipes.checks import check
from voice_assistant_skills.recipes.glossary import glossary

GOOD = """title: Toast
serves: 1
prep: 1
cook: 3
ingredients: |
  2 slices bread
  10 g butter
steps: |
  Toast the {bread} for {3 min} and spread it with the {butter}. // brown
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_book_is_full_and_every_recipe_passes_its_checks(language):
    read = book.load(language)
    assert read.problems == []
    assert len(read.recipes) >= 150


@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_and_names_are_those_of_one_dish_each(language):
    names = [n for r in book.load(language).recipes for n in {r.title, *r.aliases}]
    assert len(names) == len({name.lower() for name in names})


def test_what_is_added_is_also_cooked():
    """ "Add the garlic for a minute" leaves out what to do with it."""
    added = re.compile(r"(?:Add|Stir in) [^.;\n]*?\} for \{")
    verbs = re.compile(r"\b(?:cook|fry|toss|simmer|stir-fry) for")
    for path in (amounts.DATA / "en").glob("*.yaml"):
        for found in added.finditer(path.read_text("utf-8")):
            assert verbs.search(found[0]), f"{path.name}: {found[0]}"


def test_tables_are_as_large_as_promised():
    assert len(foods.foods().by_id) >= 250
    assert len(swaps.swaps()) >= 120
    for language in ("en", "zh"):
        assert len(set(glossary(language).values())) >= 80


def test_every_food_has_sound_figures():
    for food in foods.foods().by_id.values():
        assert food.protein + food.fat + food.carbs <= 103, food.id
        energy = 4 * food.protein + 9 * food.fat + 4 * food.carbs
        if food.kind not in {"spice", "drink", "other", "sauce", "herb"} and food.kcal > 60:
            assert food.kcal == pytest.approx(energy, rel=0.35, abs=25), food.id
        for parent in filter(None, [food.parent]):
            assert parent in foods.foods().by_id


def problems(text):
    with pytest.raises(reading.BadRecipe) as bad:
        reading.read_text(text, "toast", "en", name="toast.yaml")
    return [str(problem) for problem in bad.value.problems]


def test_a_good_file_is_read():
    recipe = reading.read_text(GOOD, "toast", "en")
    assert recipe.steps[0].uses == (0, 1)
    assert recipe.steps[0].time.total_seconds() == 180
    assert check(recipe) == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (GOOD.replace("serves: 1\n", ""), "toast.yaml: `serves` is missing"),
        (GOOD.replace("10 g butter", "10 g unobtainium"), "toast.yaml:7: 'unobtainium'"),
        (GOOD.replace("{butter}", "{jam}"), "toast.yaml:9: {jam}"),
        (GOOD.replace("prep: 1", "prep: soon"), "toast.yaml:3: `prep` must be a whole number"),
        (GOOD + "course: &c [*c]\n", "toast.yaml:10"),
        (GOOD + "colour: brown\n", "toast.yaml:10: `colour` is no field"),
        ("title: [", "toast.yaml:"),
        ("- a\n- b\n", "toast.yaml:1: a recipe starts with"),
        ("", "toast.yaml:1"),
    ],
)
def test_a_bad_file_is_told_by_name_and_line(broken, told):
    assert any(problem.startswith(told) for problem in problems(broken)), problems(broken)


def test_bad_files_are_skipped_never_fatal(tmp_path, caplog):
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes("title: Crêpe\nserves: 1\n".encode("latin-1"))
    (tmp_path / "huge.yaml").write_bytes(b"a" * 70_000)
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    read = book.load("en", tmp_path)
    assert "good" in read.by_id
    told = "\n".join(map(str, read.problems))
    assert "latin.yaml:1: not UTF-8" in told
    assert "huge.yaml: larger" in told


@pytest.mark.parametrize(
    ("title", "ingredients", "steps", "wrong"),
    [
        ("Raw chicken", "200 g chicken breast\n  1 tbsp oil", "Rub {chicken breast} with {oil}.",
         "not said to be cooked safely"),
        ("Salt", "200 g salt", "Eat the {salt}.", "g of salt in one portion"),
        ("Forgotten", "200 g rice\n  1 tbsp oil", "Boil {rice} for {15 min}.", "no step uses oil"),
        ("Rinse", "200 g chicken breast", "Rinse chicken. Fry {chicken breast} {9 min}. // no pink",
         "must not be rinsed"),
        ("Fast", "200 g rice", "Boil the {rice} for {5 h}. // soft", "more than it says"),
    ],
)  # fmt: skip
def test_what_no_cook_would_believe_is_found(title, ingredients, steps, wrong):
    text = (
        f"title: {title}\nserves: 1\nprep: 5\ncook: 15\n"
        f"ingredients: |\n  {ingredients}\nsteps: |\n  {steps}\n"
    )
    assert any(wrong in each for each in check(reading.read_text(text, "x", "en")))
