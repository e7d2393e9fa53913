"""What somebody must not eat is one truth, whether profiles or recipes were told."""

from __future__ import annotations

import pytest
from voice_assistant_skills.profiles.skill import Profiles
from voice_assistant_skills.recipes.skill import Recipes

from tests.fakes import TryOut
from voice_assistant.allergies import Allergies
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio

SAID = {
    "en": {
        "name": "anna",
        "allergic": "i'm allergic to walnuts",
        "fine": "i can eat walnuts again",
        "nut": "nuts",
        "dish": "pesto",
    },
    "zh": {
        "name": "小红",
        "allergic": "我对核桃过敏",
        "fine": "我又可以吃核桃了",
        "nut": "坚果",
        "dish": "核桃",
    },
}


class Home:
    """Both skills on one database."""

    def __init__(self, folder, language):
        self.language, database = language, Database(":memory:")
        self.hall = TryOut(Profiles, folder, database=database)
        speaking = self.hall.skill.offers()["speaking"]
        self.kitchen = TryOut(Recipes, folder, database=database, services={"speaking": speaking})

    async def cook(self, intent, text, answers=()):
        outcome = self.kitchen.turn(self.language, text=text, intent=intent, answers=answers)
        outcome.turn.route = Route(skill="recipes", intent=intent, text=text, stage="template")
        await self.kitchen.run(outcome, self.kitchen.handler(intent)(outcome.turn))
        return outcome

    async def about(self):
        return (await self.hall.ask("about", self.language)).text


@pytest.fixture(params=["en", "zh"])
def home(request, tmp_path):
    return Home(tmp_path, request.param)


async def test_recipes_are_told_and_profiles_know(home):
    said, before = SAID[home.language], await home.about()
    await home.cook("allergy", said["allergic"])
    assert said["nut"] in await home.about()  # of somebody, for nobody said a name
    await home.hall.ask("i_am", home.language, person=said["name"])
    told = await home.cook("allergy", said["allergic"])
    assert Allergies(home.hall.database).of(said["name"].title())
    await told.receipts[0].undo()
    assert not Allergies(home.hall.database).of(said["name"].title())
    yes = {"en": "yes", "zh": "可以"}[home.language]
    await home.cook("forget_taboo", said["fine"], answers=[yes])
    assert said["nut"] not in await home.about()
    assert not home.kitchen.skill.profile
    assert said["nut"] not in before


async def test_profiles_are_told_and_recipes_mind(home):
    said = SAID[home.language]
    name, food = said["name"], {"en": "walnuts", "zh": "核桃"}[home.language]
    await home.hall.ask("allergy", home.language, person=name, food=food)
    assert "nut" in home.kitchen.skill.profile.allergies
    no = {"en": "no", "zh": "不行"}[home.language]
    await home.cook("forget_taboo", said["fine"], answers=[no])
    assert "nut" in home.kitchen.skill.profile.allergies
    yes = {"en": "yes", "zh": "可以"}[home.language]
    await home.hall.ask("no_allergy", home.language, person=name, food=food, answers=[yes])
    assert not home.kitchen.skill.profile


async def test_who_is_forgotten_takes_the_allergy_along_and_brings_it_back(home):
    name = SAID[home.language]["name"].title()
    await home.hall.ask("allergy", home.language, person=name, food="walnuts")
    yes = {"en": "yes", "zh": "是的"}[home.language]
    gone = await home.hall.ask("forget", home.language, person=name, answers=[yes])
    assert not home.kitchen.skill.profile
    await gone.receipts[0].undo()
    assert "nut" in home.kitchen.skill.profile.allergies


async def test_allergies_noted_by_an_older_version_are_kept(tmp_path):
    database = Database(":memory:")
    Store(database, "profiles").set("person.emma", {"name": "Emma", "allergies": ["peanuts"]})
    Store(database, "recipes").set("profile", {"allergies": ["fish"], "dislikes": [], "diets": []})
    hall = TryOut(Profiles, tmp_path, database=database)
    kitchen = TryOut(Recipes, tmp_path, database=database)
    await hall.skill.start()
    await kitchen.skill.start()
    assert {"peanut", "fish"} <= kitchen.skill.profile.allergies
    assert "peanuts" in (await hall.ask("about", person="emma")).text
