"""A value that cannot be read as it was split from the text around it is split in another way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from voice_assistant.intents import load_sentences
from voice_assistant.templates import Templates
from voice_assistant.values import plain

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FILES = {
    "en": """
intents:
  remind: {sentences: ["remind me {time} {task}", "have {task} done {time}"]}
""",
    "zh": """
intents:
  remind: {sentences: ["提醒我{time}{task}", "叫{task}{time}来"]}
""",
}


@pytest.fixture
def templates(tmp_path: Path) -> dict[str, Templates]:
    folder = tmp_path / "reminders"
    folder.mkdir()
    for language, text in FILES.items():
        (folder / f"{language}.yaml").write_text(text, "utf-8")
    return {
        language: Templates(language, [(sentences, {})])
        for language, sentences in load_sentences(folder).items()
    }


@pytest.mark.parametrize(
    ("text", "clock", "task"),
    [
        ("remind me at nine two of us leave", "21:00:00", "two of us leave"),
        ("remind me at five call mom", "17:00:00", "call mom"),
        ("have the two letters done at half past two", "14:30:00", "the two letters"),
        ("提醒我明天下午三点一起去", "15:00:00", "一起去"),
        ("提醒我八点半月考", "20:30:00", "月考"),
        ("叫小周三点来", "15:00:00", "小周"),
    ],
)
def test_another_split(templates: dict[str, Templates], text: str, clock: str, task: str) -> None:
    found = _read(templates, text)
    assert len(found) == 1
    assert plain(found[0].slots["time"])["clock"] == clock
    assert found[0].slots["task"] == task
    assert found[0].text == text


@pytest.mark.parametrize(
    "text", ["remind me at of and to come", "remind me half", "提醒我下上个人"]
)
def test_what_holds_no_value_is_not_read(templates: dict[str, Templates], text: str) -> None:
    assert _read(templates, text) == []


def _read(templates: dict[str, Templates], text: str) -> list[Any]:
    language = "en" if text.isascii() else "zh"
    return templates[language].match(text, lambda: NOW, lambda skill, intent: True)
