"""How old people are, whom "she" means, and whole introductions."""

from __future__ import annotations

import pytest
from voice_assistant_skills.profiles.skill import Profiles

from tests.fakes import TryOut

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path):
    return TryOut(Profiles, tmp_path)


async def test_a_year_of_birth_is_an_age(house):
    said = await house.ask("born", "zh", relation="妹妹", number=1999)
    assert "二十七岁" in said.text
    assert "二十七岁" in (await house.ask("how_old", "zh", person="我妹妹")).text
    said = await house.ask("born", person="ruth", number=45)
    assert "1945" in said.text


async def test_an_introduction_tells_age_and_allergy_and_then_she_is_meant(house):
    await house.ask("add", person="ben", relation="son", age=7, food="milk")
    known = house.skill.people.find("he")
    assert (known.name, known.child, known.relation) == ("Ben", True, "son")
    assert "milk" in (await house.ask("about_them", person="he")).text
    assert "7" in (await house.ask("how_old_they", person="he")).text
    assert house.skill.people.find("son").name == "Ben"


async def test_an_age_before_this_years_birthday(house):
    person = house.skill.people
    await house.ask("add", person="mia")
    known = person.find("mia")
    known.birthday = "2027-12-24"
    person.keep(known)
    await house.ask("age", person="mia", number=8)
    assert person.find("mia").born == 2017
    assert "8" in (await house.ask("how_old", person="mia")).text


async def test_a_child_nobody_spoke_of_is_one_by_its_limit(house):
    from datetime import timedelta

    said = await house.ask("minutes", person="lucas", duration=timedelta(minutes=30))
    assert "Lucas" in said.text
    assert house.skill.people.find("lucas").minutes == 30
