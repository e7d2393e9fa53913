"""People of the household: who they are, what harms them, and the PIN."""

from __future__ import annotations

from datetime import date

import pytest
from voice_assistant_skills.profiles.people import Person, birthday, named
from voice_assistant_skills.profiles.skill import Profiles

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("profiles")


@pytest.fixture
def hall(tmp_path):
    return TryOut(Profiles, tmp_path)


async def test_people_introduce_themselves(hall):
    assert "don't know who you are" in (await hall.ask("who_am_i")).text
    assert "Anna" in (await hall.ask("i_am", person="anna")).text
    assert "You are Anna" in (await hall.ask("who_am_i")).text
    assert "Tom" in (await hall.ask("i_am", person="tom")).text
    assert "小红" in (await hall.ask("i_am", "zh", person="小红")).text
    assert "Anna" in (await hall.ask("household")).text


async def test_an_allergy_is_kept_and_only_taken_back_after_a_question(hall):
    await hall.ask("i_am", person="anna")
    assert "Anna is allergic to nuts" in (await hall.ask("allergy", food="nuts")).text
    assert "Ben is allergic to milk" in (await hall.ask("allergy", person="ben", food="milk")).text
    assert "nuts" in (await hall.ask("about")).text
    await hall.ask("no_allergy", food="nuts", answers=["no"])
    assert "nuts" in (await hall.ask("about")).text
    await hall.ask("no_allergy", food="nuts", answers=["yes"])
    assert "nothing else" in (await hall.ask("about")).text


async def test_an_allergy_is_kept_at_once_though_nobody_said_who_they_are(hall):
    noted = await hall.ask("allergy", food="nuts")
    assert "somebody here is allergic to nuts" in noted.text
    assert hall.skill.allergies.of("") == ["nuts"]
    assert hall.skill.people.all() == []
    await noted.receipts[0].undo()
    assert hall.skill.allergies.of("") == []


async def test_a_sentence_is_no_name(hall):
    told = "he used to make the tea every morning"
    await hall.ask("child", answers=[told, told])
    assert hall.skill.people.all() == []
    assert "Anna" in (await hall.ask("i_am", answers=["it's anna"])).text


async def test_favourites_and_undo(hall):
    await hall.ask("i_am", person="anna")
    outcome = await hall.ask("favourite", thing="lasagna")
    assert "loves lasagna" in (await hall.ask("about")).text
    await outcome.receipts[0].undo()
    assert "lasagna" not in (await hall.ask("about")).text


async def test_birthdays(hall):
    await hall.ask("birthday", person="emma", date=date(2027, 5, 5))
    assert "May 5" in (await hall.ask("when_birthday", person="emma")).text
    assert "don't know" in (await hall.ask("when_birthday", person="tom")).text
    leap = Person(name="Leo", birthday="2024-02-29")
    assert birthday(leap, date(2027, 1, 1)) == date(2027, 3, 1)
    assert birthday(leap, date(2028, 1, 1)) == date(2028, 2, 29)


async def test_a_child_is_only_removed_with_the_pin(hall):
    await hall.ask("child", person="ben")
    await hall.ask("set_pin", answers=["one two three four"])
    assert "1234" not in str(hall.database.execute("SELECT value FROM kept"))
    assert "not the PIN" in (await hall.ask("forget", person="ben", answers=["9 9 9 9"])).text
    assert (
        "forgotten"
        in (await hall.ask("forget", person="ben", answers=["one two three four", "yes"])).text
    )


async def test_guessing_the_pin_ends(hall):
    await hall.ask("child", person="ben")
    await hall.ask("set_pin", answers=["4321"])
    for _ in range(3):
        await hall.ask("forget", person="ben", answers=["1111"])
    outcome = await hall.ask("forget", person="ben", answers=["4321", "yes"])
    assert not outcome.asked


@pytest.mark.parametrize(
    ("answer", "name"),
    [("anna", "Anna"), ("I'm Anna.", "Anna"), ("my name is mary ann", "Mary Ann"), ("我叫小明", "小明"),
     ("小红。", "小红"), ("...", None)],
)  # fmt: skip
def test_a_name_is_read_out_of_an_answer(answer, name):
    assert named(answer, "en") == name


async def test_who_introduces_somebody_goes_on_speaking(hall):
    await hall.ask("i_am", person="anna")
    said = await hall.ask("add", person="george", relation="husband")
    assert said.text == "I know George now."
    assert "Anna" in (await hall.ask("who_am_i")).text


async def test_a_request_without_its_name_asks_for_it(hall):
    said = await hall.ask("i_am", answers=["my name is Helen"])
    assert "Helen" in said.text
    assert (await hall.ask("allergy", answers=["peanuts"])).text.endswith("peanuts.")


@pytest.mark.parametrize(
    ("language", "food", "told"), [("en", "pork", "no pork for Nadia"), ("zh", "猪肉", "不吃猪肉")]
)
async def test_what_somebody_does_not_eat_is_kept_from_them(hall, language, food, told):
    await hall.ask("i_am", language, person="nadia")
    outcome = await hall.ask("eats_no", language, person="nadia", food=food)
    assert told in outcome.text
    assert hall.skill.allergies.of("Nadia") == [food]


async def test_who_says_more_than_a_name_is_asked_for_it(hall):
    outcome = await hall.ask("i_am", person="leo put me in it", answers=["leo"])
    assert outcome.asked
    assert "Leo." in outcome.text
