"""What was misheard becomes the one request it sounds like; other talk stays what it is."""

from __future__ import annotations

import pytest

from voice_assistant.repair import WORDS, mender

EN = mender("en", ["cancel", "all", "timers", "set a", "timer", "for", "minutes"], ["jazz", "rock"])
ZH = mender("zh", ["关灯", "打开", "计时器", "闹钟"], ["爵士乐"])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("cancel all tires", "cancel all timers"),
        ("cansel all timers", "cancel all timers"),
        ("set a thyme for ten minutes", "set a timer for ten minutes"),
    ],
)
def test_an_unknown_word_becomes_one_that_sounds_like_it(heard: str, meant: str) -> None:
    known = mender("en", [*meant.split(), "timers"], [])
    assert meant in list(known.mend(heard))


@pytest.mark.parametrize(
    "heard",
    [
        "cancel all timers",
        "tires",
        "the weather was so lovely yesterday",
        "cancel " * (WORDS[1] + 1),
        "",
    ],
)
def test_known_words_single_words_and_speeches_stay(heard: str) -> None:
    assert list(EN.mend(heard)) == []


@pytest.mark.parametrize(
    ("heard", "meant"), [("关等", "关灯"), ("打开闹中", "打开闹钟"), ("放绝世月", "放爵士乐")]
)
def test_chinese_is_mended_by_its_syllables(heard: str, meant: str) -> None:
    assert meant in list(ZH.mend(heard))


@pytest.mark.parametrize("heard", ["关灯", "你吃饭了吗", "设10分钟", "灯"])
def test_chinese_that_sounds_like_nothing_stays(heard: str) -> None:
    assert list(ZH.mend(heard)) == []
