"""A step in other words says the same, whoever words it."""

from __future__ import annotations

import pytest
from voice_assistant_skills.recipes.rephrasing import parts, says_same

from tests.skills.recipes.house import House
from tests.skills.recipes.test_inventing import FakeMind

pytestmark = pytest.mark.anyio

STEP = "Soften the leek in the butter over low heat for 8 minutes, stirring; do not brown it."
STEP_ZH = "油烧热，放蒜末炒香，下青菜炒2分钟，不要盖盖子。"


@pytest.mark.parametrize(
    ("language", "told", "fit"),
    [
        ("en", "Put the leek and butter in a pan. Cook gently for 8 minutes, do not brown.", True),
        ("en", "Put the leek and butter in a pan. Cook gently for eight minutes, not brown.", True),
        ("en", "Put the leek and butter in a pan. Cook gently for 18 minutes, do not brown.", False),
        ("en", "Put the leek and butter in a pan. Cook gently, do not brown it.", False),
        ("en", "Put the leek in a pan. Cook it gently for 8 minutes, do not brown it.", False),
        ("en", "Cook leek, garlic and butter gently for 8 minutes, do not brown.", False),
        ("en", "Bake the leek in the butter for 8 minutes, do not brown it.", False),
        ("en", "Put the leek and butter in a pan and brown them for 8 minutes.", False),
        ("en", STEP, False),
        ("zh", "先把油烧热，放蒜末炒出香味。再放青菜炒2分钟，别盖盖子。", True),
        ("zh", "先把油烧热，放蒜末炒出香味。再放青菜炒3分钟，别盖盖子。", False),
        ("zh", "先把油烧热，放蒜末炒出香味。再放青菜炒2分钟，盖上盖子。", False),
        ("zh", "先把油烧热，放姜和蒜末炒出香味。再放青菜炒2分钟，别盖盖子。", False),
        ("zh", "先把油烧热，放蒜末炸香。再放青菜炒2分钟，别盖盖子。", False),
    ],
)  # fmt: skip
def test_only_what_says_the_same_is_said(language, told, fit):
    assert says_same(told, STEP if language == "en" else STEP_ZH, language) == fit


def test_half_of_one_thing_is_not_half_of_another():
    step = "苦瓜撒一半盐腌5分钟，挤水。"
    assert says_same("苦瓜上撒一半盐，腌5分钟，把水挤掉。", step, "zh")
    assert not says_same("把苦瓜一半撒盐腌5分钟，然后挤掉水分。", step, "zh")
    step = "Melt the chocolate with half of the cream and let it cool."
    assert says_same("Put half of the cream and the chocolate in a pan. Melt. Cool it.", step, "en")
    assert not says_same("Melt half of the chocolate with the cream. Then cool it.", step, "en")


def test_no_batter_comes_into_a_sauce():
    step = "Stir in the garlic, ground cumin and paprika and let them sizzle for 1 minute."
    told = "Add the garlic, ground cumin and paprika to the {}. Sizzle them for 1 minute."
    assert says_same(told.format("pan"), step, "en")
    assert not says_same(told.format("batter"), step, "en")


async def test_the_model_words_it_and_what_it_changes_is_not_said(tmp_path):
    plain = "Warm the olive oil. Cook the onion and red peppers in a wide pan for 8 minutes."
    house = House(tmp_path, mind=FakeMind(plain.replace("8", "80"), plain))
    await house.play("cook shakshuka\nnext")
    pieces = (await house.say("i don't get that step")).text
    assert "80" not in pieces
    assert "Fry the onion and red peppers" in pieces
    assert plain in (await house.say("can you say that in simpler words")).text


@pytest.mark.parametrize(
    ("language", "cook", "asked", "told"),
    [
        ("en", "cook shakshuka", "can you break that down for me", ["wide pan", "fry: "]),
        ("zh", "麻婆豆腐怎么做", "能不能说得简单一点", ["焐3分钟", "捞出沥水"]),
    ],
)
async def test_without_a_model_it_comes_in_pieces(tmp_path, language, cook, asked, told):
    house = House(tmp_path, language)
    await house.say(cook)
    await house.say("next" if language == "en" else "下一步")
    outcome = await house.say(asked)
    assert all(each in outcome.text for each in told)


def test_a_step_is_parted_act_by_act():
    verbs = frozenset({"add", "cook", "heat", "stir"})
    step = "Heat the oil, add the leek and carrots and cook for 5 minutes; stir in the salt."
    assert parts(step, verbs) == [
        "Heat the oil.", "Add the leek and carrots.", "Cook for 5 minutes.", "Stir in the salt.",
    ]  # fmt: skip
    assert parts("油烧热，放葱炒香。") == ["油烧热，", "放葱炒香。"]
