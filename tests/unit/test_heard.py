"""What a short sentence is for, after the turn that it may go on with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from voice_assistant.intents import Intent
from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import GOING_ON, Heard


def weighed(scores: list[tuple[str, float]], since: str) -> dict[str, float]:
    skip = SimpleNamespace(intents={"skip": Intent(name="skip", when="follow")})
    now = SimpleNamespace(intents={"now": Intent(name="now")})
    before = SimpleNamespace(skill=since)
    heard: Any = SimpleNamespace(
        session=SimpleNamespace(active=(), context=SimpleNamespace(route=before)),
        lexicon=SimpleNamespace(known={"recipes": skip, "weather": now}),
    )
    return dict(Heard._weighed(heard, scores, since))


def test_what_goes_on_with_the_skill_of_the_turn_before_is_likelier() -> None:
    found = weighed([("recipes.skip", 0.5), (OTHER, 0.5)], "recipes")
    assert found == {"recipes.skip": GOING_ON / (GOING_ON + 1), OTHER: 1 / (GOING_ON + 1)}


def test_what_goes_on_with_another_skill_alone_is_for_nobody() -> None:
    assert weighed([("recipes.skip", 1.0)], "weather") == {OTHER: 1.0}
