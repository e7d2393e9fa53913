"""A name of a short list may be misheard, but it is no longer than a name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voice_assistant.intents import Intent, Sentences
from voice_assistant.template import Template
from voice_assistant.templates import Templates

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def templates() -> Templates:
    listed = {"device": {"kettle": "kettle", "heater": "heater"}, "room": {"bedroom": "bedroom"}}
    switch = Template("(start|stop) [the] {device} [in the {room}]", {})
    intents = {"switch": Intent(name="switch", templates=(switch,))}
    home = Sentences(skill="home", language="en", intents=intents, lists=listed)
    return Templates("en", [(home, {})])


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("start the kettle in the bedroom", {"device": "kettle", "room": "bedroom"}),
        ("stop the heeter in the bedrum", {"device": "heater", "room": "bedroom"}),
        ("stop the kettel", {"device": "kettle"}),
    ],
)
def test_a_misheard_name_is_found(templates: Templates, text: str, slots: dict[str, str]) -> None:
    found = templates.match(text, lambda: NOW, lambda skill, intent: True)
    assert [reading.slots for reading in found] == [slots]


def test_a_usual_name_is_no_misheard_one() -> None:
    listed = {"device": {"all lights": "all lights", "bed light": "bed light"}}
    switch = Template("start [the] {device}", {})
    intents = {"switch": Intent(name="switch", templates=(switch,))}
    home = Sentences(skill="home", language="en", intents=intents, lists=listed)
    templates = Templates("en", [(home, {})])
    for said, meant in [("bad light", ["bed light"]), ("hall light", []), ("hallway lights", [])]:
        found = templates.match(f"start the {said}", lambda: NOW, lambda skill, intent: True)
        assert [reading.slots["device"] for reading in found] == meant


def test_talk_is_not_even_tried_as_a_name(templates: Templates) -> None:
    text = "stop the whole family from eating in the living room"
    assert templates.match(text, lambda: NOW, lambda skill, intent: True) == []
    assert templates.patterns[0].loose.fullmatch(text) is None


def test_a_new_name_counts_at_once(templates: Templates) -> None:
    text = "start the toaster"
    assert templates.match(text, lambda: NOW, lambda skill, intent: True) == []
    sentences = templates.patterns[0]._compiler.sentences
    templates.rename(sentences, {"device": ["toaster"]})
    assert [r.slots for r in templates.match(text, lambda: NOW, lambda skill, intent: True)] == [
        {"device": "toaster"}
    ]
