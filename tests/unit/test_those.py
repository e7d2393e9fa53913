"""Which of several things are meant."""

from __future__ import annotations

import pytest

from tests.skills.sentences import NOW
from voice_assistant import values
from voice_assistant.normal import normalise

SAID = {
    "en": {
        "the second one": "b",
        "the first": "a",
        "the last one": "d",
        "the first two": "ab",
        "the last two timers": "cd",
        "the first and the third one": "ac",
        "all but the first": "bcd",
        "everything except the last one": "abc",
        "all of them except for the second one": "acd",
        "both of them": "abcd",
        "the other one": "acd",
        "the others": "acd",
        "the rest of them": "acd",
        "number two": None,
        "the milk": None,
        "one": None,
        "the ninth one": "",
    },
    "zh": {
        "第二个": "b",
        "最后一个": "d",
        "前两个": "ab",
        "最后两个": "cd",
        "第一个和第三个": "ac",
        "除了第一个以外都": "bcd",
        "除了最后一个其他的都": "abc",
        "两个都": "abcd",
        "另一个": "acd",
        "其他的": "acd",
        "剩下的那个": "acd",
        "牛奶": None,
        "第九个": "",
    },
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_they_are_picked_by_their_order(language):
    for said, expected in SAID[language].items():
        those = values.parse("those", normalise(said, language), language, NOW)
        found = None if those is None else "".join(values.picked(those, "abcd", "b"))
        assert found == expected, said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_template_can_hold_each(language):
    import re

    for said, expected in SAID[language].items():
        if expected is not None:
            assert re.fullmatch(values.pattern("those", language), normalise(said, language)), said
