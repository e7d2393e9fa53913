"""The tests that a skill's YAML files carry, for its test module:

test_sentences = sentences_of("timers")
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voice_assistant.intents import load_sentences
from voice_assistant.normal import core, normalise
from voice_assistant.templates import Templates
from voice_assistant.values import plain

SKILLS = Path(__file__).parents[2] / "skills"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def known(skill: str, vocabulary=lambda language: {}):
    """A skill's files, and its templates by language."""
    loaded = load_sentences(SKILLS / skill)
    return loaded, {
        language: Templates(language, [(sentences, vocabulary(language))])
        for language, sentences in loaded.items()
    }


def readings(templates, text, language, open_to=lambda *_: True):
    """All that templates read in a text, as it stands and without politeness, the most literal
    first."""
    whole = normalise(text, language)
    found = [
        reading
        for said in dict.fromkeys((whole, core(whole, language)))
        for reading in templates.match(said, lambda: NOW, open_to)
    ]
    return sorted(found, key=lambda reading: -reading.literal)


def sentences_of(skill: str, vocabulary=lambda language: {}):
    """A test over every `tests:` entry of the skill's files: intent and slots as the template reads
    them, with nobody else's templates in the way. `vocabulary` gives run-time slot values."""
    loaded, templates = known(skill, vocabulary)
    cases = [
        pytest.param(language, intent, test, id=f"{language}-{intent.name}-{test.text}")
        for language, sentences in loaded.items()
        for intent in sentences.intents.values()
        for test in intent.tests
    ]

    @pytest.mark.parametrize(("language", "intent", "test"), cases)
    def check(language, intent, test):
        found = readings(templates[language], test.text, language)
        assert found, f"no template of {skill} matches"
        assert found[0].intent.name == intent.name
        slots = {name: plain(value) for name, value in found[0].slots.items()}
        for name, value in test.slots.items():
            assert slots.get(name) == value

    return check
