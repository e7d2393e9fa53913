"""Games: the data, the rounds, and that a round survives silence and interruption."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from rapidfuzz import fuzz
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
def test_questions_are_many_and_have_their_answers_accepted(language):
    known = quiz.questions(language)
    assert len(known) >= 300
    assert len(quiz.riddles(language)) >= 60
    truck = {"en": "a purple truck", "zh": "紫色卡车"}[language]
    for each in known + quiz.riddles(language):
        assert all(right(answer, list(each.answers), language) for answer in each.answers), each
        assert not right(truck, list(each.answers), language), each


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_question_is_there_twice_in_whatever_dress(language):
    for row in (quiz.questions(language), quiz.riddles(language)):
        bare = [re.sub(r"[\W_]|the|an?", "", each.text.lower()) for each in row]
        assert len(set(bare)) == len(row)
    for one, other in combinations(quiz.questions(language), 2):
        if set(one.answers) & set(other.answers):
            assert fuzz.ratio(one.text, other.text) < 85, (one.text, other.text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_topic_has_questions_for_every_age(language):
    known = quiz.questions(language)
    assert {each.topic for each in known} == set(data("topics")[language])
    for topic in data("topics")[language]:
        ages = Counter(each.age for each in known if each.topic == topic)
        assert ages.total() >= 45
        assert set(range(5, 13)) <= set(ages), topic
        assert sum(count for age, count in ages.items() if age >= 10) >= 12, topic


@pytest.mark.parametrize(
    ("said", "language", "age"),
    [
        ("quiz me on animals for a seven year old", "en", 7),
        ("a quiz for my 9-year-old", "en", 9),
        ("ask me five questions", "en", None),
        ("考考七岁的孩子", "zh", 7),
        ("来五道题", "zh", None),
    ],
)
def test_the_age_of_the_players_is_understood(said, language, age):
    assert quiz.age_of(said, language) == age


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("age", [4, 5, 8, 11, 16, 40])
def test_questions_are_fair_for_the_age(language, age):
    known = quiz.questions(language)
    chosen = quiz.fair(known, age)
    assert len(chosen) >= quiz.ROUND
    if age >= 5:
        assert all(min(age - 3, 10) <= each.age <= age for each in chosen)


async def test_a_quiz_is_asked_for_an_age(table):
    said = await table.ask("play", text="quiz me on science for a six year old", answers=["pass"])
    ages = {each.text: each.age for each in quiz.questions("en") if each.topic == "science"}
    asked = [text for text in ages if any(text in question for question in said.asked)]
    assert len(asked) == len(said.asked) == 2
    assert all(ages[text] <= 6 for text in asked)


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
    game._last, game._used = "一心一意", {"一心一意"}
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


@pytest.mark.parametrize(
    ("language", "said", "key"),
    [
        ("en", "i give up on the quiz", "quits"),
        ("en", "ok enough of that", "quits"),
        ("en", "i don't want to play any more games", "quits"),
        ("en", "no idea tell me", "passes"),
        ("en", "that's too hard", "passes"),
        ("en", "a map", ""),
        ("en", "stop sign", ""),
        ("en", "a game of chess", ""),
        ("zh", "不答题了", "quits"),
        ("zh", "算了不玩了", "quits"),
        ("zh", "这个不会给个提示", "hints"),
        ("zh", "玩腻了换一个", "quits"),
        ("zh", "猜不出来告诉我吧", "passes"),
        ("zh", "这题太难了", ""),
        ("zh", "太难了", "passes"),
        ("zh", "不倒翁", ""),
    ],
)
def test_the_end_and_a_pass_are_heard_in_many_words(language, said, key):
    controls = data("controls")[language]
    found = [name for name in ("quits", "passes", "hints") if re.fullmatch(controls[name], said)]
    assert found == ([key] if key else [])


def test_a_hint_is_about_the_answer_and_not_its_article():
    question = quiz.Question(key="q", text="Which river?", answers=("the Nile",))
    assert quiz.Quiz(talk, "en", [question]).hint() == "hint N"
    assert quiz.Riddle(talk, "en", question).hint() == "hint_size 4 N"


def test_names_are_written_as_names():
    capitals = [each for each in quiz.questions("en") if "capital of" in each.text]
    assert len(capitals) > 10
    assert all(each.answers[0][0].isupper() for each in capitals)
