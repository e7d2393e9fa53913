"""The phrasebook: enough phrases, each in its own script, each with a romanisation that fits."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from pathlib import Path

import pytest
import yaml
from pypinyin import lazy_pinyin

FILE = Path(__file__).parents[3] / "skills" / "travel" / "data" / "phrases.yaml"

SCRIPTS = {
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
    "ko": r"[\uac00-\ud7af]",
    "zh": r"[\u4e00-\u9fff]",
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
    "th": r"[\u0e00-\u0e7f]",
    "el": r"[\u0370-\u03ff]",
}
LATIN = ("en", "es", "fr", "de", "it", "pt", "nl", "vi", "tr")


@pytest.fixture(scope="module")
def phrases():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_there_are_enough_phrases_and_all_in_every_language(phrases):
    assert len(phrases) >= 62
    for key, entry in phrases.items():
        assert set(entry["said"]) == {*SCRIPTS, *LATIN}, key


def test_each_is_written_in_its_script_and_romanised_where_that_is_not_latin(phrases):
    for key, entry in phrases.items():
        for language, text in entry["said"].items():
            original, bar, roman = text.partition(" | ")
            if language in LATIN:
                assert not bar, (key, language)
                assert not re.search("[^\u0000-\u024f\u1e00-\u1eff\u2026]", text), (key, language)
            else:
                assert re.search(SCRIPTS[language], original), (key, language)
                assert not re.search("[A-Za-z]", original), (key, language)
                bare = _bare(roman)
                assert re.fullmatch(r"[a-zʿʾ' ,…-]+", bare), (key, language, roman)


def test_pinyin_is_that_of_the_characters(phrases):
    for key, entry in phrases.items():
        original, _, roman = entry["said"]["zh"].partition(" | ")
        expected = "".join(lazy_pinyin(re.sub(r"[^\u4e00-\u9fff]", "", original)))
        assert re.sub("[^a-z]", "", _bare(roman)) == expected, key


def test_no_name_means_two_phrases(phrases):
    for language in ("en", "zh"):
        names = list(chain.from_iterable(entry[language] for entry in phrases.values()))
        assert len(set(names)) == len(names)
        assert all(isinstance(name, str) and name == name.lower() for name in names)


def test_the_traveller_has_what_is_needed_most(phrases):
    wanted = "hello, thank you, one, ten, help, call an ambulance, i am allergic to nuts, today"
    assert set(wanted.split(", ")) <= set(phrases)


def _bare(roman: str) -> str:
    letters = unicodedata.normalize("NFD", roman.lower())
    return "".join(char for char in letters if not unicodedata.combining(char))
