"""A skill that was taught little is found among skills that were taught much."""

from __future__ import annotations

import pytest

from voice_assistant.benches.learning import TEN
from voice_assistant.lesson import others
from voice_assistant.matcher import OTHER, Matcher, train
from voice_assistant.texts import load

MUCH = [
    (f"{verb} {thing} {where} {when}", "lights.switch")
    for verb in ("switch on", "turn off", "dim", "put out", "brighten")
    for thing in ("the lamp", "the light", "every bulb", "the chandelier", "the spots")
    for where in ("in the kitchen", "upstairs", "by the bed", "over the table", "outside")
    for when in ("now", "please", "at once", "for me")
]
PLANTS = [
    "what do i need to water today",
    "which plants are thirsty",
    "do the ferns need water",
    "do i need to water the roses",
    "is there anything to water",
    "are the tomatoes thirsty",
    "should the basil be watered",
    "list the plants that want water",
    "has the orchid to be watered today",
    "does the ivy need water",
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    talk = [(each.text, OTHER) for each in others("en")[:400]]
    taught = [(text, "plants.thirsty") for text in PLANTS]
    return train("en", sorted({*MUCH, *talk, *taught}))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("which plants are thirsty", "plants.thirsty"),
        ("is the cactus dry", "plants.thirsty"),
        ("give the flowers a drink", "plants.thirsty"),
        ("who wants a drink on the windowsill", "plants.thirsty"),
        ("make the lamp brighter", "lights.switch"),
        ("i left my umbrella at home", OTHER),
        ("cacti live in the desert", OTHER),
    ],
)
def test_ten_sentences_are_enough_beside_hundreds(matcher: Matcher, said: str, meant: str) -> None:
    name, chance = matcher.scores(said)[0]
    assert name == meant
    assert chance > 0.8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_bench_asks_is_not_what_it_teaches(language: str) -> None:
    for skill in load(f"bench_learning_{language}")["skills"].values():
        for intent, taught in skill["taught"].items():
            asked = skill["asked"][intent]
            assert len(set(taught)) == TEN
            assert len(set(asked)) >= 2 * TEN
            assert not set(taught) & set(asked)
