"""What is left to knowledge and to talk."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from voice_assistant.stages.rest import knowledge

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("capital of mongolia", "named"),
        ("the tallest mountain in africa", "named"),
        ("second longest river in the world", "named"),
        ("in which year did the tunnel open", "answer"),
        ("oskar is the capital of which country", "answer"),
        ("kind of tired", None),
        ("lots of love", None),
        ("the best of both worlds", None),
        ("most of the time", None),
    ],
)
async def test_what_is_asked_by_its_name_is_told_from_talk(text, intent):
    lexicon = SimpleNamespace(known={"knowledge": None})
    heard = SimpleNamespace(text=text, utterance=SimpleNamespace(language="en"), lexicon=lexicon)
    route = await knowledge(heard)
    assert (route.intent if route else None) == intent
