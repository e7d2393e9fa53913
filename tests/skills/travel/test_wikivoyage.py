"""A place outside the data is told from the household's own Wikivoyage, where it has one."""

from __future__ import annotations

import pytest
from voice_assistant_skills.clock import places as gazetteer
from voice_assistant_skills.travel.skill import Travel

from tests.skills.kiwix import Library
from tests.skills.online import online

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    """Real sockets need a real clock."""
    return "asyncio"


@pytest.fixture
def library():
    with Library() as library:
        yield library


@pytest.fixture
def house(tmp_path, library):
    with online(Travel, tmp_path, settings={"kiwix": library.url}) as house:
        yield house


async def test_a_place_is_told_from_its_article_in_three_sentences(house):
    said = (await house.ask("tips", destination="marburg")).text
    assert said == (
        "From your Wikivoyage: Marburg is a town in Hesse that climbs a hill. It covers 124 km². "
        "Students fill its streets."
    )


async def test_chinese_is_answered_from_the_chinese_book(house):
    said = (await house.ask("tips", "zh", destination="河湾")).text
    assert said == "你的Wikivoyage里写着：河湾是山里的小城。桥有九座。"
    assert (await house.ask("food", "zh")).text == "你的Wikivoyage里写着：鱼汤最有名。"


async def test_follow_ups_stay_with_the_place_and_are_answered_from_their_section(house):
    await house.ask("tips", destination="paris")
    await house.ask("tips", destination="marburg")
    assert "Landgrave Castle" in (await house.ask("sights")).text
    arriving = (await house.ask("arrive")).text
    assert arriving == "From your Wikivoyage: Hourly trains run from Frankfurt."
    assert "Paris" in (await house.ask("tips", destination="paris")).text
    assert "Wikivoyage" not in (await house.ask("sights")).text


@pytest.mark.parametrize("intent", ["safety", "scams", "plug", "food", "pack"])
async def test_what_the_article_cannot_answer_is_not_answered_from_it(house, intent):
    said = (await house.ask(intent, destination="marburg")).text
    assert "nothing certain" in said
    assert "Wikivoyage" not in said


async def test_an_article_that_mentions_the_place_is_not_about_it(house):
    assert "nothing certain" in (await house.ask("tips", destination="frankfurt an der nidda")).text
    assert "nothing certain" in (await house.ask("tips", destination="hesse")).text


async def test_what_we_know_ourselves_needs_no_library(house, library):
    await house.ask("tips", destination="paris")
    assert library.asked == []


async def test_off_by_default(tmp_path, library):
    with online(Travel, tmp_path) as house:
        assert "nothing certain" in (await house.ask("tips", destination="marburg")).text
    assert library.asked == []


@pytest.mark.parametrize(("language", "why"), [("en", "network settings"), ("zh", "网络设置")])
async def test_without_leave_nothing_is_asked_and_it_says_so(tmp_path, library, language, why):
    settings = {"kiwix": library.url}
    with online(Travel, tmp_path, allowed=(), settings=settings) as house:
        said = (await house.ask("tips", language, destination="marburg")).text
        assert not house.network.contacts(house.clock.now().replace(year=2000))
    assert why in said
    assert library.asked == []


async def test_a_library_that_is_away_is_said_so_and_the_nearest_is_offered(tmp_path):
    with Library() as library:
        gone = library.url
    with online(Travel, tmp_path, settings={"kiwix": gone}) as house:
        house.skill.home.services["gazetteer"] = gazetteer
        said = (await house.ask("tips", destination="leipzig")).text
    assert "Berlin" in said
    assert "does not answer" in said


async def test_no_book_of_the_language_or_of_the_name_is_nothing_found(tmp_path):
    with Library(books=("eng",)) as library:
        with online(Travel, tmp_path, settings={"kiwix": library.url}) as house:
            assert "没有可靠的资料" in (await house.ask("tips", "zh", destination="marburg")).text
        settings = {"kiwix": library.url, "kiwix_book": "another"}
        with online(Travel, tmp_path, settings=settings) as house:
            assert "nothing certain" in (await house.ask("tips", destination="marburg")).text
