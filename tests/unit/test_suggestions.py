"""What was misheard is suggested as the requests that sound like it, for the recogniser to weigh."""

from __future__ import annotations

import pytest

from voice_assistant.suggestions import Suggestions, in_place

EN = Suggestions(
    "en",
    {
        sentence: sentence.partition(" ")[0]
        for sentence in (
            "cancel all timers",
            "create a timer for _",
            "what's the temp",
            "turn off the lights in the _",
            "skip this song",
        )
    },
)
ZH = Suggestions("zh", {"取消所有计时器": "a", "定一个_的闹钟": "b", "打开客厅的灯": "c"})


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("cancel all tires", "cancel all timers"),
        ("what's the tent", "what's the temp"),
        ("free the timer for ten minutes", "create a timer for ten minutes"),
        ("turn of the light in the nursery", "turn off the lights in the nursery"),
        ("skip the sun", "skip this song"),
    ],
)
def test_the_request_that_sounds_like_it_comes_first(heard: str, meant: str) -> None:
    assert next(EN.near(heard))[0] == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("取消所有机时器", "取消所有计时器"),
        ("定一个七点的闹中", "定一个七点的闹钟"),
        ("打开刻厅的灯", "打开客厅的灯"),
    ],
)
def test_chinese_is_laid_beside_by_syllables(heard: str, meant: str) -> None:
    assert next(ZH.near(heard))[0] == meant


def test_a_suggestion_tells_where_it_is_from_and_how_unlike_it_is() -> None:
    text, cost, source = next(EN.near("cancel all tires"))
    assert (text, source) == ("cancel all timers", "cancel")
    assert 0 < cost < 0.5
    far = {text: cost for text, cost, _ in EN.near("i think we should go home")}
    assert min(far.values(), default=9.0) > 1


@pytest.mark.parametrize("heard", ["", "   ", "word " * 50, "\x00\x01", "1 2 3"])
def test_anything_may_be_heard(heard: str) -> None:
    assert all(cost > 0 for _, cost, _ in EN.near(heard))
    assert list(Suggestions("en", {}).near(heard)) == []


@pytest.mark.parametrize(
    ("said", "heard", "better", "written"),
    [
        ("Cancel all tires.", "cancel all tires", "cancel all timers", "Cancel all timers."),
        (
            "Hey Jarvis, turn the TV of, please.",
            "turn the tv of",
            "turn the tv off",
            "Hey Jarvis, turn the TV off, please.",
        ),
        ("What's the tent?", "what's the tent", "what's the temp", "What's the temp?"),
        ("Set it to 5%.", "set it to 5 percent", "set it to 5 percent", "Set it to 5 percent."),
    ],
)
def test_a_suggestion_is_written_as_what_was_heard(
    said: str, heard: str, better: str, written: str
) -> None:
    assert in_place(said, heard, better, "en") == written


def test_chinese_is_put_in_the_place_of_what_was_heard() -> None:
    assert in_place("请关等。", "关等", "关灯", "zh") == "请关灯。"
    assert in_place("關等", "关等", "关灯", "zh") == "关灯"
