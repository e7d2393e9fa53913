"""Whatever a template reads, its handler takes: a slot nobody expects would cost the turn."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hassil.expression import ListReference, RuleReference

from tests.skills.test_everyday import skill_class
from voice_assistant.intents import load_sentences

SKILLS = Path(__file__).parents[2] / "skills"
ALL = sorted(each.parent.name for each in SKILLS.glob("*/en.yaml"))


def slots(part, rules):
    """The names of the slots of an expression."""
    if isinstance(part, ListReference):
        return {part.slot_name}
    if isinstance(part, RuleReference):
        return slots(rules[part.rule_name].expression, rules)
    return set().union(*(slots(item, rules) for item in getattr(part, "items", ())))


def _takes_any(parameters):
    return any(each.kind is each.VAR_KEYWORD for each in parameters.values())


@pytest.mark.parametrize("name", ALL)
def test_every_slot_has_a_parameter(name):
    handlers = {
        intent: inspect.signature(method).parameters
        for _, method in inspect.getmembers(skill_class(name), inspect.isfunction)
        for intent in getattr(method, "intents", ())
    }
    for language, sentences in load_sentences(SKILLS / name).items():
        for intent in sentences.intents.values():
            for template in (*intent.templates, *intent.examples):
                if _takes_any(handlers[intent.name]):
                    continue
                unknown = slots(template.expression, sentences.rules) - set(handlers[intent.name])
                assert not unknown, f"{language}: {intent.name}: {unknown}"
