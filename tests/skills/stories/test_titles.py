"""The tales that everybody knows: found by all their names, and an honest word where one is missing."""

from __future__ import annotations

import random

import pytest
from voice_assistant_skills.stories import choose, tales, titles
from voice_assistant_skills.stories.audience import Noon
from voice_assistant_skills.stories.request import Request
from voice_assistant_skills.stories.skill import Stories
from voice_assistant_skills.stories.understand import understand

from tests.fakes import TryOut
from tests.skills.sentences import known, readings
from tests.skills.stories.names import vocabulary

LANGUAGES = ("en", "zh")


@pytest.fixture
def home(tmp_path):
    return TryOut(Stories, tmp_path)


_, TEMPLATES = known("stories", vocabulary)

ASKED = [
    ("tell me the three little pigs", "title", "The Three Little Pigs"),
    ("goldilocks", "classic", "goldilocks"),
    ("little red riding hood please", "classic", "Little Red Riding Hood"),
    ("tell me the story of cinderella", "title", "Cinderella"),
    ("can you read us jack and the beanstalk", "title", "Jack and the Beanstalk"),
    ("read jack and the beanstalk to the kids", "title", "Jack and the Beanstalk"),
    ("tell me a short version of cinderella", "title", "Cinderella"),
    ("the one with the wolf and the three houses", "title", "the wolf and the three houses"),
    ("do you know the one about the three bears", "title", "the three bears"),
    ("my daughter wants the ugly duckling", "title", "The Ugly Duckling"),
    ("little red riding hood but shorter", "classic", "Little Red Riding Hood"),
    ("do you know rapunzel", "elsewhere", "Rapunzel"),
    ("tell me a story about elsa", "elsewhere", "Elsa"),
    ("小红帽", "classic", "小红帽"),
    ("给我讲三只小猪的故事", "title", "三只小猪"),
    ("我想听龟兔赛跑", "title", "龟兔赛跑"),
    ("我女儿想听灰姑娘", "title", "灰姑娘"),
    ("讲一下守株待兔", "title", "守株待兔"),
    ("嫦娥奔月的故事", "title", "嫦娥奔月"),
    ("你会讲三只小猪吗", "title", "三只小猪"),
    ("会讲白雪公主吗", "elsewhere", "白雪公主"),
    ("我要听葫芦娃", "elsewhere", "葫芦娃"),
]


@pytest.mark.parametrize(("text", "intent", "name"), ASKED)
def test_it_is_asked_for_by_name(text, intent, name):
    language = "en" if text.isascii() else "zh"
    found = readings(TEMPLATES[language], text, language)
    assert found
    assert (found[0].intent.name, *found[0].slots.values()) == (intent, name)


def test_every_name_is_that_of_one_tale():
    for language in LANGUAGES:
        names = [name for tale in tales.library(language) for name in tale.names]
        assert len(names) == len(set(names))
        assert sum(bool(tale.known) for tale in tales.library(language)) >= 12


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "tell me a story about the big bad wolf", "The Three Little Pigs"),
        ("en", "a bedtime story about goldilocks", "Goldilocks and the Three Bears"),
        ("zh", "讲个小红帽的故事", "小红帽"),
        ("zh", "讲一个司马光砸缸的故事", "司马光砸缸"),
    ],
)
async def test_a_wish_that_names_it_gets_it(home, language, text, title):
    await home.ask("tell", language, text=text)
    assert home.skill.teller.bookmark.story.title == title


async def test_a_wish_for_more_than_it_gets_a_story_made_for_it(home):
    await home.ask("tell", "en", text="tell me a story about goldilocks and a dragon")
    story = home.skill.teller.bookmark.story
    assert "dragon" in story.cast["companion"].kind


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_we_do_not_have_is_said_and_one_of_ours_offered(home, language):
    outcome = home.turn(language, text="", intent="elsewhere")
    asked = []

    async def speak(turn, answer):
        if turn.asking:
            asked.append(answer)
            turn.hear({"en": "yes please", "zh": "好的"}[language])

    outcome.turn.speak = speak
    await home.handler("elsewhere")(outcome.turn, famous="Frozen")
    assert "Frozen" in asked[0]
    assert home.skill.teller.bookmark.story.title in asked[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "tell me a classic story"), ("zh", "讲个经典童话"), ("zh", "讲个成语故事")],
)
def test_a_wish_for_a_classic(language, text):
    request = understand(text, language, Noon(), {})
    told = choose.story(request, [], {}, random.Random(1))
    assert told.title in {tale.called for tale in tales.library(language) if tale.known}


def test_it_is_shortened_where_it_can_be():
    tale = titles.ours("en")["goldilocks"]
    short = choose.whole(tale, Request(language="en", minutes=1))
    assert short.seconds < choose.whole(tale, Request(language="en")).seconds


@pytest.mark.parametrize(
    ("language", "title", "about", "told"),
    [
        ("en", "gingerbread man", "the fox", "a fox who said"),
        ("en", "gingerbread man", "the scarecrow", "no more than you heard"),
        ("en", "gingerbread man", "the dragon", "isn't in this story"),
        ("zh", "狼来了", "那个放羊的", "阿水"),
        ("zh", "狼来了", "牛郎", "没有"),
    ],
)
async def test_only_who_is_in_it_is_told_of(home, language, title, about, told):
    await home.ask("title", language, title=title)
    text = {"en": f"who was {about} again", "zh": f"{about}是谁"}[language]
    outcome = await home.ask("who", language, text=text, who=about)
    assert told in outcome.text
