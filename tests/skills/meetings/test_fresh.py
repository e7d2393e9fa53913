"""What people asked about meetings before the templates knew it reaches the intent that answers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.skills.sentences import known, readings
from voice_assistant.texts import read_yaml

FRESH = read_yaml((Path(__file__).parent / "fresh.yaml").read_text(encoding="utf-8"))

MEMBERS = {"en": ["anna", "ben", "chloe"], "zh": ["张伟", "李娜", "王芳"]}
"""Who spoke in the meetings that are asked about."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_once_missed_is_understood(language):
    _, templates = known("meetings", lambda spoken: {"member": MEMBERS[spoken]})
    wrong = []
    for intent, lines in FRESH[language].items():
        for text in lines:
            found = [each.intent.name for each in readings(templates[language], text, language)]
            if found[:1] != [intent]:
                wrong.append(f"{text}: {found[:1]} instead of {intent}")
    assert wrong == []
