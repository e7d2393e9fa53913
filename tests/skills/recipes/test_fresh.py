"""Requests as people speak them, written before the templates were looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.skills.recipes.house import House
from voice_assistant.router import Utterance
from voice_assistant.texts import read_yaml

pytestmark = pytest.mark.anyio

FRESH = read_yaml((Path(__file__).parent / "fresh.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_was_once_missed_is_understood(tmp_path, language):
    house = House(tmp_path, language)
    wrong = []
    for intent, lines in FRESH[language].items():
        for text in lines:
            heard = Utterance(text=text, language=language)
            route = await house.router.route(heard, house.tried.session)
            if route.intent != intent:
                wrong.append(f"{text}: {route.intent} instead of {intent}")
    assert wrong == []


CARED_FOR = {
    "en": {
        "something soft for my toddler": "soft",
        "grandpa has no teeth what can i make him": "soft",
        "what can i cook for a sick person": "light",
    },
    "zh": {"做点入口即化的": "soft", "孩子咳嗽喝什么": "soft", "生病了吃什么好": "light"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_who_cannot_chew_or_is_ill_gets_what_goes_down(tmp_path, language):
    for number, (text, character) in enumerate(CARED_FOR[language].items()):
        house = House(tmp_path / str(number), language)
        outcome = await house.say(text)
        offered = house.tried.skill.home.store.get("offered")["ids"]
        book = house.tried.skill.book(language)
        assert all(character in book.traits(book.by_id[each]).characters for each in offered), text
    assert ("cures nothing" if language == "en" else "不能治病") in outcome.text


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("en", "how do i chop an onion", "through the root"),
        ("en", "how do i wash chicken", "Don't wash raw poultry"),
        ("en", "how much pasta for four", "320 to 400 grams"),
        ("en", "how much does an egg weigh", "50 grams"),
        ("zh", "怎么切洋葱", "根部留着"),
        ("zh", "五个人的饺子要多少肉", "四百克"),
        ("zh", "六个人吃多少米", "四百二十到五百五十克"),
        ("zh", "孩子不爱吃蔬菜怎么办", "藏在"),
    ],
)
async def test_what_a_recipe_takes_for_granted_is_told(tmp_path, language, said, told):
    assert told in (await House(tmp_path, language).say(said)).text


async def test_start_goes_on_with_what_is_on_the_stove(tmp_path):
    await House(tmp_path).play(
        """
        cook scones
        what goes well with salmon -> serve
        go -> Step 1 | !keep your place
        how many calories -> Scones
        """
    )
