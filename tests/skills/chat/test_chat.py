"""Talk with and without a model, memory, and the owner's review."""

from __future__ import annotations

import json
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from voice_assistant_skills import chat
from voice_assistant_skills.chat import meant
from voice_assistant_skills.chat.memory import told_back
from voice_assistant_skills.chat.skill import PATIENCE, Chat
from voice_assistant_skills.chat.told import Told

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of
from voice_assistant.prompts import chat_prefix
from voice_assistant.session import Exchange
from voice_assistant.settings import Household
from voice_assistant.texts import read_yaml

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("chat")
EVERYDAY = Chat.everyday.intents


class Listening:
    """A mind that keeps what it was asked and says the same every time."""

    name, ready = "listening", True

    def __init__(self, *replies: str) -> None:
        self.replies = replies or ("That sounds lovely,\n", "I am glad.\n")
        self.asked, self.kept, self.options, self.read = [], [], [], []

    def keep(self, chat):
        self.kept.append(chat)

    async def prepare(self, chat):
        self.read.append(chat)

    async def speak(self, chat, *, language, limit=200, sentences=4):
        self.asked.append(chat)
        self.options.append((limit, sentences))
        for reply in self.replies:
            yield reply


async def home(tmp_path, mind=None, **services) -> TryOut:
    kitchen = TryOut(Chat, tmp_path / "chat", mind=mind, services=services)
    await kitchen.skill.start()
    return kitchen


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_is_said_every_day_has_an_answer_without_a_model(tmp_path, language):
    kitchen = await home(tmp_path)
    for intent in EVERYDAY:
        outcome = await kitchen.ask(intent, language)
        assert outcome.text
        assert (language == "zh") == any("一" <= c <= "鿿" for c in outcome.text)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_without_a_model_talk_says_how_to_get_one(tmp_path, language):
    kitchen = await home(tmp_path)
    outcome = await kitchen.ask("talk", language, text="what do you think about autumn")
    assert "models pull smollm2-135m" in outcome.text
    again = [await kitchen.ask("talk", language, text="i bought a bicycle") for _ in range(4)]
    assert not any("pull" in each.text for each in again)
    assert len({each.text for each in again}) > 2
    kitchen.clock.jump(timedelta(hours=2))
    assert "pull" in (await kitchen.ask("talk", language, text="i am reading")).text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("the old cinema burned down, so many memories lost", "lost_low"),
        ("we bought a boat", "lost_glad"),
        ("what is a mortgage", "lost_question"),
        ("i painted the fence", "lost"),
        ("隔壁的老桥塌了", "lost"),
        ("贷款是怎么回事", "lost_question"),
    ],
)
async def test_without_a_model_the_tone_is_right(tmp_path, text, key):
    kitchen = await home(tmp_path)
    language = "zh" if text[0] > "~" else "en"
    outcome = await kitchen.ask("talk", language, text=text)
    wordings = load_phrases(language)[key]
    assert any(outcome.text.startswith(words) for words in wordings)


