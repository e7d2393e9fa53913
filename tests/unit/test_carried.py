"""What goes on with the request before, in a household of two small skills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.test_stages import NOW, Clock, Loaded
from voice_assistant.corrections import amended
from voice_assistant.lexicon import Lexicon
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange, Session

pytestmark = pytest.mark.anyio

BELLS = """
intents:
  set: {sentences: ["ring [at] {time}"]}
  often: {when: follow, sentences: ["make it daily"]}
  move: {when: follow, sentences: ["make it {time}"]}
"""
DAYS = """
intents:
  today: {sentences: ["what day is it {time} [in {place}]"]}
  later: {sentences: ["what day is it in {duration}"]}
lists:
  place: [madrid, rome]
"""
SKY = """
intents:
  over: {sentences: ["how is the sky over {where}"]}
  elsewhere: {when: follow, sentences: ["and {where}"]}
"""
WORLD = """
intents:
  answer: {sentences: ["look it up"]}
"""


@pytest.fixture
def router(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Router:
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: [("", 0.6), ("bells.set", 0.1)])
    monkeypatch.setattr(Lexicon, "_mended", lambda self, text: None)
    texts = {"bells": BELLS, "days": DAYS, "sky": SKY, "knowledge": WORLD}
    skills = {name: Loaded(tmp_path / name, text) for name, text in texts.items()}
    return Router(skills, now=lambda: NOW)


async def last(router: Router, *turns: str, done: bool) -> tuple[str | None, str]:
    """Who hears the last of some turns, and the whole of the request it then is."""
    session = Session(clock=Clock())
    for said in turns:
        route = await router.route(Utterance(text=said, language="en"), session)
        receipts = ("done",) if done else ()
        session.remember(Exchange(when=NOW, text=said, route=route, said=(), receipts=receipts))
    return route.intent, route.text


async def test_a_value_alone_changes_what_was_done_before(router: Router) -> None:
    said = "ring at seven", "make it daily"
    assert await last(router, *said, "eight", done=True) == ("move", "make it eight")
    assert await last(router, *said, "eight", done=False) == ("set", "ring eight")


async def test_another_name_takes_the_place_of_one_that_was_said(router: Router) -> None:
    asked = "what day is it today in madrid"
    there = "today", "what day is it today in rome"
    assert await last(router, asked, "make it rome", done=True) == there
    between = asked, "ring at seven", "make it rome"
    assert await last(router, *between, done=True) == there


async def test_a_question_about_the_world_is_asked_of_something_else(router: Router) -> None:
    asked = "how big is jupiter"
    assert await last(router, asked, "and the moon", done=False) == (
        "answer",
        "how big is the moon",
    )
    assert (await last(router, asked, "and ring at seven", done=False))[0] == "set"


async def test_a_value_behind_no_changes_what_was_only_asked_about(router: Router) -> None:
    turns = "ring at seven", "make it daily", "no eight"
    assert await last(router, *turns, done=False) == ("move", "make it eight")


async def test_a_question_goes_on_as_another_of_its_skill(router: Router) -> None:
    turns = "what day is it tomorrow", "and in two weeks"
    assert (await last(router, *turns, done=False))[1] == "what day is it in two weeks"


async def test_a_known_name_needs_no_and(router: Router) -> None:
    turns = "what day is it tomorrow in rome", "in madrid"
    assert (await last(router, *turns, done=False))[1] == "what day is it tomorrow in madrid"
    assert (await last(router, *turns, done=True))[1] == "what day is it tomorrow in madrid"


def test_the_hour_leaves_the_day_that_was_said_before() -> None:
    found = list(amended("call mum tomorrow morning", (), "ten o'clock", "en", NOW))
    assert found[0] == "call mum tomorrow morning ten o'clock"


async def test_a_place_that_was_named_is_there(router: Router) -> None:
    asked = "what day is it today in madrid"
    assert (await last(router, asked, "what day is it tomorrow there", done=False)) == (
        "today",
        "what day is it tomorrow in madrid",
    )


async def test_what_goes_on_with_a_follow_up_reaches_back_to_the_request(router: Router) -> None:
    said = "ring at seven", "make it daily"
    assert await last(router, *said, "what about nine", done=True) == ("set", "ring nine")


async def test_a_length_is_told_by_the_one_spoken_of(router: Router) -> None:
    asked = "what day is it in ten minutes"
    for said, length in (
        ("twice that", "20 minutes"),
        ("six times that", "1 hour"),
        ("half that", "5 minutes"),
    ):
        heard = await last(router, asked, said, done=False)
        assert heard == ("later", f"what day is it in {length}")


async def test_any_text_is_believed_where_one_was_said_before(router: Router) -> None:
    asked = "how is the sky over london"
    assert (await last(router, asked, "the same for dublin", done=True))[0] == "elsewhere"
    assert (await last(router, "ring at seven", "the same for dublin", done=True))[0] != "elsewhere"
