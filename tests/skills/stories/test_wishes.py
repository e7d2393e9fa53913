"""What a story is about is read apart from all else that is said about it."""

from pathlib import Path

import pytest
import yaml
from voice_assistant_skills.stories.request import Request
from voice_assistant_skills.stories.understand import understand

from tests.fakes import FakeClock

WISHES = yaml.safe_load((Path(__file__).parent / "wishes.yaml").read_text("utf-8"))


def read(text: str, language: str) -> dict[str, object]:
    """What was understood, without what was not said."""
    request: Request = understand(text, language, FakeClock(), {})
    hero, companion = request.hero, request.companion
    found = {
        "hero": hero.kind if hero else "",
        "name": hero.name if hero else "",
        "clause": hero.clause if hero else "",
        "companion": companion.kind if companion else "",
    }
    names = ("age", "minutes", "place", "somewhere", "lesson", "love")
    found |= {name: getattr(request, name) for name in (*names, "choose", "bedtime", "foreign")}
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wish_is_read(language):
    wrong = [
        f"{text}: {found}, not {wanted}"
        for text, wanted in WISHES[language]
        if (found := read(text, language)) != wanted
    ]
    assert not wrong, "\n".join(wrong)
