"""Jokes: enough of them, each once, and none again within fifty tellings."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from rapidfuzz import fuzz
from voice_assistant_skills.jokes.skill import DATA, Jokes, jokes

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of
from voice_assistant.store import Database

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("jokes")

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
ALIKE = {"en": 90, "zh": 80}


@LANGUAGES
def test_there_are_a_hundred_with_a_punch_line_each(language):
    text = (DATA / f"{language}.txt").read_text(encoding="utf-8")
    assert all(line.count(" | ") == 1 for line in text.splitlines() if line.strip())
    assert len(jokes(language)) >= 100
    for setup, punch in jokes(language):
        assert setup.strip(), punch
        assert punch.strip(), setup
        assert re.search(r"[.?!,:。？！，：]$", setup), setup
        assert re.search(r"[.?!。？！]$", punch), punch


@LANGUAGES
def test_no_joke_is_there_twice(language):
    known = jokes(language)
    assert len({setup for setup, _ in known}) == len(known)
    for (one, end), (other, its_end) in combinations(known, 2):
        alike = fuzz.ratio(one + end, other + its_end)
        assert alike < ALIKE[language], (one, other)


@LANGUAGES
def test_each_is_in_its_language(language):
    for setup, punch in jokes(language):
        chinese = len(re.findall(r"[\u4e00-\u9fff]", setup + punch))
        assert (chinese > 5) == (language == "zh"), setup


@LANGUAGES
async def test_none_comes_again_within_fifty_tellings(language, tmp_path):
    table = TryOut(Jokes, tmp_path)
    told = [(await table.ask("tell", language)).text for _ in range(300)]
    for at, text in enumerate(told):
        assert text not in told[max(0, at - 50) : at]


async def test_a_restart_does_not_begin_anew(tmp_path):
    database = Database(":memory:")
    told = []
    for _ in range(50):
        table = TryOut(Jokes, tmp_path, database=database)
        told.append((await table.ask("tell")).text)
    assert len(set(told)) == 50


async def test_the_punch_line_waits_a_beat(tmp_path):
    setup, punch = (await TryOut(Jokes, tmp_path).ask("tell")).pieces
    assert setup.pause > 0.4
    assert punch.text
