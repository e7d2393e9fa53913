"""The stages that decide where no template does: the clarifying question and the language model."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from voice_assistant.engines import Message
from voice_assistant.intents import Intent, Sentences, load_sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.mind import NoMind
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange, Session
from voice_assistant.stages.likely import match_of
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MUSIC = """
intents:
  play: {title: play music, sentences: ["play {song}"]}
  next: {when: session, title: next song, sentences: ["next"]}
"""
STORIES = """
intents:
  tell: {title: tell a story, sentences: ["tell the story of {hero}"]}
  plain: {sentences: ["story time"]}
"""


class Loaded:
    def __init__(self, folder: Path, text: str) -> None:
        folder.mkdir()
        (folder / "en.yaml").write_text(text, "utf-8")
        self.sentences: Mapping[str, Sentences] = load_sentences(folder)

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        return {}


class Clock:
    def now(self) -> datetime:
        return NOW


class Scripted(NoMind):
    """A language model that says one thing after the other."""

    ready = True

    def __init__(self, *says: str) -> None:
        self.says = iter(says)
        self.asked: list[Sequence[Message]] = []

    async def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        self.asked.append(chat)
        assert grammar is not None
        yield next(self.says)


@pytest.fixture
def router(tmp_path: Path) -> Router:
    skills = {"music": Loaded(tmp_path / "music", MUSIC)}
    skills["stories"] = Loaded(tmp_path / "stories", STORIES)
    return Router(skills, now=lambda: NOW)


async def ask(
    router: Router, monkeypatch: pytest.MonkeyPatch, scores: list[tuple[str, float]], **more: Any
) -> Route:
    """The route of a text that the statistical match rates so."""
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: scores)
    heard = Utterance(text="the snow queen then", language="en")
    return await router.route(heard, more.pop("session", Session(clock=Clock())), **more)


async def test_two_skills_as_likely_are_both_offered(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = [("music.play", 0.38), ("stories.tell", 0.35), ("", 0.27)]
    route = await ask(router, monkeypatch, scores)
    assert (route.stage, route.skill) == ("clarify", None)
    assert [each.skill for each in route.choices] == ["music", "stories"]


@pytest.mark.parametrize(
    "scores",
    [
        [("", 0.4), ("music.play", 0.31), ("stories.tell", 0.29)],  # it may be for nobody
        [("music.play", 0.39), ("stories.tell", 0.2), ("", 0.15)],  # the second is unlikely
        [("music.next", 0.38), ("stories.tell", 0.35), ("", 0.27)],  # not now
        [("music.play", 0.38), ("stories.plain", 0.35), ("", 0.27)],  # without words for it
    ],
)
async def test_otherwise_nobody_is_asked(
    router: Router, monkeypatch: pytest.MonkeyPatch, scores: list[tuple[str, float]]
) -> None:
    assert (await ask(router, monkeypatch, scores)).stage != "clarify"


async def test_nothing_is_asked_in_the_middle_of_a_question(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = [("music.play", 0.38), ("stories.tell", 0.35), ("", 0.27)]
    assert (await ask(router, monkeypatch, scores, asking=True)).stage == "question"


async def test_the_model_is_asked_about_what_is_likely_one_after_the_other(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    router.mind = Scripted("no", "yes")
    scores = [("music.play", 0.36), ("stories.tell", 0.25), ("", 0.09)]
    route = await ask(router, monkeypatch, scores)
    assert (route.skill, route.intent, route.stage) == ("stories", "tell", "model")
    titles = [re.search(r"assistant to (.+)\?", each[0].content) for each in router.mind.asked]
    assert [title[1] for title in titles if title] == ["play music", "tell a story"]
    assert {each[-1].content for each in router.mind.asked} == {"the snow queen then"}


@pytest.mark.parametrize(
    "scores",
    [
        [("stories.tell", 0.39), ("music.play", 0.16), ("", 0.11)],
        [("stories.tell", 0.19), ("music.play", 0.18), ("", 0.05)],
        [("music.next", 0.39), ("stories.tell", 0.19), ("", 0.05)],
    ],
)
async def test_the_model_is_not_asked_where_it_may_be_for_nobody(
    router: Router, monkeypatch: pytest.MonkeyPatch, scores: list[tuple[str, float]]
) -> None:
    router.mind = Scripted("yes")
    assert (await ask(router, monkeypatch, scores)).stage != "model"
    assert router.mind.asked == []


@pytest.mark.parametrize("says", ["no", "yesterday", "none", ""])
async def test_what_the_model_does_not_affirm_is_not_done(
    router: Router, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    router.mind = Scripted(says)
    scores = [("stories.tell", 0.39), ("", 0.1), ("music.next", 0.1)]
    assert (await ask(router, monkeypatch, scores)).stage != "model"
    assert len(router.mind.asked) == 1


async def test_while_a_talk_goes_on_the_model_is_not_asked_what_may_be_meant(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    router.mind = Scripted("yes")
    session = Session(clock=Clock())
    talk = Route(skill="chat", intent="talk", text="it snowed", stage="chat")
    session.remember(Exchange(when=NOW, text="it snowed", route=talk, said=("How lovely.",)))
    scores = [("stories.tell", 0.39), ("", 0.05)]
    assert (await ask(router, monkeypatch, scores, session=session)).stage != "model"
    assert router.mind.asked == []


@pytest.mark.parametrize(("chance", "sure"), [(0.6, False), (0.75, True)])
async def test_right_after_talk_a_request_must_be_surer(
    router: Router, monkeypatch: pytest.MonkeyPatch, chance: float, sure: bool
) -> None:
    scores = [("stories.tell", chance), ("", 1 - chance)]
    assert (await ask(router, monkeypatch, scores)).stage == "match"
    session = Session(clock=Clock())
    talk = Route(skill="chat", intent="talk", text="it snowed", stage="chat")
    session.remember(Exchange(when=NOW, text="it snowed", route=talk, said=("How lovely.",)))
    assert ((await ask(router, monkeypatch, scores, session=session)).stage == "match") == sure


@pytest.mark.parametrize(
    ("readings", "asks"),
    [
        (("老师昨天浇过月季吗", "老师昨天浇过月季"), True),
        (("老师昨天浇过月季",), False),
    ],
)
def test_what_is_a_question_in_one_reading_is_no_telling(
    monkeypatch: pytest.MonkeyPatch, readings: tuple[str, ...], asks: bool
) -> None:
    meant = Intent(name="watered")
    heard: Any = SimpleNamespace(
        readings=readings,
        text=readings[-1],
        plain=len(readings),
        utterance=Utterance(text=readings[0], language="zh"),
        session=Session(clock=Clock()),
        in_talk=False,
        now=lambda: NOW,
        chances=lambda text: {"plants": 0.9},
        scores=lambda text: [("plants.watered", 0.9)],
        lexicon=SimpleNamespace(
            intent=lambda name: ("plants", meant),
            templates=None,
        ),
    )
    monkeypatch.setattr("voice_assistant.stages.likely.fill", lambda *given: {})
    assert (match_of(heard, readings[-1]) is not None) == asks
