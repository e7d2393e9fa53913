"""What a real, very small model makes up in the kitchen is announced as made up, or refused."""

from __future__ import annotations

import anyio
import pytest
from voice_assistant_skills.recipes.checks import check
from voice_assistant_skills.recipes.linking import invented, unlisted

from tests.engines.conftest import model
from tests.skills.recipes.house import House
from voice_assistant import catalog
from voice_assistant.engines.child import ChildModel
from voice_assistant.model_mind import ModelMind
from voice_assistant.workers import Worker

pytestmark = pytest.mark.engine

NAME = "smollm2-135m"


@pytest.fixture
def mind(tmp_path):
    model(NAME)
    options = {"path": catalog.load().path(NAME), "threads": 2, "cache": tmp_path / "cache"}
    with Worker("language model") as worker:
        mind = ModelMind(
            NAME, lambda: ChildModel(NAME, "voice_assistant.engines.llama", options), worker
        )
        worker.submit(lambda: None).result()  # behind the loading
        yield mind
        mind.close()


def test_it_is_announced_and_sound_or_refused(tmp_path, mind):
    async def asked():
        house = House(tmp_path, mind=mind)
        outcome = await house.say("make up a recipe with rice and spinach")
        return outcome.text, house.tried.skill.home.store.get("invented", {})

    said, kept = anyio.run(asked)
    assert ("made this one up" in said) == bool(kept)
    assert kept or "no good" in said
    for name, made in kept.items():
        recipe = invented(made["text"], made["language"], name)
        assert check(recipe) == unlisted(recipe) == []
