"""What people say of timers, alarms, reminders and appointments: read by the right intent.

`day_en.tsv`, `day_zh.tsv`: a sentence and `skill.intent`; `follow` where it refers to the turn before
and is heard only behind one of that skill. Among the templates of these four skills alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.skills.sentences import SKILLS, readings
from voice_assistant.intents import load_sentences
from voice_assistant.templates import Templates

FOUR = ("timers", "alarms", "reminders", "calendar")
GOAL = 0.97


def rows(language):
    text = Path(__file__).with_name(f"day_{language}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_right_intent_hears_it(language):
    templates = Templates(
        language, [(load_sentences(SKILLS / name)[language], {}) for name in FOUR]
    )
    said = rows(language)
    missed = []
    for text, expected, *when in said:
        skill = expected.partition(".")[0]

        def heard(name, intent, when=when, skill=skill):
            return intent.when == "always" if not when else (name, intent.when) == (skill, *when)

        best = next(iter(readings(templates, text, language, heard)), None)
        if best is None or f"{best.skill}.{best.intent.name}" != expected:
            missed.append((text, expected, best and best.intent.name))
    assert len(said) > 100
    assert len(missed) <= (1 - GOAL) * len(said), missed
