"""Yes, no, and neither, as people say them."""

from __future__ import annotations

import pytest

from voice_assistant.answers import yes_no

SAID = [
    ("en", True, "alright then|go on then|i suppose so|mm-hmm|very well|then do it"),
    ("en", False, "maybe later|i guess not|then don't|another time"),
    ("en", None, "the second one|let me think"),
    ("zh", True, "那好吧|那行|也行|听你的|那就这样吧"),
    ("zh", False, "那就算了|先不要|还是不要了|那不用了"),
    ("zh", None, "那个|第二个"),
]


@pytest.mark.parametrize(("language", "meant", "said"), SAID)
def test_an_answer_in_other_words(language: str, meant: bool | None, said: str) -> None:
    understood = {text: yes_no(text, language) for text in said.split("|")}
    assert understood == dict.fromkeys(understood, meant)
