"""Games: the data, the rounds, and that a round survives silence and interruption."""

from __future__ import annotations

import re

import pytest
from voice_assistant_skills.games import quiz
from voice_assistant_skills.games.chain import Chain, words
from voice_assistant_skills.games.game import data, right
from voice_assistant_skills.games.guessing import Twenty
from voice_assistant_skills.games.skill import Games

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("games")


def talk(key, **values):
    return " ".join([key, *map(str, values.values())])


@pytest.fixture
def table(tmp_path):
    return TryOut(Games, tmp_path)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_many_of_all_topics_and_have_their_answers_accepted(language):
    known = quiz.questions(language)
    assert len(known) >= 120
    assert len({each.key for each in known}) == len(known)
    assert {each.topic for each in known} == set(data("topics")[language])
    for each in known + quiz.riddles(language):
        assert all(right(answer, list(each.answers), language) for answer in each.answers), each
        assert not right({"en": "a purple truck", "zh": "紫色卡车"}[language],
                         list(each.answers), language), each  # fmt: skip
    assert sum(each.age <= 8 for each in known) >= 40
    assert len(quiz.riddles(language)) >= 40


@pytest.mark.parametrize(
    ("heard", "answers", "language"),
    [
        ("I think it's a giraffe", ["giraffe"], "en"),
        ("eight", ["8"], "en"),
        ("the girafe", ["giraffe"], "en"),
        ("在西安吧", ["西安"], "zh"),
        ("八条", ["8"], "zh"),
        ("常江", ["长江"], "zh"),
    ],
)
def test_answers_are_taken_as_people_say_them(heard, answers, language):
    assert right(heard, answers, language)


def test_wrong_answers_are_wrong():
    assert not right("seven", ["8"], "en")
    assert not right("elephant", ["giraffe"], "en")
    assert not right("黄河", ["长江"], "zh")


async def test_a_quiz_is_counted_and_kept(table):
    said = await table.ask("play", text="quiz me on animals", answers=["pass"] * 5)
    assert len(said.asked) == 5
    assert "0 of 5" in said.text
    assert [r.result for r in said.receipts] == [{"game": "quiz", "points": 0}]
    assert "quiz 0, 1 played" in (await table.ask("score")).text
    assert not table.session.active


async def test_questions_do_not_come_again_soon(table):
    asked = [
        question
        for _ in range(4)
        for question in (await table.ask("play", "zh", text="考考我", answers=["跳过"] * 5)).asked
    ]
    texts = [re.sub(r"^.*?[。！]", "", each) for each in asked]
    assert len(set(texts)) == 20


async def test_silence_leaves_the_game_open_and_a_late_answer_counts(table):
    said = await table.ask("play", text="let's play a quiz", answers=["pass"])
    assert table.session.active == ["games"]
    assert len(said.asked) == 2
    late = await table.ask("reply", text="i think it's blue", answer="blue")
    assert len(late.asked) == 1
    assert await table.halt()
    assert not table.session.active
    assert not await table.halt()


async def test_after_an_interruption_the_question_comes_again(table):
    said = await table.ask("play", text="ask me a riddle")
    again = table.turn(intent="play")
    await table.skill.resume(again.turn)
    assert again.asked == said.asked[-1:]


async def test_a_game_is_ended_by_saying_so(table):
    said = await table.ask("play", "zh", text="玩猜数字", answers=["五十", "不玩了"])
    assert re.search("下次|开心", said.text)
    assert not table.session.active


async def test_which_game_is_asked_and_a_list_is_given(table):
    said = await table.ask("play", text="let's play a game", answers=["rock paper scissors"])
    assert "Who wins twice" in said.text
    assert "word chain" in (await table.ask("play", text="what games can we play")).text


async def test_a_number_is_found_by_halving(table):
    table.skill.home.store.set("last", "number")
    said = await table.ask("play", text="guess the number", answers=["1"])
    low, high = 1, 100
    for _ in range(8):
        if "Yes," in said.text or "You needed" in said.text:
            break
        middle = (low + high + 1) // 2
        said = await table.ask("reply", answer=str(middle))
        if "igher" in said.text:
            low = middle
        elif "ower" in said.text:
            high = middle - 1
    assert "You needed" in said.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_twenty_questions_finds_every_thing_it_knows(language):
    table = data("things")
    yes, no = {"en": ("yes", "no"), "zh": ("是的", "不是")}[language]
    asks = {text[language]: key for key, text in table["questions"].items()}
    for thing in table["things"]:
        game = Twenty(talk, language)
        for _ in range(21):
            asked = game.question()
            if asked in asks:
                true = asks[asked] in thing["is"].split()
            else:
                true = asked == f"twenty_guess {thing[language]}"
            step = game.answer(yes if true else no)
            if step.over:
                break
        assert step.say == "twenty_found", thing


def test_a_word_chain_links_and_refuses():
    game = Chain(talk, "en")
    last = game.begin().split()[1]
    wrong = "q" if last[-1] != "q" else "z"
    assert "chain_misfit" in game.answer(wrong + "uiz").say
    fitting = next(w for w in sorted(words("en")) if w[0] == last[-1] and w != last)
    assert game.answer(fitting).say.startswith(("chain_next", "chain_won"))
    assert "chain_used" in game.answer(fitting).say


def test_idioms_link_by_their_sound():
    game = Chain(talk, "zh", more=["异军突起"])
    game._last = "一心一意"
    assert "chain_unknown" in game.answer("意大利面").say
    assert "chain_misfit" in game.answer("画蛇添足").say
    assert game.answer("异想天开").say.startswith("chain_next 开")


@pytest.mark.parametrize(
    ("intent", "slots", "pattern"),
    [
        ("coin", {}, "Heads|heads|Tails|tails"),
        ("dice", {}, r"[1-6]"),
        ("dice", {"count": 2}, r"(that makes|together)"),
        ("dice", {"sides": 20}, r"\d+"),
        ("dice", {"count": 500}, "up to 20 dice"),
        ("pick", {"low": 5, "high": 5}, "5"),
        ("pick", {"options": "pizza or pasta"}, "pizza|pasta"),
    ],
)
async def test_chance(table, intent, slots, pattern):
    assert re.search(pattern, (await table.ask(intent, **slots)).text)


async def test_numbers_and_cards_in_free_speech(table):
    assert "together" in (said := await table.ask("dice", text="roll three dice")).text or (
        "makes" in said.text
    )
    assert " of " in (await table.ask("pick", text="draw a random card")).text
    said = await table.ask("pick", "zh", text="帮我选一个吃火锅还是吃面")
    assert re.search("火锅|面", said.text)
