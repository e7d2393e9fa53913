"""The household's own recipes."""

from __future__ import annotations

import json

import pytest
from voice_assistant_skills.recipes import book
from voice_assistant_skills.recipes.diets import Profile, objections
from voice_assistant_skills.recipes.foods import foods
from voice_assistant_skills.recipes.importing import import_file

from voice_assistant.errors import VoiceAssistantError

MARKDOWN = """# Grandma's Bean Pot

Serves 4, about 50 minutes

## Ingredients
- 2 cans white beans
- 1 onion, chopped
- 2 tbsp olive oil
- ½ tsp salt

## Method
1. Fry the onion in the olive oil for 8 minutes until soft.
2. Add the beans and salt and simmer for 30 minutes.
"""
COOKLANG = """>> servings: 2
-- a quick one
Boil the @spaghetti{200%g} in a #pot{} for ~{9%minutes}.
Warm @olive oil{2%tbsp} with @garlic{2%cloves} and toss. Season with @salt.
"""
PLAIN = """Simple Rice
200 g rice
500 ml water
1 pinch salt
Boil the rice in the water with the salt for 15 minutes until soft.
"""
CHINESE = """# 外婆的土豆
用料
- 土豆 2个
- 油 2汤匙
- 盐 1/2茶匙
做法
1. 油烧热，下土豆煎8分钟，煎到两面金黄。
2. 撒盐。
"""
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite"},
        {
            "@type": ["Recipe"],
            "name": "Omelette <b>fast</b>".replace("<b>fast</b>", "fast"),
            "recipeYield": "2 servings",
            "totalTime": "PT15M",
            "recipeIngredient": ["3 eggs", "10 g butter", "1 pinch salt"],
            "recipeInstructions": [
                {"@type": "HowToStep", "text": "Beat the eggs with the salt."},
                {"@type": "HowToSection", "itemListElement": [
                    {"@type": "HowToStep", "text": "Melt butter and fry 3 minutes until set."}
                ]},
            ],
        },
    ],
}  # fmt: skip


def imported(tmp_path, name, text):
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    (path,) = import_file(source, tmp_path / "kept")
    language = path.parent.name
    read = book.load(language, tmp_path / "kept" / language)
    return read.by_id[path.stem]


def test_markdown(tmp_path):
    recipe = imported(tmp_path, "beans.md", MARKDOWN)
    assert (recipe.title, recipe.servings, recipe.source) == ("Grandma's Bean Pot", 4, "yours")
    assert [i.food.id for i in recipe.ingredients] == ["white beans", "onion", "olive oil", "salt"]
    assert recipe.steps[0].time.total_seconds() == 480
    assert recipe.steps[0].sign == "soft"
    assert recipe.steps[1].uses == (0, 3)


def test_cooklang(tmp_path):
    recipe = imported(tmp_path, "garlic-spaghetti.cook", COOKLANG)
    assert recipe.title == "Garlic spaghetti"
    assert [i.item for i in recipe.ingredients] == ["spaghetti", "olive oil", "garlic", "salt"]
    assert "9 minutes" in recipe.steps[0].text
    assert "#" not in recipe.steps[0].text


def test_plain_text(tmp_path):
    recipe = imported(tmp_path, "rice.txt", PLAIN)
    assert len(recipe.ingredients) == 3
    assert recipe.steps[0].uses == (0, 1, 2)


def test_chinese_markdown(tmp_path):
    recipe = imported(tmp_path, "tudou.md", CHINESE)
    assert recipe.language == "zh"
    assert [i.food.id for i in recipe.ingredients] == ["potato", "oil", "salt"]
    assert recipe.steps[0].time.total_seconds() == 480


@pytest.mark.parametrize("page", [False, True])
def test_schema_org(tmp_path, page):
    text = json.dumps(LINKED)
    text = f'<html><script type="application/ld+json">{text}</script></html>' if page else text
    recipe = imported(tmp_path, "omelette.html" if page else "omelette.json", text)
    assert recipe.title == "Omelette fast"
    assert len(recipe.steps) == 2
    assert recipe.steps[1].sign == "set"


def test_an_own_recipe_is_held_against_the_allergies(tmp_path):
    recipe = imported(tmp_path, "omelette.json", json.dumps(LINKED))
    assert objections(recipe, Profile(allergies=frozenset({"egg"})), foods())


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("x.md", b"\xff\xfe\x00", "x.md is not UTF-8"),
        ("x.json", b"{}", "holds no recipe"),
        ("x.md", b"# Only a title\n", "no ingredients found"),
    ],
)
def test_what_cannot_be_imported_is_told(tmp_path, name, raw, told):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(VoiceAssistantError, match=told):
        import_file(path, tmp_path)


def test_a_title_cannot_leave_the_folder(tmp_path):
    source = tmp_path / "in.md"
    source.write_text(MARKDOWN.replace("Grandma's Bean Pot", "../../etc/passwd"), encoding="utf-8")
    (path,) = import_file(source, tmp_path / "kept")
    assert path.resolve().is_relative_to((tmp_path / "kept").resolve())
