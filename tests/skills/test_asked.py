"""Requests that were asked of the small skills in fresh words: each is read by a template of its own
skill, as the intent that answered it rightly (`asked_en.tsv`, `asked_zh.tsv`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from voice_assistant_skills.clock import days, places
from voice_assistant_skills.lists import items

from tests.skills.sentences import known, readings

VOCABULARY = {
    "lists": lambda language: {"goods": items.goods(language)},
    "clock": lambda language: {"place": places.names(language), "day": sorted(days.known())},
}


@cache
def templates(skill):
    return known(skill, VOCABULARY.get(skill, lambda language: {}))[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fresh_requests_are_read_word_for_word(language):
    lines = (Path(__file__).parent / f"asked_{language}.tsv").read_text("utf-8").splitlines()
    wrong = []
    for text, label in (line.split("\t") for line in lines):
        skill, intent = label.split(".")
        found = readings(
            templates(skill)[language], text, language, lambda _, each: each.when == "always"
        )
        if intent not in {reading.intent.name for reading in found}:
            wrong.append((text, label))
    assert not wrong
