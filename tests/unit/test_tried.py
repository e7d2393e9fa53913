"""Few templates are tried on a text, and none for long."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from voice_assistant.compiling import Regex
from voice_assistant.intents import load_sentences
from voice_assistant.templates import Templates

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FILE = """
lists: {bell: [door bell, fire bell]}
intents:
  ring: {sentences: ["[please] ring [the] {bell} (in|after) {duration}"]}
"""


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    folder = tmp_path / "bells"
    folder.mkdir()
    (folder / "en.yaml").write_text(FILE, "utf-8")
    return Templates("en", [(load_sentences(folder)["en"], {})])


@pytest.mark.parametrize(
    ("text", "compiled"),
    [
        ("please ring the door bell in ten minutes", True),
        ("ring the fire bell after two hours", True),
        ("i would ring the door bell in ten minutes", False),
        ("ring the door bell in the morning", False),
        ("ring the door bell", False),
    ],
)
def test_a_template_is_compiled_only_for_what_may_be_it(
    templates: Templates, text: str, compiled: bool
) -> None:
    found = templates.match(text, lambda: NOW, lambda skill, intent: True)
    assert bool(found) == compiled
    assert ("regex" in templates.patterns[0].__dict__) == compiled


def test_a_regular_expression_gives_up_in_time() -> None:
    began = process_time()
    assert Regex("(?:a+a+)+b").fullmatch("a" * 200) is None
    assert Regex("(?:a+a+)+b").search("a" * 200) is None
    assert Regex("(?:a+)+b").fullmatch("aaab") is not None
    assert process_time() - began < 1
