"""The real engine over the smallest model: tokens counted, cancelling, damage, restarts."""

import time
from contextlib import aclosing

import anyio
import pytest
from voice_assistant_skills.chat.skill import Chat

from tests.engines.conftest import model as model_folder
from tests.fakes import TryOut
from voice_assistant.engines import Message
from voice_assistant.engines.child import ChildModel
from voice_assistant.errors import ModelError
from voice_assistant.model_mind import ModelMind
from voice_assistant.prompts import chat_prefix, user_message
from voice_assistant.workers import Worker

pytestmark = pytest.mark.engine


def start(cache, context=2048):
    pytest.importorskip("llama_cpp")
    path = model_folder("smollm2-135m") / "SmolLM2-135M-Instruct.Q4_1.gguf"
    options = {"path": path, "cache": cache, "context": context}
    return ChildModel("smollm2-135m", "voice_assistant.engines.llama", options)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("prefixes")


@pytest.fixture(scope="module")
def llama(cache):
    with start(cache) as llama:
        llama.keep(chat_prefix("en"))
        yield llama


def say(llama, *talk, limit=24, **options):
    """The reply, and the prompt tokens that had to be read for it."""
    reply = "".join(llama.generate([*chat_prefix("en"), *talk], limit=limit, **options))
    return reply, llama.usage.evaluated


def tokens_of(llama, *talk):
    """How many tokens these messages are: what they add to the prefix."""
    list(llama.generate([*chat_prefix("en"), *talk], limit=0))
    whole = llama.usage.prompt
    list(llama.generate(chat_prefix("en"), limit=0))
    return whole - llama.usage.prompt


def user(text, *notes):
    return user_message(text, "en", notes)


def test_each_turn_reads_its_own_words_only(llama):
    talk = []
    for text, note in [
        ("I bought a red bicycle.", "it is Sunday, 16:00"),
        ("Where should I ride it?", "it is Sunday, 16:01"),
        ("And what should I take along?", "we are vegetarian"),
    ]:
        new = user(text, note)
        reply, evaluated = say(llama, *talk, new)
        assert reply
        assert evaluated <= len(new.content.split()) * 2 + 8 + 8
        talk += [new, Message(role="assistant", content=reply)]


def test_the_prefix_outlives_a_restart_and_other_prompts(llama, cache):
    new = user("What is your favourite season?")
    count = tokens_of(llama, new)
    with start(cache) as again:
        again.keep(chat_prefix("en"))
        _, evaluated = say(again, new)
        assert evaluated <= count + 8
        list(again.generate([Message(role="user", content="Another prompt.")], limit=4))
        _, evaluated = say(again, new)
        assert evaluated <= count + 8


def test_old_turns_are_dropped_whole_and_nothing_is_read_again(cache):
    with start(cache, context=768) as small:
        small.keep(chat_prefix("en"))
        talk, most = [], 0
        for number in range(12):
            talk.append(user(f"Tell me about the number {number} and the colour of hill {number}."))
            reply, evaluated = say(small, *talk, limit=30)
            talk.append(Message(role="assistant", content=reply))
            most = max(most, evaluated)
        assert small.usage.prompt + 30 <= 768
        assert most < 120


@pytest.mark.timed
def test_what_was_read_while_it_was_said_is_not_read_again(llama, tmp_path):
    """From the partial transcripts to the answer: skill, mind and the real engine."""

    async def spoken():
        kitchen = TryOut(Chat, tmp_path, mind=mind)
        await kitchen.skill.start()
        worker.submit(lambda: None).result()  # what talks begin with is read
        for partial in ("I bought a red", "I bought a red bicycle today"):
            await kitchen.skill.expect(partial, "en")
        assert llama.usage.generated == 0
        outcome = await kitchen.ask("talk", text="I bought a red bicycle today")
        return outcome.text

    with Worker("language model") as worker:
        mind = Noting(llama, worker)
        assert anyio.run(spoken)
    assert mind.read[0].prompt > 200
    assert mind.read[0].evaluated <= 1


@pytest.mark.timed
def test_a_turn_of_a_talk_reads_its_words_and_eight_tokens(llama, tmp_path):
    """Counted through skill, mind and engine, with what the guard left out of the answers."""
    turns = ["I bought a red bicycle", "Tell me where to ride", "We might go along the river"]
    words = [len(text.split()) for text in turns]

    async def talk():
        kitchen = TryOut(Chat, tmp_path, mind=mind)
        await kitchen.skill.start()
        for text in turns:
            await kitchen.ask("talk", text=text)

    with Worker("language model") as worker:
        mind = Noting(llama, worker)
        anyio.run(talk)
    new = [usage.evaluated - count for usage, count in zip(mind.read, words, strict=True)]
    assert max(new) <= 8, new


class Noting(ModelMind):
    """Notes what was read for each answer: not the reading ahead that follows it."""

    def __init__(self, engine, worker):
        super().__init__("smollm2-135m", lambda: engine, worker)
        self._behind = lambda: worker.submit(lambda: None).result()
        self._behind()  # the loading
        self._engine = engine
        self.read = []

    async def speak(self, *talk, **options):
        async with aclosing(super().speak(*talk, **options)) as sentences:
            async for sentence in sentences:
                yield sentence
        self._behind()  # the stopping
        self.read.append(self._engine.usage)


def test_cancelling_frees_the_model_within_a_tenth_of_a_second(llama):
    long = user("the house and the dog and the cat and the hill, " * 90)
    for talk, limit in (([long], 8), ([user("Tell me a very long story.")], 800)):
        began = time.perf_counter()
        list(
            llama.generate(
                [*chat_prefix("en"), *talk],
                limit=limit,
                abort=lambda began=began: time.perf_counter() - began > 0.4,
            )
        )
        assert time.perf_counter() - began < 0.5


def test_a_grammar_is_kept_to(llama):
    reply, _ = say(llama, user("Is grass green?"), grammar='root ::= "yes" | "no"')
    assert reply in {"yes", "no"}


def test_a_grammar_that_is_none_is_a_stated_error(llama):
    with pytest.raises(ModelError, match="GBNF"):
        say(llama, user("Hi"), grammar="root ::= (")


def test_a_prompt_that_is_too_long_is_a_stated_error(llama):
    with pytest.raises(ModelError, match="too long"):
        say(llama, user("word " * 3000))


def test_a_file_that_is_no_model_is_a_stated_error(tmp_path):
    pytest.importorskip("llama_cpp")
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF" + b"\x00" * 64)
    with pytest.raises(ModelError):
        ChildModel("bad", "voice_assistant.engines.llama", {"path": bad})


def test_a_prefix_file_that_was_damaged_is_made_again(cache, llama):
    for file in cache.glob("*.prefix"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with start(cache) as again:
        again.keep(chat_prefix("en"))
        reply, _ = say(again, user("Hello there!"))
        assert reply


def test_every_reply_is_not_made_of_the_same_words(llama):
    worn = Message(role="assistant", content="What would you like to talk about today?")
    talk = [user("Hello."), worn, user("It is raining."), worn, user("The soup is hot."), worn]
    reply, _ = say(llama, *talk, user("I read a book."))
    assert reply
    assert "would you like to talk" not in reply
