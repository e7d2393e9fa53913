"""The learned weights belong to the scripts, cues and signs that are there."""

from __future__ import annotations

import pytest
from voice_assistant_skills.meetings.cues import DATA
from voice_assistant_skills.meetings.learning import LEARNED, made_of


@pytest.mark.parametrize("language", sorted(LEARNED))
def test_the_weights_were_learned_from_what_is_there_now(language):
    told = (DATA / f"weights_{language}.txt").read_text("utf-8").strip()
    assert told == made_of(language), (
        "The scripts, cues or signs of meetings changed since their weights were learned: run"
        " 'python -m voice_assistant_skills.meetings.learning' and commit data/weights_*."
    )
