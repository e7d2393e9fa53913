"""Requests find their skill, in the order of the stages, and strange input finds a clear answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice_assistant import embedding, matcher
from voice_assistant.aliases import Alias, Aliases, Shortcuts
from voice_assistant.engines import Transcript
from voice_assistant.errors import SkillError
from voice_assistant.intents import Sentences, load_sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange, Session
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route
from voice_assistant.values import plain

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

TIMERS = """
intents:
  set:
    sentences: ["(set|start) a timer for {duration} [called {name}]"]
    examples: ["i need {duration} on the clock"]
    tests:
      - {text: "please set a timer for ten minutes", slots: {duration: 600}}
  more:
    when: follow
    sentences: ["make it {duration}"]
"""
MUSIC = """
intents:
  play:
    sentences: ["play [some] {genre}", "play {title} [please]"]
  stop:
    when: session
    sentences: ["next [one]"]
lists:
  genre: [jazz, classical music]
"""
TIMERS_ZH = """
intents:
  set:
    sentences: ["(定|设)[一]个{duration}的计时器"]
    tests:
      - {text: "定一个三分半的计时器", slots: {duration: 210}}
"""


class Loaded:
    def __init__(self, folder: Path, **files: str) -> None:
        folder.mkdir()
        for language, text in files.items():
            (folder / f"{language}.yaml").write_text(text, "utf-8")
        self.sentences: Mapping[str, Sentences] = load_sentences(folder)

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        return {"title": ["Moonlight Sonata", "Yesterday", "小星星"]}


class Encoder:
    """Stands in for the sentence embedding: nothing is like anything."""

    def encode(self, texts: list[str]) -> Any:
        return np.zeros((len(texts), 2), np.float32)


class Clock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def router(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Router:
    monkeypatch.setattr(embedding, "encoder", Encoder)
    monkeypatch.setattr(matcher, "BUCKETS", 128)
    skills = {
        "timers": Loaded(tmp_path / "timers", en=TIMERS, zh=TIMERS_ZH),
        "music": Loaded(tmp_path / "music", en=MUSIC),
    }
    return Router(skills, now=lambda: NOW, cache=tmp_path / "cache")


@pytest.fixture
def session() -> Session:
    return Session(clock=Clock())


async def ask(router: Router, session: Session, text: str, **more: Any) -> Route:
    language = "en" if text.isascii() else "zh"
    return await router.route(Utterance(text=text, language=language, **more), session)


@pytest.mark.anyio
async def test_a_template_decides(router: Router, session: Session) -> None:
    route = await ask(router, session, "Hey Jarvis, could you please set a timer for 10 minutes?")
    assert (route.skill, route.intent, route.stage) == ("timers", "set", "template")
    assert route.slots == {"duration": timedelta(minutes=10)}


@pytest.mark.anyio
async def test_chinese_is_read_as_chinese(router: Router, session: Session) -> None:
    route = await ask(router, session, "請幫我定一個 三分半 的計時器。")
    assert route.slots == {"duration": timedelta(seconds=210)}


def heard_as(text: str, *others: str) -> Transcript:
    language = "en" if text.isascii() else "zh"
    return Transcript(text=text, language=language, alternatives=others)


@pytest.fixture
def wavering(monkeypatch: pytest.MonkeyPatch) -> None:
    """The statistical match cannot tell."""
    scores = [("", 0.4), ("timers.set", 0.3), ("music.play", 0.3)]
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: scores)


@pytest.mark.usefixtures("wavering")
def test_a_request_is_suggested_for_what_sounds_like_it(router: Router) -> None:
    suggested = router.suggest(heard_as("Hey Jarvis, set a thyme for ten minutes."))
    assert "Hey Jarvis, set a timer for ten minutes." in suggested
    assert "定一个五分钟的计时器" in router.suggest(heard_as("定一个五分钟的记事器"))


@pytest.mark.usefixtures("wavering")
def test_an_alternative_that_is_a_request_is_suggested(router: Router) -> None:
    assert "Play jazz." in router.suggest(heard_as("Lay just.", "Play jazz."))


@pytest.mark.usefixtures("wavering")
def test_an_alternative_that_is_no_better_is_not_suggested(tmp_path: Path) -> None:
    home = """
intents:
  off: {title: off, sentences: ["turn off all of the {device}"]}
