"""Words that make no sense, and files that cannot be written, end in one line and a status."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator

import pytest

from voice_assistant import cli
from voice_assistant.audio.files import wav_writer
from voice_assistant.commands import common, devices, say, skills
from voice_assistant.errors import VoiceAssistantError


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """What a command of a machine of its own comes to: its status, and the lines of its complaint."""
    monkeypatch.setenv("VOICE_ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(cli, "hanging", lambda: False)  # a thread of another test may

    def type_in(*words: str):
        status = cli.main(words)
        return status, capsys.readouterr().err.splitlines()

    return type_in


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("ask", ""), "There are no words in that text."),
        (("ask", "  ", "\n"), "There are no words in that text."),
        (("say", "", "--out", "x.wav"), "There are no words in that text."),
        (("say", "hello", "--out", "x.mp3"), "x.mp3 is written as WAV: let its name end in .wav."),
        (
            ("hear", "x.wav", "--reply-audio", "x.mp3"),
            "x.mp3 is written as WAV: let its name end in .wav.",
        ),
        (("route",), "What shall be routed? Give a text, or a file with '--file'."),
        (
            ("route", "hi", "--file", "x"),
            "What shall be routed? Give a text, or a file with '--file'.",
        ),
        (("route", " "), "There are no words in that text."),
        (("models", "remove"), "Which model shall I remove? See 'models list'."),
        (
            ("skills", "new", "my parrot"),
            "A skill's name is one word of letters, digits and underscores.",
        ),
    ],
)
def test_words_that_make_no_sense_are_wrong_usage(typed, words, complaint):
    assert typed(*words) == (2, [complaint])


def test_bytes_that_are_no_text_become_question_marks():
    """A shell hands them over as halves of characters, which nothing can write down."""
    words = [b"caf\xe9".decode("utf-8", "surrogateescape"), "\ud83d", "now"]
    assert common.one_line(words) == "caf? ? now"


def test_what_the_system_refuses_is_one_line_that_names_the_file(typed, tmp_path, monkeypatch):
    missing = tmp_path / "none" / "x.wav"

    def write(arguments):
        with wav_writer(missing, 16000):
            pass

    monkeypatch.setattr(say, "say", write)
    assert typed("say", "hello") == (1, [f"There is no folder {missing.parent}."])


def test_sound_is_not_made_for_a_folder_that_is_not_there(typed, tmp_path):
    status, (line,) = typed("say", "hello", "--out", str(tmp_path / "none" / "x.wav"))
    assert (status, line) == (
        1,
        f"There is no folder {tmp_path / 'none'}: make it, or name another.",
    )


@pytest.mark.parametrize("fails", [False, True])
def test_where_a_thread_goes_on_the_end_does_not_wait_for_it(typed, monkeypatch, fails):
    """Python complains of what the thread holds."""

    def end(arguments):
        if fails:
            raise VoiceAssistantError("It did not work.")
        return 1

    monkeypatch.setattr(say, "say", end)
    monkeypatch.setattr(cli, "hanging", lambda: True)
    monkeypatch.setattr(cli.os, "_exit", lambda status: pytest.exit(f"{status}", 0))
    with pytest.raises(pytest.exit.Exception, match="1"):
        typed("say", "hello")


def test_one_error_of_many_tasks_is_told(typed, monkeypatch):
    def fail(arguments):
        raise ExceptionGroup("tasks", [OSError(28, "No space left on device")])

    monkeypatch.setattr(say, "say", fail)
    assert typed("say", "hello") == (1, ["No space left on device."])


def test_a_new_skill_does_not_take_the_place_of_another(typed, tmp_path):
    status, (line,) = typed("skills", "new", "timers")
    assert status == 1
    assert line.startswith("There is a skill 'timers'")
    assert not (tmp_path / "home" / "data" / "skills").exists()


def test_a_new_skill_that_cannot_be_written_is_told(typed, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(skills.settings, "data_folder", lambda: tmp_path / "file")
    status, (line,) = typed("skills", "new", "parrot")
    assert status == 1
    assert line == f"{tmp_path / 'file' / 'skills' / 'parrot'}: Not a directory."


def test_a_machine_without_sound_is_told_so(typed, monkeypatch, capsys):
    monkeypatch.setattr(devices.cards, "find_all", list)
    assert cli.main(["devices"]) == 0
    assert "No microphone and no loudspeaker" in capsys.readouterr().out


def test_help_of_a_command_that_a_skill_brings_is_the_skills():
    arguments = cli.parser().parse_args(["meeting", "--help"])
    assert arguments.help
    assert cli.parser().parse_args(["meeting", "import", "--help"]).words == ["import", "--help"]


def _explained(command: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every word that a command takes, and those of its own commands."""
    for action in command._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _explained(each)


