"""What nothing here knows is asked of the household's own Kiwix library."""

from __future__ import annotations

import pytest
from voice_assistant_skills.knowledge.skill import Knowledge

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
    with online(Knowledge, tmp_path, settings={"kiwix": library.url}) as house:
        yield house


async def test_the_answer_is_a_sentence_of_the_article_and_says_from_where(house):
    outcome = await house.ask("answer", text="what is marburg")
    assert outcome.text.startswith("Wikivoyage, in your Kiwix library, says: Marburg")
    assert "a town in Hesse" in outcome.text
    assert "CC BY-SA" not in outcome.display
    assert "Wikivoyage" in (await house.ask("source")).text
    assert (await house.ask("more")).text


async def test_a_section_answers_too(house):
    outcome = await house.ask("answer", text="what looks over the valley in marburg")
    assert "It looks over the valley" in outcome.text


async def test_chinese(house):
    outcome = await house.ask("answer", "zh", text="什么是河湾")
    assert outcome.text.startswith("你的Kiwix资料库里，Wikivoyage是这么写的：")
    assert "山里的小城" in outcome.text


@pytest.mark.parametrize("text", ["who invented marburg", "who invented the flibberjet"])
async def test_what_is_not_there_is_not_made_up(house, text):
    outcome = await house.ask("answer", text=text)
    assert "Wikivoyage" not in outcome.text
    assert "don't know" in outcome.text


async def test_talk_is_not_looked_up(house, library):
    outcome = await house.ask("answer", text="do you like marburg")
    assert outcome.turn.route.then.skill == "chat"
    assert library.asked == []


async def test_off_by_default_and_not_without_leave(tmp_path, library):
    with online(Knowledge, tmp_path) as house:
        assert "Kiwix" not in (await house.ask("answer", text="what is marburg")).text
    with online(Knowledge, tmp_path, allowed=(), settings={"kiwix": library.url}) as house:
        said = (await house.ask("answer", text="what is marburg")).text
    assert "network settings do not let me" in said
    assert library.asked == []


async def test_a_library_that_is_away_is_said_so(tmp_path):
    with Library() as library:
        gone = library.url
    with online(Knowledge, tmp_path, settings={"kiwix": gone}) as house:
        said = (await house.ask("answer", text="what is marburg")).text
    assert "does not answer" in said
