"""What a recogniser writes on and on was said once."""

import pytest

from voice_assistant.normal import normalise


@pytest.mark.parametrize(
    ("language", "heard", "said"),
    [
        ("en", "Close the sliding door " * 25, "close the sliding door"),
        ("en", "Close the sliding door " * 250, "close the sliding door"),
        ("en", "close the sliding door. " * 4, "close the sliding door"),
        ("en", "close the sliding door, " * 4 + "close the", "close the sliding door"),
        ("zh", "把门关上。" * 20, "把门关上"),
        ("zh", "请把客厅的灯关掉，" * 5 + "请把客厅", "请把客厅的灯关掉"),
    ],
)
def test_a_loop_of_the_recogniser_is_read_once(language: str, heard: str, said: str) -> None:
    assert normalise(heard, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "no no no no no"),
        ("en", "two plus two plus two plus two"),
        ("en", "set a timer set a timer"),
        ("en", "knock " * 6),
        ("zh", "好好好好好好"),
        ("zh", "慢慢走慢慢走"),
        ("zh", "1" * 20),
    ],
)
def test_what_people_repeat_stays(language: str, said: str) -> None:
    assert normalise(said, language) == said.strip()
