"""Conversations with the small skills: what follows on a request goes on from it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from voice_assistant_skills.calculator.skill import Calculator
from voice_assistant_skills.clock import sky
from voice_assistant_skills.dictionary import inflecting
from voice_assistant_skills.dictionary.skill import Dictionary
from voice_assistant_skills.games.skill import Games
from voice_assistant_skills.jokes.skill import Jokes
from voice_assistant_skills.lists.skill import Lists

from tests.fakes import TryOut

pytestmark = pytest.mark.anyio


@pytest.fixture
def kitchen(tmp_path):
    return TryOut(Lists, tmp_path)


async def test_a_new_list_is_filled_until_it_is_enough(kitchen):
    outcome = await kitchen.ask(
        "create",
        list_name="party",
        answers=["balloons", "candles and cake", "read it", "that's all"],
    )
    assert "balloons, candles and cake" in outcome.asked[-1]
    assert "nothing" not in (await kitchen.ask("read", list_name="party")).text
    for receipt in reversed(outcome.receipts):
        await receipt.undo()
    assert "no party list" in (await kitchen.ask("read", list_name="party")).text


@pytest.mark.parametrize(
    ("language", "put", "better", "left"),
    [
        ("en", "six eggs", "twelve eggs", "12 eggs"),
        ("en", "two bottles of milk", "four", "4 bottles of milk"),
        ("en", "milk", "oat milk", "oat milk"),
        ("zh", "两瓶可乐", "三瓶", "3瓶可乐"),
        ("zh", "牛奶", "豆奶", "豆奶"),
    ],
)
async def test_what_was_put_on_a_list_is_put_right(kitchen, language, put, better, left):
    await kitchen.ask("add", language, text=put, item=put)
    await kitchen.ask("amend", language, text=better, better=better)
    said = (await kitchen.ask("read", language)).text.rstrip(".。")
    assert said.endswith((f" {left}", f"：{left}"))


async def test_a_list_is_changed_as_people_say_it(kitchen):
    await kitchen.ask("add", item="milk and eggs")
    await kitchen.ask("swap", item="milk", better="juice")
    await kitchen.ask("move", item="eggs", list_name="party")
    assert (await kitchen.ask("read")).text == "On the shopping list: juice."
    await kitchen.ask("rename", list_name="party", new_name="birthday")
    assert "eggs" in (await kitchen.ask("read", list_name="birthday")).text
    await kitchen.ask("add", item="beer")
    await kitchen.ask("retract")
    assert "beer" not in (await kitchen.ask("read")).text


async def test_a_note_is_put_right_where_it_is_most_alike(kitchen):
    await kitchen.ask("note", note="the plumber comes on thursday at nine")
    said = (await kitchen.ask("amend", better="friday")).text
    assert "the plumber comes on friday at nine" in said
    assert "friday" in (await kitchen.ask("back")).text


async def test_a_score_can_be_asked_for_and_doubted_questions_go_on(tmp_path):
    table = TryOut(Games, tmp_path)
    quiz = await table.ask(
        "play",
        text="let's play a quiz",
        answers=["pass", "what's my score", "say that again", "quit"],
    )
    assert "0 right out of 1" in quiz.asked[2]
    assert quiz.asked[2].endswith(quiz.asked[3])
    twenty = await table.ask(
        "play", text="twenty questions", answers=["yes", "i don't know", "is it alive", "quit"]
    )
    assert "cannot find" not in twenty.text
    assert twenty.asked[3].endswith(twenty.asked[2])


async def test_a_throw_is_repeated_as_it_was(tmp_path):
    table = TryOut(Games, tmp_path)
    await table.ask("dice", count=3)
    assert "and" in (await table.ask("again", text="roll again")).text
    hangman = (await table.ask("play", text="let's play hangman")).text
    assert "don't play that" in hangman


async def test_times_tables_are_times_tables(tmp_path):
    sums = await TryOut(Games, tmp_path).ask(
        "play", text="test me on my times tables", answers=["1", "2", "3", "4", "5"]
    )
    assert all("times" in each for each in sums.asked)


async def test_a_knock_knock_joke_waits_for_who_is_there(tmp_path):
    told = await TryOut(Jokes, tmp_path).ask("knock_ours", answers=["who's there", "who"])
    assert [each.rstrip(".") for each in told.asked] == ["Knock, knock", "Alfie"]
    assert told.said[-1].startswith("Alfie give you a clue") or "Alfie" in told.said[-1]


async def test_a_word_is_gone_on_with(tmp_path):
    book = TryOut(Dictionary, tmp_path)
    await book.ask("spell", text="spell rhythm", word="rhythm")
    assert "R, H, Y, T, H, M" in (await book.ask("of_it", text="spell it", what="spell")).text
    letters = await book.ask(
        "spell", text="how many letters are in mississippi", word="mississippi"
    )
    assert "11" in letters.text


def test_plurals_and_pasts():
    plurals = {"mouse": "mice", "box": "boxes", "city": "cities", "day": "days", "cat": "cats"}
    assert {word: inflecting.plural(word) for word in plurals} == plurals
    pasts = {"swim": ["swam", "swum"], "stop": ["stopped"] * 2, "try": ["tried"] * 2}
    assert {word: inflecting.past(word) for word in pasts} == pasts


async def test_a_result_is_gone_on_with(tmp_path):
    desk = TryOut(Calculator, tmp_path)
    await desk.ask("compute", text="five times six")
    assert "35" in (await desk.ask("go_on", sign="plus", operand=5)).text
    assert "28" in (await desk.ask("instead", sign="minus", operand=2)).text
    assert "14" in (await desk.ask("apply", function="half")).text
    await desk.ask("convert", text="convert five miles to kilometres")
    assert "8,047 metres" in (await desk.ask("other_unit", unit="metre")).text


def test_the_next_change_of_the_clocks():
    berlin = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    day, ahead = sky.next_change(berlin)
    assert (day.isoformat(), ahead) == ("2027-03-28", True)
    assert sky.next_change(berlin.astimezone(ZoneInfo("Asia/Shanghai"))) is None
