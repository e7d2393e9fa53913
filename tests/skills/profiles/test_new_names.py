"""Names that a skill learns are understood from the next turn on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import voice_assistant_skills

from tests.fakes import NOW
from voice_assistant.intents import load_sentences
from voice_assistant.router import Router

FOLDER = Path(voice_assistant_skills.__path__[-1]) / "profiles"


def read(router, text, language):
    templates = router.lexicon(language).templates
    found = templates.match(text, lambda: NOW, lambda skill, intent: True)
    return [(each.intent.name, dict(each.slots)) for each in found if "person" in each.slots]


def test_who_was_just_introduced_is_known_by_name():
    people = ["anna"]
    skill = SimpleNamespace(
        sentences=load_sentences(FOLDER), vocabulary=lambda language: {"called": people}
    )
    router = Router({"profiles": skill}, now=lambda: NOW)
    known = ("child", {"person": "siobhan", "age": 6})
    assert known not in read(router, "siobhan is 6 years old", "en")
    people.append("siobhan")
    router.rename("profiles")
    assert known in read(router, "siobhan is 6 years old", "en")
    people.remove("siobhan")
    router.rename("profiles")
    assert known not in read(router, "siobhan is 6 years old", "en")
