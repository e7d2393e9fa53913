"""What it does not know it says, and what it says is in the data."""

import pytest
from voice_assistant_skills.clock import places as gazetteer
from voice_assistant_skills.travel import atlas
from voice_assistant_skills.travel.countries import countries
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut

ASKED = (
    "tips when why arrive around wet children safety scams entry food quarters outings sights plug "
    "money tip emergency drives tongues manners holidays climate find like known pack plan daylight"
).split()


TOWNS = [names[0] for place in atlas.places().values() for names in place.names.values()]


@pytest.fixture
def house(tmp_path):
    return TryOut(Travel, tmp_path, services={"gazetteer": gazetteer}, place={"city": "Berlin"})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", [each for each in ASKED if each not in ("find", "why", "known")])
async def test_an_unknown_place_is_said_to_be_one(house, intent, language):
    if intent == "entry":
        return
    outcome = await house.ask(intent, language, destination="atlantis")
    assert ("nothing certain" if language == "en" else "没有可靠的资料") in outcome.text
    assert not any(place.name(language) in outcome.text for place in atlas.places().values())


@pytest.mark.parametrize(
    ("language", "text", "destination"),
    [
        ("en", "how long is the flight from atlantis to singapore", "singapore"),
        ("zh", "从亚特兰蒂斯到新加坡有多远", "新加坡"),
    ],
)
async def test_a_journey_from_nowhere_known_is_not_one_from_home(
    house, language, text, destination
):
    outcome = await house.ask("distance", language, text=text, destination=destination)
    assert ("nothing certain" if language == "en" else "没有可靠的资料") in outcome.text
    near = {"en": "how far is singapore from me", "zh": "新加坡从我这儿去有多远"}[language]
    outcome = await house.ask("distance", language, text=near, destination=destination)
    assert atlas.places()["berlin"].name(language) in outcome.text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_nearest_known_is_offered(house, language):
    outcome = await house.ask("tips", language, destination="leipzig")
    assert atlas.places()["berlin"].name(language) in outcome.text
    after = await house.ask("food", language)
    assert atlas.places()["berlin"].name(language) in after.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", ["safety", "scams", "entry"])
async def test_risky_questions_name_the_official_source_and_the_date(house, intent, language):
    outcome = await house.ask(intent, language, destination="paris")
    assert ("official source" if language == "en" else "官方消息") in outcome.text
    assert ("November 2026" if language == "en" else "二〇二六年十一月") in outcome.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", ASKED)
async def test_every_question_is_answered_for_every_fifth_place(house, intent, language):
    for key in sorted(atlas.places())[::9]:
        name = atlas.places()[key].name(language)
        slots = {} if intent in ("find", "why") else {"destination": name}
        outcome = await house.ask(intent, language, **slots)
        assert outcome.text
        assert "{" not in outcome.text
        assert "  " not in outcome.text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_country_has_its_facts(house, language):
    for country in countries().values():
        if atlas.plain(country.names[language]) in map(atlas.plain, TOWNS):
            continue  # a city that is a country
        for intent in ("plug", "money", "emergency", "manners"):
            outcome = await house.ask(intent, language, destination=country.names[language])
            assert country.names[language] in outcome.text


async def test_a_country_without_a_town_is_honest(house):
    outcome = await house.ask("sights", destination="nauru")
    assert "I know no town there" in outcome.text


async def test_the_place_of_the_talk_is_forgotten_after_a_while(house):
    from datetime import timedelta

    await house.ask("food", destination="rome")
    house.clock.jump(timedelta(hours=2))
    outcome = await house.ask("food")
    assert outcome.asked
    assert outcome.never_mind
