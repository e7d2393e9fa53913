"""What was misheard becomes the usual request that it sounds like; other talk stays what it is."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from voice_assistant.repair import LONGEST, Mender
from voice_assistant.usage import Usage, usage_of

SAID = {
    "en": [
        "cancel all timers",
        "cancel all alarms",
        "set a timer for ten minutes",
        "set the volume to ten",
        "how long is left on the timer",
        "what is the weather in london",
        "play some jazz",
    ],
    "zh": [
        "把灯关了",
        "关灯",
        "打开客厅的灯",
        "打开闹钟",
        "放爵士乐",
        "今天天气怎么样",
        "定一个闹钟",
    ],
}


def mender(language: str) -> Mender:
    said = SAID[language] * 30
    return Mender(language, said, usage_of(said, language))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("cancel all tires", "cancel all timers"),
        ("cansel all timers", "cancel all timers"),
        ("set a thyme for ten minutes", "set a timer for ten minutes"),
        ("what is the whether in london", "what is the weather in london"),
        ("set the value to ten", "set the volume to ten"),
    ],
)
def test_a_word_becomes_a_more_usual_one_that_sounds_like_it(heard: str, meant: str) -> None:
    assert mender("en").mend(heard) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "cancel all timers",
        "tires",
        "the roads were so lovely yesterday",
        "cancel " * (LONGEST["en"] + 1),
        "",
    ],
)
def test_usual_words_single_words_and_speeches_stay(heard: str) -> None:
    assert mender("en").mend(heard) is None


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("打开闹中", "打开闹钟"),
        ("放绝世月", "放爵士乐"),
        ("今天天汽怎么样", "今天天气怎么样"),
        ("把等关了", "把灯关了"),
    ],
)
def test_chinese_is_mended_by_characters_of_the_same_sound(heard: str, meant: str) -> None:
    assert mender("zh").mend(heard) == meant


@pytest.mark.parametrize("heard", ["关灯", "你吃饭了吗", "设10分钟", "灯", ""])
def test_chinese_that_sounds_like_nothing_stays(heard: str) -> None:
    assert mender("zh").mend(heard) is None


def test_usage_is_the_same_after_it_was_kept() -> None:
    usage = usage_of(SAID["en"], "en")
    again = Usage.unpacked(np.array(usage.packed()))
    around = (("cancel", "all"), ["timers", "london"], ("$", ""))
    timers, london = usage.costs(*around)
    assert again.costs(*around).tolist() == [timers, london]
    assert timers < london


def test_a_word_costs_what_it_is_worth_where_it_stands_and_to_those_behind_it() -> None:
    usage = usage_of(["play some jazz", "play some jazz", "play a song"], "en")
    (alone,) = usage.costs(("^", "play"), ["some"], ("$", ""))
    (with_jazz,) = usage.costs(("^", "play"), ["some"], ("jazz", "$"))
    (without,) = usage.costs(("^", "play"), ["some"], ("song", "$"))
    assert with_jazz < alone < without


def test_of_no_texts_nothing_is_usual() -> None:
    usage = usage_of([], "en")
    assert not usage.knows("jazz")
    assert Mender("en", [], usage).mend("play some jazz") is None
    assert Mender("zh", [], usage_of([], "zh")).mend("放爵士乐") is None


@pytest.mark.parametrize(
    ("language", "usual", "said"),
    [
        ("en", "i'm hungry", "i'm henrike"),
        ("en", "i'm hungry", "my name is hanri"),
        ("zh", "我叫起床", "我叫琪床"),
    ],
)
def test_somebodys_name_is_no_usual_word_misheard(language: str, usual: str, said: str) -> None:
    requests = [*SAID[language] * 30, *[usual] * 300]
    assert Mender(language, requests, usage_of(requests, language)).mend(said) is None


def test_who_is_introduced_by_a_usual_word_is_none() -> None:
    requests = [*SAID["en"] * 30, *["i'm tired", "change the tyre"] * 300]
    assert Mender("en", requests, usage_of(requests, "en")).mend("i'm tyre") == "i'm tired"


@pytest.mark.parametrize(
    ("text", "mended", "slips"),
    [
        ("cancel all timerz", "cancel all timers", "cancel all timers"),
        ("cacnel all tires", "cancel all timers", "cancel all tires"),
        ("cancel all tires", "cancel all timers", None),
        ("set the timer to ten", "set the time to ten", None),
    ],
)
def test_single_letters_of_words_that_nobody_says_are_slips(
    text: str, mended: str, slips: str | None
) -> None:
    assert mender("en").slips(text, mended) == slips


def test_what_has_a_number_in_it_is_no_word() -> None:
    requests = [*SAID["en"] * 30, *["wake me at am"] * 300]
    assert Mender("en", requests, usage_of(requests, "en")).mend("wake me at 4am") is None


def test_who_speaks_english_needs_no_pinyin() -> None:
    code = "; ".join(
        (
            "import sys",
            "from voice_assistant.repair import Mender",
            "from voice_assistant.usage import usage_of",
            "Mender('en', ['play 月亮'], usage_of(['play jazz'], 'en')).mend('play jess')",
            "assert not any(name.startswith('pypinyin') for name in sys.modules)",
        )
    )
    subprocess.run([sys.executable, "-c", code], check=True)
