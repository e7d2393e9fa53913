"""What a recogniser writes on and on was said once."""

import pytest

from voice_assistant.normal import normalise


@pytest.mark.parametrize("heard", ["Close the sliding door " * 25, "close the sliding door. " * 4])
def test_a_loop_of_the_recogniser_is_read_once(heard: str) -> None:
    assert normalise(heard, "en") == "close the sliding door"


@pytest.mark.parametrize(
    "said",
    ["no no no no no", "two plus two plus two plus two", "set a timer set a timer", "knock " * 6],
)
def test_what_people_repeat_stays(said: str) -> None:
    assert normalise(said, "en") == said.strip()
