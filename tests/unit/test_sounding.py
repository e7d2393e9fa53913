"""What sounds like a request is taken for one; what somebody calls a thing stays as it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit.test_stages import Clock, Loaded
from voice_assistant.lexicon import Lexicon
from voice_assistant.matcher import OTHER
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Session

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LISTS = """
intents:
  add: {title: add, sentences: ["add {item} to my [shopping] list"]}
  read: {title: read, sentences: ["what is on my [shopping] list"]}
"""
HOME = """
intents:
  "on": {title: switch on, sentences: ["switch on the light", "open the {gate} door"]}
"""


@pytest.fixture
def router(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Router:
    skills = {
        "lists": Loaded(tmp_path / "lists", LISTS),
        "home": Loaded(tmp_path / "home", HOME),
    }
    monkeypatch.setattr(Lexicon, "mender", MENDER)
    return Router(skills, now=lambda: NOW)


MENDED = {
    "and milk to my shopping list": "add milk to my shopping list",
    "hope in the fighting door": "open the lighting door",
    "and blick to my shopping list": "add milk to my shopping list",
    "we could and milk": "what is on my list",
    "what is on my lisg": "what is on my list",
}
MENDER = SimpleNamespace(
    mend=MENDED.get,
    is_strange=lambda text: "lisg" in text or "blick" in text,
    slips=lambda text, mended: mended if "lisg" in text else None,
)


def sure_of(monkeypatch: pytest.MonkeyPatch, **chances: float) -> None:
    scores = sorted(
        ((name.replace("__", "."), each) for name, each in chances.items()),
        key=lambda pair: -pair[1],
    )
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: scores)


async def route(router: Router, text: str) -> Any:
    said = Utterance(text=text, language="en", confidence=0.8)
    return await router.route(said, Session(clock=Clock()))


async def test_words_of_what_is_clearly_for_a_skill_are_put_right(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of(monkeypatch, lists__read=0.9)
    found = await route(router, "and milk to my shopping list")
    assert (found.intent, found.slots) == ("add", {"item": "milk"})


async def test_a_word_that_nobody_says_is_a_name_in_what_is_clearly_for_a_skill(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of(monkeypatch, lists__read=0.9)
    found = await route(router, "and blick to my shopping list")
    assert (found.intent, found.text) == ("read", "and blick to my shopping list")


async def test_what_is_clearly_for_another_skill_is_not_mended_away_from_it(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of(monkeypatch, home__on=0.9)
    assert (await route(router, "and milk to my shopping list")).skill == "home"


async def test_what_is_clearly_for_nobody_is_not_mended(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: [(OTHER, 0.9), ("lists.read", 0.1)])
    assert (await route(router, "we could and milk")).skill is None


async def test_a_wrong_letter_makes_no_talk_of_a_request(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: [(OTHER, 0.9), ("home.on", 0.1)])
    assert (await route(router, "what is on my lisg")).intent == "read"


async def test_where_it_asks_the_same_names_stay_as_they_were_heard(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of(monkeypatch, home__on=0.75)
    found = await route(router, "hope in the fighting door")
    assert (found.intent, found.text) == ("on", "hope in the fighting door")


async def test_what_breaks_off_is_no_name(tmp_path: Path) -> None:
    timers = """
intents:
  set: {title: set, sentences: ["[set a] {name} timer for {duration}", "set a timer for {duration}"]}
"""
    router = Router({"timers": Loaded(tmp_path / "timers", timers)}, now=lambda: NOW)
    assert router.knows("set a timer for ten minutes", "en")
    assert router.knows("soup timer for ten minutes", "en")
    assert not router.knows("time set a timer for ten minutes", "en")
