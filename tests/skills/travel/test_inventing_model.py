"""A language model that makes places up changes nothing: every word of an answer is of the data."""

import pytest
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut
from voice_assistant.mind import NoMind


class Liar(NoMind):
    """Ready, and full of palaces that nobody built."""

    name = "liar"
    ready = True

    async def think(self, chat, **how):
        yield "Visit the Golden Crystal Palace."

    async def speak(self, chat, **how):
        yield "Visit the Golden Crystal Palace."


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", ["plan", "sights", "food", "tips", "pack", "costs"])
async def test_answers_are_the_same_with_a_model_that_invents(tmp_path, intent, language):
    told = []
    for mind in (NoMind(), Liar()):
        house = TryOut(Travel, tmp_path, mind=mind)
        told.append((await house.ask(intent, language, destination="lisbon")).text)
    assert told[0] == told[1]
    assert "Crystal" not in told[1]
