"""Settings: errors name the file and the key, and a change keeps the rest of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_assistant.errors import SettingsError
from voice_assistant.settings import Settings, keep, load


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("language = ", "settings.toml"),
        ("langauge = 'en'", "there is no setting 'langauge' (is 'language' meant?)"),
        ("language = 'fr'", "'language' is 'fr'"),
        ("[listening]\nsensitivity = 'high'", "'listening.sensitivity' is 'high'"),
        ("[listening]\nwake_words = 'alexa'", "'listening.wake_words'"),
        ("[sound]\nvolume = 3", "there is no setting 'sound.volume'"),
        ("[listening]\nwake_words = ['']", "'listening.wake_words' is empty"),
        ("[listening]\nwake_words = []", "'listening.wake_words' is empty"),
    ],
)
def test_a_broken_file_is_explained_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(written(tmp_path, text))
    assert says in str(error.value)
    assert "settings.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_words_of_the_command_line_change_settings() -> None:
    changed = load(Path("none"), ["speaking.pace=0.8", "sound.microphone=USB", "llm.enabled=false"])
    assert (changed.speaking.pace, changed.sound.microphone) == (0.8, "USB")
    assert not changed.llm.enabled


@pytest.mark.parametrize("override", ["pace", "=3", "language.x=1"])
def test_a_bad_override_is_explained(override: str) -> None:
    with pytest.raises(SettingsError):
        load(Path("none"), ["language=en", override])


def test_a_changed_setting_keeps_comments_and_all_else(tmp_path: Path) -> None:
    path = written(tmp_path, "# ours\nlanguage = 'zh'\n\n[speaking]\nvoice = 'x'  # a fine one\n")
    keep("speaking.pace", 0.9, path)
    keep("listening.patience", 2.0, path)
    assert "# a fine one" in path.read_text(encoding="utf-8")
    after = load(path)
    assert (after.language, after.speaking.voice, after.speaking.pace) == ("zh", "x", 0.9)
    assert after.listening.patience == 2.0


def test_a_change_that_would_break_the_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "language = 'zh'\n")
    with pytest.raises(SettingsError):
        keep("language", "fr", path)
    assert load(path).language == "zh"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("listening.sensitivity=9", "'listening.sensitivity' is 9, but must be from 0 to 1"),
        ("speaking.pace=-1", "'speaking.pace' is -1, but must be from 0.5 to 2"),
        ("place.latitude=95.5", "'place.latitude' is 95.5, but must be from -90 to 90"),
    ],
)
def test_a_number_beyond_its_range_is_refused(tmp_path: Path, override: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path / "settings.toml", [override])
    assert says in str(refused.value)
