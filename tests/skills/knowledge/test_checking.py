"""What the library is not sure of is said where the language model affirms it."""

from __future__ import annotations

import pytest
from voice_assistant_skills.knowledge.skill import Knowledge

from tests.fakes import TryOut
from voice_assistant.errors import ModelError
from voice_assistant.knowledge import SURE, Finding
from voice_assistant.mind import NoMind
from voice_assistant.passages import Passage

pytestmark = pytest.mark.anyio

LAKE = Passage(source="Wikipedia", title="Hill Lake", text="Hill Lake is a lake.")


class YesNo(NoMind):
    """A model that says one word; without one it breaks."""

    def __init__(self, word, *, ready=True, name="yes or no"):
        self.word, self.ready, self.name = word, ready, name
        self.asked, self.kept = [], []

    def keep(self, chat):
        self.kept.append(chat)

    async def think(self, chat, *, limit=200, grammar=None):
        self.asked.append(chat)
        if not self.word:
            raise ModelError("gone")
        yield self.word


class Shelf:
    ready = True

    def __init__(self, sure):
        self.sure = sure

    async def answer(self, text, language, least=SURE):
        finding = Finding(passage=LAKE, answer=LAKE.text, sure=self.sure)
        return finding if self.sure >= least else None


async def said(tmp_path, mind, sure, language="en"):
    kitchen = TryOut(Knowledge, tmp_path, services={"knowledge": Shelf(sure)}, mind=mind)
    text = {"en": "what is hill lake", "zh": "小山湖是什么"}[language]
    return LAKE.text in (await kitchen.ask("answer", language, text=text)).text


@pytest.mark.parametrize(
    ("sure", "word", "expected"),
    [(0.1, "Yes", True), (0.1, "No", False), (0.4, "No", False), (0.01, "Yes", False)],
)
async def test_the_model_decides_where_the_library_is_not_sure(tmp_path, sure, word, expected):
    assert await said(tmp_path, YesNo(word), sure) == expected


async def test_the_model_is_not_asked_where_the_library_is_sure(tmp_path):
    mind = YesNo("No")
    assert await said(tmp_path, mind, 0.9)
    assert not mind.asked


@pytest.mark.parametrize(
    "mind", [YesNo("Yes", ready=False), YesNo(""), YesNo("Yes", name="smollm2-135m")]
)
@pytest.mark.parametrize(("sure", "expected"), [(0.1, False), (0.4, True)])
async def test_without_such_a_model_the_library_decides_alone(tmp_path, mind, sure, expected):
    assert await said(tmp_path, mind, sure) == expected


async def test_the_model_is_asked_behind_what_it_has_read_already(tmp_path):
    mind = YesNo("Yes")
    kitchen = TryOut(Knowledge, tmp_path, services={"knowledge": Shelf(0.1)}, mind=mind)
    await kitchen.skill.start()
    await kitchen.ask("answer", text="what is hill lake")
    (kept,), (asked,) = mind.kept, mind.asked
    assert asked[: len(kept)] == kept
    assert len(asked) == len(kept) + 1
