"""A model in a process of its own: whatever it does, the parent lives and says what is wrong."""

import time

import pytest

from voice_assistant.engines import Message
from voice_assistant.engines.child import ChildModel
from voice_assistant.errors import ModelCrashed, ModelError
from voice_assistant.model_mind import ModelMind
from voice_assistant.workers import Worker


def child(path: str = "good.gguf") -> ChildModel:
    return ChildModel("strange", "tests.engines.strange_model", {"path": path})


def chat(text: str) -> list[Message]:
    return [Message(role="user", content=text)]


def test_pieces_and_usage_come_through():
    with child() as model:
        assert "".join(model.generate(chat("count"), limit=3)) == "0 1 2 "
        assert model.usage.generated == 3


def test_a_bad_file_is_a_stated_error():
    with pytest.raises(ModelError, match=r"bad\.gguf"):
        child("bad.gguf")


@pytest.mark.parametrize("where", ["crash.gguf", "good.gguf"])
def test_a_crash_costs_the_model_not_us(where):
    with pytest.raises(ModelCrashed, match="strange"), child(where) as model:
        list(model.generate(chat("crash"), limit=3))


def test_an_error_leaves_the_model_usable():
    with child() as model:
        with pytest.raises(ModelError, match="too long"):
            list(model.generate(chat("fail"), limit=3))
        assert "".join(model.generate(chat("count"), limit=1)) == "0 "


@pytest.mark.timed
@pytest.mark.parametrize("how", ["abort", "close"])
def test_it_stops_within_a_tenth_of_a_second_and_answers_the_next(how):
    wish = {"over": False}
    with child() as model:
        pieces = model.generate(chat("slow"), limit=10_000, abort=lambda: wish["over"])
        assert next(pieces) == "0 "
        began = time.perf_counter()
        if how == "abort":
            wish["over"] = True
            assert len(list(pieces)) < 5
        else:
            pieces.close()
        assert next(iter(model.generate(chat("count"), limit=1))) == "0 "
        assert time.perf_counter() - began < 0.1


def test_what_is_read_to_be_kept_can_be_given_up_and_the_next_is_answered():
    with child() as model:
        looks = iter([False, False, True])
        model.keep(chat("for ever"), abort=lambda: next(looks))
        assert "".join(model.generate(chat("count"), limit=1)) == "0 "


def test_at_the_end_nothing_of_a_model_that_still_reads_its_prompts_is_left():
    """What a thread holds at the interpreter's end, its libraries call leaked."""
    models = []
    worker = Worker("language model")
    mind = ModelMind("strange", lambda: models.append(child()) or models[0], worker)
    worker.submit(lambda: None).result()
    mind.keep(chat("for ever"))
    time.sleep(0.1)  # noqa: TID251
    began = time.perf_counter()
    mind.close()
    assert time.perf_counter() - began < 1.5  # a worker that hangs is given up after two
    assert models[0]._child.poll() is not None