"""
    router = Router({"home": Loaded(tmp_path / "home", en=home)}, now=lambda: NOW)
    right, wrong = "Turn off all of the hall lamps.", "Turn off all of the hall lamp."
    assert router.suggest(heard_as(right, wrong)) == ()
    assert router.suggest(heard_as("Turn of all of the hall lamps.", right)) == (right,)


def test_suggestions_are_for_the_skill_that_was_surely_meant(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = heard_as("Lay just.", "Play jazz.")
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: [("timers.set", 0.9)])
    assert router.suggest(heard) == ()
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: [("", 0.9)])
    assert router.suggest(heard) == ()


@pytest.mark.parametrize("said", ["Set a timer for ten minutes.", "Stop!", "", "Play jazz."])
def test_nothing_is_suggested_for_a_request(router: Router, said: str) -> None:
    assert router.suggest(heard_as(said)) == ()


def test_nothing_is_suggested_for_a_speech(router: Router) -> None:
    assert router.suggest(heard_as("so yesterday we went to the sea and it was cold " * 3)) == ()


@pytest.mark.anyio
async def test_an_alternative_must_be_a_better_request(router: Router, session: Session) -> None:
    route = await ask(router, session, "play yesterday", alternatives=("play some yesterday",))
    assert route.text == "play yesterday"


@pytest.mark.anyio
async def test_stop_comes_first(router: Router, session: Session) -> None:
    session.hold("music")
    for text in ("Stop!", "cancel that", "never mind", "停", "算了"):
        assert (await ask(router, session, text)).stage == "halt"


@pytest.mark.anyio
async def test_a_session_is_heard_before_others(router: Router, session: Session) -> None:
    assert (await ask(router, session, "next")).skill is None
    session.hold("music")
    route = await ask(router, session, "next one")
    assert (route.skill, route.intent, route.stage) == ("music", "stop", "session")


@pytest.mark.anyio
async def test_a_follow_up_refers_to_the_turn_before(router: Router, session: Session) -> None:
    before = await ask(router, session, "set a timer for five minutes")
    session.turns.append(Exchange(when=NOW, text=before.text, route=before, said=()))
    route = await ask(router, session, "make it ten minutes")
    assert (route.intent, route.stage) == ("more", "follow")


@pytest.mark.anyio
async def test_a_question_takes_the_answer_but_no_other_request(
    router: Router, session: Session
) -> None:
    answer = Utterance(text="ten minutes", language="en")
    assert (await router.route(answer, session, asking=True)).stage == "question"
    request = Utterance(text="set a timer for ten minutes", language="en")
    assert (await router.route(request, session, asking=True)).skill == "timers"


@pytest.mark.anyio
async def test_a_question_leaves_what_goes_on_with_the_turn_before_to_it(
    router: Router, session: Session
) -> None:
    before = await ask(router, session, "set a timer for five minutes")
    session.turns.append(
        Exchange(when=NOW, text=before.text, route=before, said=(), receipts=("set",))
    )
    said = Utterance(text="make it ten minutes", language="en")
    route = await router.route(said, session, asking=True, understood=False)
    assert (route.intent, route.stage) == ("more", "follow")
    assert (await router.route(said, session, asking=True)).stage == "question"


@pytest.mark.anyio
async def test_all_readings_are_tried(router: Router, session: Session) -> None:
    heard = ("set a tire for ten minutes", "set a timer for ten minutes")
    route = await ask(router, session, heard[0], alternatives=heard[1:])
    assert (route.skill, route.text) == ("timers", heard[1])


@pytest.mark.anyio
async def test_titles_are_found_though_misheard(router: Router, session: Session) -> None:
    route = await ask(router, session, "play moon light sonatta")
    assert route.slots == {"title": "Moonlight Sonata"}


@pytest.mark.anyio
async def test_a_scrap_of_the_utterance_is_no_reading_of_it(
    router: Router, session: Session
) -> None:
    route = await ask(
        router, session, "did you hear what they said about moonlight", alternatives=("play jazz",)
    )
    assert route.skill is None


@pytest.mark.anyio
async def test_two_requests_in_one_breath(router: Router, session: Session) -> None:
    route = await ask(router, session, "set a timer for ten minutes and play some jazz")
    assert route.skill == "timers"
    assert route.then is not None
    assert (route.then.skill, route.then.slots) == ("music", {"genre": "jazz"})


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["", " ", "?!", "\x00\xff\x1b[31m", "word " * 2000, "x" * 9000])
async def test_strange_input_is_answered(router: Router, session: Session, text: str) -> None:
    route = await router.route(Utterance(text=text, language="en"), session)
    assert route.skill is None


def test_a_whole_request_is_known_as_one(router: Router) -> None:
    assert router.is_complete("set a timer for ten minutes", "en")
    assert not router.is_complete("set a timer for", "en")


def test_what_only_a_session_knows_is_whole_in_that_session_alone(
    router: Router, session: Session
) -> None:
    assert not router.is_complete("next one", "en")
    assert not router.is_complete("next one", "en", session)
    session.hold("music")
    assert router.is_complete("next one", "en", session)
    session.release("music")
    assert not router.is_complete("next one", "en", session)


def test_the_yaml_carries_its_tests(router: Router) -> None:
    assert not any(router.check(name) for name in router.skills)


def test_a_trained_match_is_kept(router: Router) -> None:
    first = router.lexicon("en").matcher
    again = Router(router.skills, cache=router.cache, now=router.now).lexicon("en").matcher
    assert again.labels == first.labels
    assert router.cache is not None
    assert len(list(router.cache.glob("match_en_*.npz"))) == 1


def test_a_match_of_other_sentences_serves_until_ours_is_trained(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert router.cache is not None
    _ = router.lexicon("en").matcher
    less = Router({"timers": router.skills["timers"]}, cache=router.cache, now=router.now)
    lexicon = less.lexicon("en")
    assert not lexicon.is_trained()
    lexicon.borrow()
    with monkeypatch.context() as here:
        here.setattr("voice_assistant.lexicon.trained", lambda *_: pytest.fail("it trained"))
        names = [name for name, _ in lexicon.scores("i need a timer")]
    assert "timers.set" in names
    assert not any(name.startswith("music.") for name in names), "a skill that is not there"
    monkeypatch.setattr("os.nice", lambda _: 0)
    lexicon.homework()()
    assert lexicon.is_trained()
    lexicon.give_back()
    assert lexicon.matcher.labels == ("", "timers.more", "timers.set")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("intents: {a: {sentences: ['(']}}", "intents.a.sentences"),
        ("intents: {a: {when: sometimes}}", "intents.a.when"),
        ("intents: {a: {says: x}}", "intents.a.says"),
        ("intentions: {}", "intentions"),
        ("lists: [1]", "lists"),
        ("a: [", "YAML"),
    ],
)
def test_errors_name_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(SkillError) as error:
        Loaded(tmp_path / "broken", en=text)
    assert "broken/en.yaml" in str(error.value)
    assert key in str(error.value)


async def after(router: Router, session: Session, text: str) -> Route:
    """Route a text and remember it as the turn before."""
    route = await ask(router, session, text)
    session.turns.append(Exchange(when=NOW, text=text, route=route, said=()))
    return route


@pytest.mark.anyio
async def test_an_alias_stands_for_its_requests(router: Router, session: Session) -> None:
    router.aliases = Aliases(Store(Database(":memory:"), "aliases"))
    means = "set a timer for ten minutes and play some jazz and set a timer for one minute"
    router.aliases.teach(Alias("movie time", means), "en")
    route = await ask(router, session, "Hey Jarvis, movie time please!")
    chain = []
    while route is not None:
        chain.append((route.skill, dict(route.slots)))
        route = route.then  # type: ignore[assignment]
    ten, one = timedelta(minutes=10), timedelta(minutes=1)
    assert [skill for skill, _ in chain] == ["timers", "music", "timers"]
    assert (chain[0][1], chain[2][1]) == ({"duration": ten}, {"duration": one})
    assert router.aliases.forget("Movie time", "en") == Alias("movie time", means)
    assert (await ask(router, session, "movie time")).skill is None


@pytest.mark.parametrize(
    ("words", "alias"),
    [
        ("movie time set a timer for ten minutes", ("movie time", "set a timer for ten minutes")),
        ("go, play some jazz and next one", ("go", "play some jazz and next one")),
        ("something that i cannot do", None),
    ],
)
def test_words_and_request_are_told_apart(
    router: Router, words: str, alias: tuple[str, str] | None
) -> None:
    shortcuts = Shortcuts(Aliases(Store(Database(":memory:"), "aliases")), router.knows)
    assert shortcuts.split(words, "en") == (Alias(*alias) if alias else None)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("first", "second", "slots", "instead"),
    [
        ("set a timer for five minutes", "no I meant ten minutes", {"duration": 600}, True),
        ("set a timer for five minutes", "no, I said play jazz", {"genre": "jazz"}, True),
        ("play some jazz", "no I meant classical music", {"genre": "classical music"}, True),
        ("定一个五分钟的计时器", "不对,我说的是十五分钟", {"duration": 900}, True),
    ],
)
async def test_a_correction_takes_the_place_of_the_request(
    router: Router, session: Session, first: str, second: str, slots: Any, instead: bool
) -> None:
    await after(router, session, first)
    route = await ask(router, session, second)
    assert ({k: plain(v) for k, v in route.slots.items()}, route.instead) == (slots, instead)


@pytest.mark.anyio
async def test_nothing_is_corrected_where_nothing_was(router: Router, session: Session) -> None:
    assert (await ask(router, session, "no I meant ten minutes")).skill is None


@pytest.mark.parametrize(
    ("text", "language", "obeyed"),
    [
        ("Pause.", "en", True),
        ("next song please", "en", True),
        ("Turn it down a bit.", "en", True),
        ("stop the world I want to get off", "en", False),
        ("what's next", "en", False),
        ("下一首。", "zh", True),
        ("声音小一点", "zh", True),
        ("下一首歌是谁唱的", "zh", False),
    ],
)
def test_what_is_obeyed_beside_music(text, language, obeyed):
    assert Router({}, now=datetime.now).is_control(text, language) is obeyed  # noqa: TID251
