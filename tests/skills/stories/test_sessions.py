"""Evenings of stories as they are said, through the real router, assistant and mouth.

`sessions.yaml` holds them; the clock is virtual, the voice and the loudspeaker are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.test_conversations import House, lexicons_of
from voice_assistant.lexicon import Lexicon

pytestmark = pytest.mark.anyio

SKILLS = ("assistant", "clock", "jokes", "stories")
"""Stories, what can be asked in the middle of one, and what sounds like asking for one."""
SCENES = yaml.safe_load(Path(__file__).with_name("sessions.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def lexicons() -> Iterator[dict[str, Lexicon]]:
    yield from lexicons_of(SKILLS)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["scene"])
async def test_an_evening(
    scene: dict[str, Any], lexicons: dict[str, Lexicon], tmp_path: Path
) -> None:
    house = House(tmp_path, lexicons, names=SKILLS)
    stories = house.assistant.handling.skills.loaded["stories"].skill
    came = await house.play(scene["language"], scene["lines"])
    hero = stories.teller.bookmark.story.hero.name  # type: ignore[union-attr]
    wrong = [line for line in came if not re.search(line[1].format(hero=hero), line[2], re.I)]
    assert not wrong, "\n".join(" | ".join(line) for line in came)
