"""No silence in the middle of a story, however slow the voice and the language model are."""

from __future__ import annotations

import itertools
import re
from types import SimpleNamespace

import anyio
import pytest
from voice_assistant_skills.stories.enrich import STORY_TOKENS

from tests.skills.stories.stage import Stage

pytestmark = pytest.mark.anyio

WISH = {"en": "tell me a five minute story about a rabbit", "zh": "讲一个五分钟的小兔子的故事"}
EFFORT = 0.3
"""Seconds of work for a second of speech: a voice on a small machine."""
TOKEN_SECONDS = 1.5
"""A model too slow to be waited for."""
SILENCE = 0.3


class SlowMind:
    """Writes a word at a time, and remembers when it was asked and when it was done."""

    name = "slow"
    ready = True

    def __init__(self):
        self.spans = []
        self.tokens = 0
        self.written = []

    @staticmethod
    def _tokens(text):
        return [text[at : at + 4] for at in range(0, len(text), 4)]

    async def think(self, chat, *, limit=200, grammar=None):
        began = anyio.current_time()
        first_of_each = re.sub(r'\(("[^"]*")[^)]*\)', r"\1", grammar)
        self.written.append("".join(re.findall(r'"([^"]*)"', first_of_each)))
        for letters in self._tokens(self.written[-1]):
            await anyio.sleep(TOKEN_SECONDS)
            self.tokens += 1
            yield letters
        self.spans.append((began, anyio.current_time()))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_gap_while_a_slow_model_writes(tmp_path, language):
    mind, heard = SlowMind(), []
    stage = Stage(tmp_path, mind=mind, effort=EFFORT, said=heard.append)
    asked = anyio.current_time()
    await stage.listen("tell", language, WISH[language])
    played = stage.player.played
    gaps = [later[0] - earlier[1] for earlier, later in itertools.pairwise(played)]
    scenes = len(stage.skill.teller.bookmark.story.scenes)
    assert scenes >= 6
    assert played[0][0] - asked <= 2.0, "the opening waits for nothing but its own voice"
    assert max(gaps) <= SILENCE
    assert min(ended - began for began, ended in mind.spans) > 5, "the model was slow"
    assert any(text.startswith(tuple(mind.written)) for text in heard), "and what it wrote was told"
    assert mind.tokens <= STORY_TOKENS, "it writes little, however long the story is"
    assert mind.spans[0][0] >= played[0][1], "and not before the story is heard"


async def test_a_model_that_never_answers_is_not_waited_for(tmp_path):
    class Silent(SlowMind):
        async def think(self, chat, *, limit=200, grammar=None):
            await anyio.sleep_forever()
            yield ""

    stage = Stage(tmp_path, mind=Silent(), effort=EFFORT)
    await stage.listen("tell", "en", WISH["en"])
    played = stage.player.played
    assert max(b[0] - a[1] for a, b in itertools.pairwise(played)) <= SILENCE
    assert stage.skill.teller.bookmark.finished


async def test_a_model_is_not_asked_to_write_a_language_it_does_not_know(tmp_path):
    listed = SimpleNamespace(models={"slow": SimpleNamespace(languages=("en",))})
    for language, asked in (("en", True), ("zh", False)):
        mind = SlowMind()
        stage = Stage(tmp_path, mind=mind, services={"catalog": listed})
        await stage.listen("tell", language, WISH[language])
        assert bool(mind.tokens) is asked