def test_every_word_of_the_command_line_is_explained():
    words = list(_explained(cli.parser()))
    assert len(words) > 100
    assert [word.dest for word in words if not word.help and word.metavar != "COMMAND"] == []


def test_a_file_that_is_no_text_is_not_routed(typed, tmp_path):
    binary = tmp_path / "sound.bin"
    binary.write_bytes(b"\x00\xff\xfe")
    assert typed("route", "--file", str(binary)) == (1, [f"{binary} is not a text in UTF-8."])
    missing = tmp_path / "none.txt"
    assert typed("route", "--file", str(missing)) == (1, [f"There is no file {missing}."])


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        ("llm.model=whisper-base", "'whisper-base' is a recogniser, not a language model. Choose"),
        ("network.wether=['x']", "In the settings: 'network.wether' is for no skill there is (is "),
        ("skills.musik.folders=[]", "In the settings: 'skills.musik' is for no skill there is"),
        (
            "skills.music.folder=['/x']",
            "In the settings: there is no setting 'skills.music.folder' "
            "(is 'skills.music.folders' meant?).",
        ),
        (
            "skills.music.crossfade=long",
            "In the settings: 'skills.music.crossfade' is 'long', which",
        ),
        ("skills.jokes.many=true", "In the settings: there is no setting 'skills.jokes.many'."),
        ("llm.server=desktop", "'llm.server' is 'desktop', but must be an address"),
        ("household.quiet_from=21:30", "'household.quiet_from' and 'quiet_until' must both be"),
        ("place.zone=Mars", "'place.zone' is 'Mars', but must be a time zone"),
    ],
)
def test_a_setting_that_means_nothing_is_told_at_the_start(typed, setting, complaint):
    status, (line,) = typed("ask", "hello", "--set", setting)
    assert (status, line.startswith(complaint)) == (1, True), line


def test_a_file_of_a_language_model_must_be_there(typed, tmp_path, monkeypatch):
    words = ("--set", "llm.model=/none.gguf", "--set", "llm.unverified=true")
    assert typed("ask", "hello", *words) == (
        1,
        ["'llm.model' is /none.gguf: there is no such file."],
    )


def test_what_was_kept_from_the_collector_is_collected_at_the_end(typed):
    """Else soxr's binding complains, after all that the user wanted to read."""
    gc.freeze()
    typed("route")
    assert gc.get_freeze_count() == 0


def test_a_skill_of_the_household_may_be_set(typed, tmp_path):
    own = tmp_path / "home" / "data" / "skills" / "parrot"
    own.mkdir(parents=True)
    (own / "skill.py").touch()
    assert typed("say", "", "--set", "skills.parrot.loud=true")[0] == 2


def test_a_skill_of_the_household_that_does_not_work_is_told(typed, tmp_path):
    """Its author would wonder who else answers."""
    typed("skills", "new", "parrot")
    file = tmp_path / "home" / "data" / "skills" / "parrot" / "skill.py"
    file.write_text(file.read_text().replace('@intent("greet")', '@intent("gret")'))
    _, complaint = typed("ask", "hello")
    assert "the skill parrot does not work" in " ".join(" ".join(complaint).split())
