"""Every spoken form of the tables means what the table says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_assistant import values
from voice_assistant.normal import normalise

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
HERE = Path(__file__).parent


def rows() -> Iterator[tuple[str, str, str, str]]:
    for language in ("en", "zh"):
        for line in (HERE / f"values_{language}.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                kind, text, expected = line.split("\t")
                yield language, kind, text, expected


@pytest.mark.parametrize(("language", "kind", "text", "expected"), list(rows()))
def test_spoken_form(language: str, kind: str, text: str, expected: str) -> None:
    value = values.parse(kind, normalise(text, language), language, NOW)
    assert shown(kind, value) == expected.strip()


def shown(kind: str, value: object) -> str:
    if kind != "time" or value is None:
        return json.dumps(values.plain(value))
    assert isinstance(value, values.When)
    text = value.moment.strftime("%Y-%m-%dT%H:%M")
    if value.repeat:
        interval = f"{value.repeat.interval} " if value.repeat.interval > 1 else ""
        days = " " + ",".join(map(str, value.repeat.days)) if value.repeat.days else ""
        text += f" | every {interval}{value.repeat.every}{days}"
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_is_large_enough(language: str) -> None:
    assert sum(row[0] == language for row in rows()) >= 150


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(values.KINDS)), st.sampled_from(["en", "zh"]))
def test_no_text_is_too_strange(text: str, kind: str, language: str) -> None:
    values.parse(kind, normalise(text, language), language, NOW)


@settings(deadline=None)
@given(st.integers(0, 999_999))
def test_english_numbers_come_back(number: int) -> None:
    from unicode_rbnf import RbnfEngine

    said = RbnfEngine.for_language("en").format_number(number).text
    assert values.parse("number", normalise(said, "en"), "en", NOW) == number


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_chinese_numbers_come_back(number: int) -> None:
    from unicode_rbnf import RbnfEngine

    said = RbnfEngine.for_language("zh").format_number(number).text
    assert values.parse("number", normalise(said, "zh"), "zh", NOW) == number


def test_values_are_found_inside_sentences() -> None:
    found = values.find("duration", "give me ten minutes and a half for the eggs", "en", NOW)
    assert [values.plain(one.value) for one in found] == [630]
    found = values.find("time", "明天早上七点叫我起床", "zh", NOW)
    assert [one.value.moment.hour for one in found] == [7]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("zh", "定二十五点的闹钟", ""),
        ("zh", "二月三十一号是星期几", ""),
        ("zh", "负五分钟", ""),
        ("zh", "周五十点开会", "周五十点"),
        ("zh", "三月三十一号交房租", "三月三十一号"),
        ("en", "pay the rent on february 30th", ""),
        ("en", "what is the thirty first of april", ""),
        ("en", "a timer for minus five minutes", ""),
        ("en", "pay the rent on march 30th", "march 30th"),
    ],
)
def test_nothing_is_cut_out_of_what_there_is_not(language: str, text: str, part: str) -> None:
    """Three o'clock is not what 二十五点 means, nor today's month what "february 30th" does."""
    kinds = ("time", "date", "duration")
    found = [each for kind in kinds for each in values.find(kind, text, language, NOW)]
    assert any(part in text[each.start : each.end] for each in found) if part else not found


@pytest.mark.parametrize("said", ["first", "second", "the second", "third", "twenty first", "2nd"])
def test_a_template_can_hold_every_ordinal(said):
    assert re.fullmatch(values.pattern("ordinal", "en"), said)