def load_phrases(language):
    folder = Path(chat.__file__).parent
    return read_yaml((folder / f"{language}.yaml").read_text("utf-8"))["phrases"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_whom_a_feeling_is_about_is_no_stumbling_block(tmp_path, language):
    kitchen = await home(tmp_path)
    for intent in EVERYDAY:
        assert (await kitchen.ask(intent, language, someone="my brother", what="x")).text


async def test_a_turn_goes_on_from_what_was_said(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    await kitchen.ask("talk", text="I bought a bicycle.")
    await kitchen.ask("talk", text="It is red.")
    prefix = chat_prefix("en")
    first, second = mind.asked
    assert first[: len(prefix)] == second[: len(prefix)] == prefix
    assert [m.content for m in second[len(prefix) :]] == [
        "I bought a bicycle.",
        "That sounds lovely, I am glad.",
        "It is red.",
    ]
    assert second[: len(first)] == first, "what was read stays a prefix"


async def test_what_changes_comes_last(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    await kitchen.ask("remember", fact="we are vegetarian")
    await kitchen.ask("talk", text="What should we cook today?")
    *before, last = mind.asked[0]
    assert before == chat_prefix("en")
    assert "vegetarian" in last.content
    assert "25 November 2026" in last.content
    assert last.content.startswith("What should we cook today?")


async def test_only_what_was_heard_is_remembered(tmp_path):
    mind = Listening("That sounds lovely,\n", "never heard.\n")
    kitchen = await home(tmp_path, mind)
    turn = kitchen.turn(text="Hello.").turn
    async with aclosing(await kitchen.skill.talk(turn)) as stream:
        async for _ in stream:
            break
    await kitchen.ask("talk", text="And now?")
    assert [m.content for m in mind.asked[1]][-2] == "That sounds lovely,"


async def test_a_talk_is_over_after_a_while_and_does_not_grow_for_ever(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    for number in range(20):
        await kitchen.ask("talk", text=f"Number {number}.")
    assert len(mind.asked[-1]) < len(chat_prefix("en")) + 34
    kitchen.clock.jump(timedelta(minutes=11))
    await kitchen.ask("talk", text="Something else.")
    assert len(mind.asked[-1]) == len(chat_prefix("en")) + 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [("Tell me briefly why.", 1), ("Why?", 3), ("Explain in detail.", 9), ("简短说说", 1)],
)
async def test_the_length_that_was_asked_for(tmp_path, text, sentences):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    await kitchen.ask("talk", text=text)
    assert mind.options[0][1] == sentences


async def test_the_prompt_is_read_ahead_at_the_start_and_while_the_user_speaks(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    assert mind.kept == [chat_prefix("en"), chat_prefix("zh")]
    await kitchen.skill.expect("what do you think", "en")
    assert mind.read[0][-1].content == "what do you think"


async def test_children_and_personas_are_spoken_to_in_their_way(tmp_path):
    mind = Listening()
    await home(tmp_path, mind, household=Household(child_mode=True), persona="a pirate")
    system = mind.kept[0][0].content
    assert "child" in system
    assert "pirate" in system
    assert mind.kept[0][1:] != chat_prefix("en")[1:], "examples of a child's talk"


@pytest.mark.parametrize(
    ("language", "told", "kind"),
    [("en", "I'm scared of thunder", "afraid"), ("zh", "我怕打雷", "afraid")],
)
async def test_a_child_is_answered_in_easy_words(tmp_path, language, told, kind):
    kitchen = await home(tmp_path, Listening(), household=Household(child_mode=True))
    outcome = await kitchen.ask("talk", language, text=told)
    assert outcome.text in meant.replies(kind, language, child=True)
    assert outcome.text not in meant.replies(kind, language)


async def test_memory_is_kept_listed_and_forgotten(tmp_path):
    kitchen = await home(tmp_path)
    outcome = await kitchen.ask("remember", fact="my sister is allergic to nuts")
    assert "your sister" in outcome.text
    await kitchen.ask("remember", fact="we are vegetarian")
    listed = await kitchen.ask("memories")
    assert "nuts" in listed.text
    assert "you are vegetarian" in listed.text
    assert "nuts" in (await kitchen.ask("forget", fact="the nuts")).text
    assert "nuts" not in (await kitchen.ask("memories")).text
    assert "nothing" in (await kitchen.ask("forget", fact="my car")).text
    assert await outcome.receipts[0].undo()


async def test_forgetting_everything_is_confirmed_first(tmp_path):
    kitchen = await home(tmp_path)
    await kitchen.ask("remember", "zh", fact="我们家吃素")
    await kitchen.ask("forget_all", "zh", answers=["不要"])
    assert "你们家吃素" in (await kitchen.ask("memories", "zh")).text
    await kitchen.ask("forget_all", "zh", answers=["好的"])
    assert "吃素" not in (await kitchen.ask("memories", "zh")).text


async def test_what_was_just_told_is_forgotten_without_being_named(tmp_path):
    kitchen = await home(tmp_path)
    done = (await kitchen.ask("remember", "zh", fact="我们家吃素")).receipts
    kitchen.session.remember(
        Exchange(when=kitchen.clock.now(), text="", route=None, said=(), receipts=tuple(done))
    )
    assert "吃素" in (await kitchen.ask("forget", "zh")).text
    assert "吃素" not in (await kitchen.ask("memories", "zh")).text
    assert not (await kitchen.ask("forget", "zh")).receipts


def test_facts_are_said_back_to_the_one_who_told_them():
    assert told_back("my dog is old and i love him", "en") == "your dog is old and you love him"
    assert told_back("i was late for our train", "en") == "you were late for your train"
    assert told_back("我的车是红的", "zh") == "你的车是红的"


async def test_a_report_keeps_the_answer_and_how_it_came_about(tmp_path):
    kitchen = await home(tmp_path)
    assert not (await kitchen.ask("report")).receipts
    kitchen.session.turns.append(
        Exchange(
            when=kitchen.clock.now(),
            text="a question",
            route=kitchen.turn(intent="talk").turn.route,
            said=("An odd answer.",),
        )
    )
    outcome = await kitchen.ask("report")
    (line,) = (tmp_path / "chat" / "reports.jsonl").read_text("utf-8").splitlines()
    entry = json.loads(line)
    assert entry["heard"] == "a question"
    assert entry["said"] == ["An odd answer."]
    assert outcome.receipts[0].action == "chat.report"


@pytest.mark.parametrize(
    ("language", "told", "asked", "answer"),
    [
        ("en", "my wife baked plum cake on sundays", "do you remember what my wife baked", "your wife"),
        ("en", "my sister's birthday is in may", "what did i tell you about my sister", "your sister"),
        ("zh", "我女儿对花生过敏", "你还记得我女儿对什么过敏吗", "你女儿"),
    ],
)  # fmt: skip
async def test_what_was_kept_is_told_without_a_model(tmp_path, language, told, asked, answer):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    kitchen.skill.memory.add(told)
    assert answer in (await kitchen.ask("talk", language, text=asked)).text
    assert mind.asked == []
    assert answer not in (await kitchen.ask("talk", language, text="how are things")).text


@pytest.mark.parametrize(
    ("language", "told", "asked", "name"),
    [
        ("en", ["by the way my daughter is called mia"], "what's my daughter called again", "Mia"),
        ("en", ["my wife anna is away until sunday"], "what is my wife's name", "Anna"),
        ("en", ["my late husband walter used to sing"], "what was my husband called", "Walter"),
        ("en", ["my brother's name is tom", "no, his name is tim"], "who is tim", "Tim"),
        ("en", ["we have a dog called rex"], "do you remember my dog's name", "Rex"),
        ("zh", ["对了，我女儿叫朵朵，今年六岁"], "我女儿叫什么名字来着", "朵朵"),
        ("zh", ["我养了一只猫，叫橘子，天天趴着"], "我的猫叫什么", "橘子"),
        ("zh", ["我孙子小军考上大学了"], "你还记得我孙子的名字吗", "小军"),
    ],
)
async def test_names_told_in_passing_are_known(tmp_path, language, told, asked, name):
    kitchen = await home(tmp_path, Listening())
    for text in [*told, "it was a long day" if language == "en" else "今天真长"]:
        await kitchen.ask("talk", language, text=text)
    assert name in (await kitchen.ask("talk", language, text=asked)).text


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "my boss had me redo it all", "what is my boss called"),
        ("en", "my son really likes it", "what's my son called"),
        ("zh", "我女儿叫我起床", "我女儿叫什么"),
    ],
)
async def test_what_is_no_name_is_none(tmp_path, language, told, asked):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    await kitchen.ask("talk", language, text=told)
    outcome = await kitchen.ask("talk", language, text=asked)
    assert outcome.text == load_phrases(language)["not_told"]


async def test_a_name_from_before_the_window_is_told_to_the_model(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    await kitchen.ask("talk", text="my daughter is called mia")
    await kitchen.ask("talk", text="what could I cook for my daughter")
    assert mind.asked[-1][-1].content == "what could I cook for my daughter"
    for _ in range(20):
        await kitchen.ask("talk", text="it is raining")
    await kitchen.ask("talk", text="what could I cook for my daughter")
    assert "the daughter is called Mia" in mind.asked[-1][-1].content


@pytest.mark.parametrize(
    ("texts", "asked", "found"),
    [
        (
            [
                "my wife is away in madrid",
                "it is raining",
                "where is my wife",
                "no, she is in rome",
            ],
            "do you remember where my wife is",
            ["my wife is away in madrid", "no, she is in rome"],
        ),
        (
            ["我老婆出差去成都了", "外面下雨了", "我老婆去哪儿了？", "不对，她去的是重庆"],
            "我刚才说我老婆在哪儿",
            ["我老婆出差去成都了", "不对，她去的是重庆"],
        ),
        (
            ["my cousin teaches in york", "wait, not in york, in hull", "the soup is hot"],
            "where does my cousin teach",
            ["my cousin teaches in york; wait, not in york, in hull"],
        ),
        (
            ["we saw a play", "i can't stand mushrooms", "my knee hurts"],
            "what should i leave out of the risotto",
            ["i can't stand mushrooms"],
        ),
        (
            ["我受不了蘑菇的味道", "今天走了好多路", "昨天看了场戏"],
            "炖鸡里别放什么好",
            ["我受不了蘑菇的味道"],
        ),
        (
            ["我家养了只鹦鹉", "是红色的", "今天走了好多路"],
            "我家的鹦鹉是什么颜色的",
            ["我家养了只鹦鹉", "是红色的"],
        ),
        (
            ["the plums are ripe", "i have a tenant now, she studies law", "she's from cork"],
            "where is my tenant from",
            ["i have a tenant now, she studies law", "she's from cork"],
        ),
        (
            ["which birds are good with cats?", "he fell off the ladder"],
            "which birds am i afraid of",
            [],
        ),
        (["it is raining", "the cat sleeps"], "do you remember where my wife is", []),
        ([], "where is my wife", []),
    ],
)
def test_what_was_told_earlier_is_found_by_its_meaning(texts, asked, found):
    told = Told()
    for text in texts:
        told.note(text)
    assert told.about(asked) == found
    told.clear()
    assert told.about(asked) == []


async def test_what_was_told_long_ago_is_told_to_the_model_when_it_matters(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    said = ["my uncle keeps bees near york", "it is raining", "the bus was full", "i baked bread"]
    asked = "would my uncle's bees like our garden"
    for text in [*said, asked]:
        turn = kitchen.turn(text=text).turn
        await kitchen.ask("talk", text=text)
        kitchen.clock.jump(timedelta(seconds=5))
        done = Exchange(when=kitchen.clock.now(), text=text, route=turn.route, said=("Oh.",))
        kitchen.session.turns.append(done)
    assert mind.asked[-1][-1].content == f"{asked} (Good to know: your uncle keeps bees near york)"
    await kitchen.skill.expect(asked, "en")
    assert mind.read[-1][-1] == mind.asked[-1][-1], "what was read ahead is what is asked"
    told = kitchen.skill.offers()["told"](kitchen.turn(text=asked).turn)
    assert told == ["your uncle keeps bees near york"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_example_of_the_prompt_shows_how_what_was_told_is_used(tmp_path, language):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    examples = [m.content for m in chat_prefix(language) if m.role == "user"]
    fact = "my aunt moved in next door" if language == "en" else "我姑姑搬到隔壁来了"
    asked = "Where does my aunt live?" if language == "en" else "我姑姑住哪儿？"
    kitchen.skill.told.note(fact)
    await kitchen.skill.expect(asked, language)
    note = mind.read[-1][-1].content.removeprefix(asked)
    assert told_back(fact, language) in note
    assert any(example.endswith(note) for example in examples)


@pytest.mark.parametrize(
    ("language", "told", "asked", "answer"),
    [
        ("en", "my uncle runs a mill in kent", "what does my uncle run again", "runs a mill"),
        ("en", "we fly to oslo in june", "when do we fly, did i say", "you fly to oslo"),
        ("zh", "我表姐在厦门开茶馆", "我表姐在哪儿开店来着", "厦门"),
    ],
)
async def test_who_asks_what_it_was_again_is_told(tmp_path, language, told, asked, answer):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    kitchen.skill.told.note(told)
    assert answer in (await kitchen.ask("talk", language, text=asked)).text
    assert mind.asked == []


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "my cousin works at the docks in dover", "where does my cousin work"),
        ("zh", "我表哥在大连的船厂上班", "我表哥在哪儿上班"),
    ],
)
async def test_what_was_told_is_for_talk_whatever_an_encyclopaedia_says(
    tmp_path, language, told, asked
):
    kitchen = await home(tmp_path)
    talked = kitchen.skill.offers()["talked"]
    assert not talked(kitchen.turn(language, text=asked).turn), "nothing was told yet"
    kitchen.skill.told.note(told)
    assert talked(kitchen.turn(language, text=asked).turn)
    assert told_back(told, language) in (await kitchen.ask("talk", language, text=asked)).text


async def test_a_careful_answer_is_part_of_the_talk_that_the_model_goes_on_with(tmp_path):
    mind = Listening()
    kitchen = await home(tmp_path, mind)
    said = (await kitchen.ask("talk", text="do you have a family")).text
    assert mind.asked == []
    assert mind.read[-1][-1].content == said, "it is read ahead"
    await kitchen.ask("talk", text="we painted the fence")
    assert [m.content for m in mind.asked[0][-3:]] == [
        "do you have a family",
        said,
        "we painted the fence",
    ]


async def test_a_turn_does_not_wait_for_ever_for_the_model_to_read(tmp_path):
    class Slow(Listening):
        async def prepare(self, chat):
            await anyio.sleep(100)

    kitchen = await home(tmp_path, Slow())
    began = anyio.current_time()
    await kitchen.ask("talk", text="we painted the fence")
    assert anyio.current_time() - began == pytest.approx(PATIENCE, abs=1)
