"""Where nobody has told what lamps there are, one is taken for what households have."""

from __future__ import annotations

import pytest

from voice_assistant.usual import usual


@pytest.mark.parametrize(
    ("language", "heard", "meant"),
    [
        ("en", "bad light", "bed light"),
        ("en", "the sealing lamp", "ceiling lamp"),
        ("en", "a desk lamp", "desk lamp"),
        ("en", "whole lamp", "whole lamp"),
        ("zh", "窗连", "窗帘"),
        ("zh", "客听的灯", "客厅的灯"),
        ("zh", "书房台等", "书房台灯"),
    ],
)
def test_what_sounds_like_a_thing_of_the_house_becomes_it(
    language: str, heard: str, meant: str
) -> None:
    assert usual(language)["device"].mend(heard) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "bed light"),
        ("en", "bad"),
        ("en", "granny's lamp"),
        ("en", "tom lamp"),
        ("en", "sonos speaker 2"),
        ("en", ""),
        ("zh", "客厅的灯"),
        ("zh", "小明的台灯"),
        ("zh", "灯2"),
        ("zh", ""),
    ],
)
def test_names_and_things_stay_what_they_are(language: str, said: str) -> None:
    assert usual(language)["device"].mend(said) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the lights we should"),
        ("en", "what she never leaves"),
        ("zh", "算了别"),
        ("zh", "咖啡机我已经"),
        ("zh", "再"),
        ("zh", "屋里有点冷"),
    ],
)
def test_what_no_name_has_in_it_is_none(language: str, said: str) -> None:
    assert usual(language)["device"].mend(said) == ""
