from contextlib import aclosing

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_assistant.sentences import LONGEST, Splitter, sentences


def split(text: str, step: int = 3, early: bool = False) -> list[str]:
    splitter = Splitter(early=early)
    out = [s for i in range(0, len(text), step) for s in splitter.feed(text[i : i + step])]
    return [*out, *splitter.finish()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is late. Good night!", ["It is late.", "Good night!"]),
        ("Dr. Who met Mrs. Hall. Then he left.", ["Dr. Who met Mrs. Hall.", "Then he left."]),
        ("J. R. R. Tolkien wrote it. Yes.", ["J. R. R. Tolkien wrote it.", "Yes."]),
        ("Pi is 3.14 or so. The U.S. is big.", ["Pi is 3.14 or so.", "The U.S. is big."]),
        ("Add e.g. salt. Stir at 7.30 p.m. sharp.", ["Add e.g. salt.", "Stir at 7.30 p.m. sharp."]),
        ('"Are you there?" she asked. "Yes."', ['"Are you there?" she asked.', '"Yes."']),
        ("He said: “Stop.” Then silence.", ["He said: “Stop.”", "Then silence."]),
        ("Wait... What? No way!", ["Wait...", "What?", "No way!"]),
        ("She is taller than I. Truly.", ["She is taller than I.", "Truly."]),
        ("1. Peel it\n2. Cut it", ["1. Peel it", "2. Cut it"]),
        ("No full stop", ["No full stop"]),
        ("今天下雨。带伞吧！好吗？", ["今天下雨。", "带伞吧！", "好吗？"]),
        ("他说：“走吧。”然后走了。", ["他说：“走吧。”", "然后走了。"]),
        ("圆周率是3.14。记住了吗？", ["圆周率是3.14。", "记住了吗？"]),
        ("我喜欢 Piper. 你呢？", ["我喜欢 Piper.", "你呢？"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 5, 999])
def test_split(text, expected, step):
    assert split(text, step) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The kettle is on, and tea is near. Good.", "The kettle is on,"),
        ("Well, the kettle is on, and tea is near.", "Well, the kettle is on,"),
        ("那当然可以，我们先把水烧开。", "那当然可以，"),
        ("好，我们先烧水。", "好，我们先烧水。"),
        ("In 1,000 years, maybe.", "In 1,000 years,"),
    ],
)
def test_the_first_clause_comes_early(text, first):
    assert split(text, 2, early=True)[0] == first


def test_a_skills_sentence_does_not_wait_for_the_next_one():
    assert list(Splitter().feed("Your timer is set.")) == ["Your timer is set."]
    assert list(Splitter().feed("计时器设好了。")) == ["计时器设好了。"]


def test_a_models_full_stop_waits_for_what_follows():
    splitter = Splitter()
    assert [s for token in ["Pi", " is", " 3", "."] for s in splitter.feed(token)] == []
    assert [s for token in ["14", ".", " Yes"] for s in splitter.feed(token)] == ["Pi is 3.14."]


def test_a_models_first_phrase_comes_before_a_little_word():
    splitter = Splitter()
    words = "You could take a walk in the park or read."
    tokens = [word + " " for word in words.split()]
    out = [(s, splitter.unfinished) for token in tokens for s in splitter.feed(token)]
    assert out == [("You could take a walk", True)]
    assert list(splitter.finish()) == ["in the park or read."]
    assert list(Splitter().feed(words)) == [words], "what a skill wrote is not cut"


def test_a_run_on_sentence_is_cut():
    parts = split("on and " * 200)
    assert all(len(part) <= LONGEST for part in parts)


@given(st.text('ab .,!?\n一。，”"3', max_size=400), st.integers(1, 9), st.booleans())
def test_nothing_is_lost(text, step, early):
    assert "".join("".join(split(text, step, early)).split()) == "".join(text.split())


def test_the_source_is_closed_when_the_reader_leaves():
    closed = []

    async def source():
        try:
            while True:
                yield "On and on. And "
        finally:
            closed.append(True)

    async def read():
        async with aclosing(sentences(source())) as stream:
            async for _ in stream:
                break

    anyio.run(read)
    assert closed == [True]
