"""Whatever a template reads, its handler takes: a slot nobody expects would cost the turn."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hassil.expression import ListReference, RuleReference

from tests.skills.test_everyday import MINE, skill_class
from voice_assistant.intents import load_sentences

SKILLS = Path(__file__).parents[2] / "skills"


def slots(part, rules):
    """The names of the slots of an expression."""
    if isinstance(part, ListReference):
        return {part.slot_name}
    if isinstance(part, RuleReference):
        return slots(rules[part.rule_name].expression, rules)
    return set().union(*(slots(item, rules) for item in getattr(part, "items", ())))


@pytest.mark.parametrize("name", MINE)
def test_every_slot_has_a_parameter(name):
    handlers = {
        intent: set(inspect.signature(method).parameters)
        for _, method in inspect.getmembers(skill_class(name), inspect.isfunction)
        for intent in getattr(method, "intents", ())
    }
    for language, sentences in load_sentences(SKILLS / name).items():
        for intent in sentences.intents.values():
            for template in (*intent.templates, *intent.examples):
                unknown = slots(template.expression, sentences.rules) - handlers[intent.name]
                assert not unknown, f"{language}: {intent.name}: {unknown}"
