"""No number, name or date in any output that was not said: minutes and drafts of all scripts, by rules
and with a model that makes things up."""

from __future__ import annotations

import re
from contextlib import aclosing
from dataclasses import replace

import pytest
from voice_assistant_skills.meetings import bench
from voice_assistant_skills.meetings.reading import read

pytestmark = pytest.mark.anyio

TALES = {
    "en": "Zacharias pays 4,711 dollars by the thirtieth of February. They met in Timbuktu.",
    "zh": "欧阳锋周八之前付四千七百一十一元。大家请诸葛亮负责。",
}


class Inventing:
    """A model for which everything is settled or somebody's task, and that tells tales of it."""

    name, ready = "inventing", True

    def excuse(self, language):
        return "no"

    async def think(self, chat, *, limit=200, grammar=None):
        if grammar is None:
            yield TALES["zh" if re.search("[一-鿿]", chat[0].content) else "en"]
        elif limit:
            answers = re.findall(r'"([^"]+)"', grammar)
            yield answers[len(chat[-1].content) % len(answers)]


@pytest.mark.parametrize("name", bench.SCRIPTS)
async def test_no_figure_name_or_date_that_was_not_said(name):
    for script in bench.scripts(name):
        meeting = script.meeting
        async with aclosing(read(meeting, Inventing())) as growing:
            async for findings in growing:
                meeting = replace(meeting, findings=findings)
        assert findings.read == len(meeting.statements)
        assert bench.inventions(meeting) == []
        made = bench.minutes(meeting)
        assert all(line.evidence for line in made.lines())
        told = " ".join(line.text for line in made.lines())
        assert not re.search("4,711|Zacharias|Timbuktu|欧阳锋|诸葛亮|四千七百", told)
