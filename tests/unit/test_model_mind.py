import threading
from contextlib import aclosing

import pytest

from voice_assistant import model_mind
from voice_assistant.engines import Message
from voice_assistant.errors import ModelCrashed, ModelError
from voice_assistant.first_mind import FirstMind
from voice_assistant.mind import NoMind
from voice_assistant.model_mind import ModelMind
from voice_assistant.workers import InlineWorker, Worker

pytestmark = pytest.mark.anyio
CHAT = [Message(role="system", content="Be kind."), Message(role="user", content="Hi")]


class Scripted:
    """A language model that says its script, token by token."""

    name = "scripted"

    def __init__(self, *script: str, crash: int = -1) -> None:
        self.script, self.crash = script, crash
        self.may_read = threading.Event()
        self.may_read.set()
        self.kept: list[list[Message]] = []
        self.limits: list[int] = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def keep(self, chat, *, abort=lambda: False):
        while not self.may_read.wait(0.001):
            if abort():
                return
        self.kept.append(chat)

    def generate(self, chat, *, limit, grammar=None, abort=lambda: False):
        self.limits.append(limit)
        self.busy = True
        try:
            for number, piece in enumerate(self.script[:limit]):
                if number == self.crash:
                    raise ModelCrashed("It stopped.")
                if abort():
                    return
                yield piece
        finally:
            self.busy = False


def mind(model: Scripted, **options) -> ModelMind:
    return ModelMind("scripted", lambda: model, InlineWorker(), **options)


def tokens(text: str) -> list[str]:
    return [word + " " for word in text.split()]


async def said(thinker, language="en", **options) -> list[str]:
    async with aclosing(thinker.speak(CHAT, language=language, **options)) as stream:
        return [sentence.strip() async for sentence in stream]


async def test_the_first_clause_is_said_before_the_sentence_is_made():
    thinker = mind(Scripted(*tokens("That sounds lovely, I am glad. What did you eat?")))
    assert await said(thinker) == ["That sounds lovely,", "I am glad.", "What did you eat?"]


async def test_at_the_limit_the_sentence_is_ended_and_no_other_begun():
    thinker = mind(Scripted(*tokens("One two three four five. Six seven eight nine ten.")))
    assert await said(thinker, limit=3) == ["One two three four five."]


async def test_a_sentence_without_end_is_not_said():
    thinker = mind(Scripted(*tokens("It is so. And on " + "and on " * 200)))
    replies = await said(thinker, limit=10)
    assert replies[0] == "It is so."
    assert all(reply[-1] in ".!?" for reply in replies[-1:])


async def test_what_the_household_does_not_want_ends_the_reply():
    thinker = mind(
        Scripted(*tokens("A fine day. Guns are great. More of it.")),
        instead=lambda text, language: "Let's not." if "Guns" in text else None,
    )
    assert await said(thinker) == ["A fine day.", "Let's not."]


async def test_a_model_that_crashes_is_started_again_twice_and_told_its_prefixes():
    models = [Scripted(*tokens("Hello there."), crash=0) for _ in range(3)]
    born = iter(models)
    thinker = ModelMind("scripted", lambda: next(born), InlineWorker())
    thinker.keep(CHAT)
    for _ in range(2):
        assert thinker.ready
        with pytest.raises(ModelError):
            await said(thinker)
    assert models[2].kept == [CHAT]
    with pytest.raises(ModelError):
        await said(thinker)
    assert not thinker.ready
    assert "doctor" in thinker.excuse("en")


async def test_a_model_that_cannot_be_loaded_leaves_an_excuse():
    def load():
        raise ModelError("There is not enough memory.")

    thinker = ModelMind("big", load, InlineWorker())
    assert not thinker.ready
    assert "doctor" in thinker.excuse("en")
    with pytest.raises(ModelError):
        await said(thinker)


async def test_reading_ahead_makes_no_tokens():
    model = Scripted("x")
    await mind(model).prepare(CHAT)
    assert model.limits == [0]


@pytest.fixture
def slow(monkeypatch):
    """A model that reads what it is to keep when it is let, behind a thread."""
    monkeypatch.setattr(model_mind, "WAITS", (0.05, 0.05, 30.0))
    model = Scripted(*tokens("Good evening to you."))
    model.may_read.clear()
    with Worker() as worker:
        thinker = ModelMind("slow", lambda: model, worker)
        worker.submit(lambda: None).result()  # it is loaded
        thinker.keep(CHAT[:1])
        yield thinker, model
        thinker.close()


@pytest.mark.parametrize("anyio_backend", ["asyncio"])  # real threads want real time
async def test_who_asks_while_the_prompts_are_read_is_told_so_and_answered(slow):
    thinker, model = slow
    replies = []
    async with aclosing(thinker.speak(CHAT, language="en")) as stream:
        async for sentence in stream:
            replies.append(sentence.strip())
            if len(replies) == 2:
                model.may_read.set()
    assert replies[0].startswith("One moment")
    assert replies[1].startswith("Still getting ready")
    assert replies[2:] == ["Good evening to you."]
    assert model.kept == [CHAT[:1]]
    assert await said(thinker) == ["Good evening to you."]


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_who_asks_while_the_model_is_loaded_is_told_so_and_answered(monkeypatch):
    monkeypatch.setattr(model_mind, "WAITS", (0.05, 5.0))
    may_load = threading.Event()
    with Worker() as worker:
        model = Scripted(*tokens("Good evening to you."))
        thinker = ModelMind("late", lambda: may_load.wait(5) and model, worker)
        thinker.keep(CHAT[:1])
        assert thinker.loading
        replies = []
        async with aclosing(thinker.speak(CHAT, language="en")) as stream:
            async for sentence in stream:
                replies.append(sentence.strip())
                may_load.set()
        assert replies[1:] == ["Good evening to you."]
        assert replies[0].startswith("One moment")
        thinker.close()


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_what_is_kept_for_later_gives_way_and_is_read_afterwards(slow):
    thinker, model = slow
    other = [Message(role="user", content="Is this a timer?")]
    async with aclosing(thinker.think(other, limit=1)) as pieces:
        assert [piece async for piece in pieces] == ["Good "]
    assert model.kept == []
    model.may_read.set()
    thinker._worker.submit(lambda: None).result()
    assert model.kept == [CHAT[:1]]


async def test_without_a_model_it_is_said_how_to_install_one():
    for language in ("en", "zh"):
        assert "models pull" in (await said(NoMind(), language))[0]


async def test_the_server_comes_first_and_the_local_model_when_it_fails_which_is_said():
    server, local = mind(Scripted("x", crash=0)), mind(Scripted(*tokens("Good evening to you.")))
    replies = await said(FirstMind(server, local))
    assert "small model here" in replies[0]
    assert replies[1:] == ["Good evening to you."]


async def test_who_stops_listening_stops_the_model_at_once():
    model = Scripted(*tokens("Good evening to you."))
    async with aclosing(FirstMind(mind(model)).think(CHAT)) as pieces:
        await anext(pieces)
        assert model.busy
    assert not model.busy


async def test_a_server_that_never_answered_is_mentioned_once():
    def load():
        raise ModelError("It does not answer.")

    both = FirstMind(
        ModelMind("server", load, InlineWorker()), mind(Scripted(*tokens("Good evening to you.")))
    )
    assert len(await said(both)) == 2
    assert await said(both) == ["Good evening to you."]
