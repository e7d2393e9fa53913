"""Commands that skills bring: options of every command may stand among their words."""

from __future__ import annotations

import pytest
from voice_assistant_skills.meetings import words as meetings
from voice_assistant_skills.recipes import skill as recipes

from voice_assistant.cli import parser


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (
            ["meeting", "import", "a.wav", "--title", "Launch day", "--json"],
            ["--title", "Launch day"],
        ),
        (["meeting", "--json", "import", "a.wav", "--no-llm"], []),
        (["meeting", "draft", "--set", "language=zh", "email", "--tone", "formal", "--json"], None),
    ],
)
def test_options_are_taken_from_anywhere(words, left):
    arguments = parser().parse_args(words)
    _, rest = arguments.options.parse_known_args(arguments.words, arguments)
    assert "json" in arguments
    if left is None:
        assert rest == ["draft", "email", "--tone", "formal"]
        assert arguments.set == ["language=zh"]
    else:
        assert rest == ["import", "a.wav", *left]


@pytest.mark.parametrize(
    ("words", "status"), [(["--help"], 0), (["import", "--help"], 0), ([], 2), (["import"], 2)]
)
@pytest.mark.parametrize("command", [meetings.parser, recipes.parser], ids=["meeting", "recipes"])
def test_help_is_no_failure_and_wrong_words_are_one_line(command, words, status, capsys):
    with pytest.raises(SystemExit) as end:
        command().parse_args(words)
    assert end.value.code == status
    assert not status or capsys.readouterr().err.count("\n") == 1
