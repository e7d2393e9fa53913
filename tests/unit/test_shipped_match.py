"""The trained match and the parsed templates that ship belong to the sentences that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_assistant.intents import load_sentences
from voice_assistant.lexicon import PARSED, Lexicon
from voice_assistant.template import Seen

SKILLS = Path(__file__).parents[2] / "skills"


class Written:
    """A skill's files, without the skill."""

    def __init__(self, folder: Path) -> None:
        self.sentences = load_sentences(folder)

    def vocabulary(self, language: str) -> dict[str, list[str]]:
        return {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_match_was_trained_after_the_last_change_of_a_sentence(language: str) -> None:
    skills = {file.parent.name: Written(file.parent) for file in SKILLS.glob("*/skill.py")}
    assert Lexicon(language, skills).is_trained(), "type: voice-assistant skills learn"


def test_what_the_templates_need_was_written_down_after_their_last_change(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "templates.json", ready=PARSED)
    for file in SKILLS.glob("*/skill.py"):
        for sentences in load_sentences(file.parent).values():
            needs = seen.needs(sentences.digest)
            assert needs is not None, "type: voice-assistant skills learn"
            assert len([*needs]) == len([*sentences.needs()])
    seen.save()
    assert not (tmp_path / "templates.json").exists(), "what ships is written to no user's disk"
