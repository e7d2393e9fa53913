"""Every finding says what to do about it."""

import pytest

from tests.unit.test_catalog import WORDS, entry, put
from voice_assistant import catalog as catalogs
from voice_assistant import doctor
from voice_assistant.audio.frames import silence
from voice_assistant.catalog import Catalog
from voice_assistant.doctor import diagnose
from voice_assistant.errors import DeviceError, ModelMissing
from voice_assistant.settings import Llm, Settings
from voice_assistant.store import DATABASE


class Voice:
    languages = ("en",)

    def synthesize(self, text, *, language):
        yield silence(1.0)

    def __exit__(self, *_):
        pass


@pytest.fixture
def deaf(monkeypatch, tmp_path):
    """A machine without sound devices, and toys for models."""

    def none(*_):
        raise DeviceError("No microphone was found.")

    monkeypatch.setattr(doctor.devices, "choose", none)
    monkeypatch.setenv("VOICE_ASSISTANT_HOME", str(tmp_path))
    return Catalog(catalogs.parse(entry("toy") + entry("ears", kind="recognizer")), tmp_path)


def findings(catalog, settings=None, voices=lambda: [Voice()]):
    return {each.name: each for each in diagnose(settings or Settings(), catalog, voices)}


def test_a_fresh_machine_is_told_what_to_fetch(deaf):
    found = findings(deaf)
    assert found["recognizer"].state == "bad"
    assert "models pull whisper-tiny-en" in found["recognizer"].todo
    assert found["microphone"].state == "note"
    assert "chat" in found["microphone"].todo
    assert found["network"].found == "nothing may leave this machine"
    assert found["speed"].state == "good"
    assert {"disk", "memory", "espeak-ng", "portaudio", "language model"} <= set(found)


def test_damaged_models_are_found(deaf):
    put(deaf, "toy")
    put(deaf, "ears", WORDS.upper())
    found = findings(deaf)
    assert found["toy"].state == "good"
    assert found["ears"].state == "bad"
    assert "models pull ears" in found["ears"].todo


def test_missing_programs_are_found(deaf, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "apt install espeak-ng" in findings(deaf)["espeak-ng"].todo


def test_a_full_disk_and_a_small_memory_are_found(deaf, monkeypatch):
    usage = type("Usage", (), {"free": 5e6})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(doctor, "machine_memory", lambda: 900)
    found = findings(deaf)
    assert found["disk"].state == "bad"
    assert "--no-llm" in found["memory"].todo


def test_what_the_settings_allow_is_told(deaf):
    settings = Settings(network={"weather": ("api.example.org",)}, llm=Llm(enabled=False))
    found = findings(deaf, settings)
    assert found["network"].found == "weather: api.example.org"
    assert "switched off" in found["language model"].found


def test_a_voice_that_cannot_be_loaded_is_a_finding(deaf):
    def missing():
        raise ModelMissing("toy")

    assert findings(deaf, voices=missing)["speed"].state == "bad"


def test_the_slow_are_told_of_the_quick_voice(deaf, monkeypatch):
    ticks = iter([0.0, 2.0])
    monkeypatch.setattr(doctor, "perf_counter", lambda: next(ticks))
    assert 'voice = "system"' in findings(deaf)["speed"].todo


def test_where_the_settings_are_is_told(deaf, tmp_path):
    assert findings(deaf)["settings"].found.startswith(str(tmp_path / "settings.toml"))
    assert "not there yet" in findings(deaf)["settings"].found
    (tmp_path / "settings.toml").touch()
    assert findings(deaf)["settings"].found == str(tmp_path / "settings.toml")


def test_a_home_that_is_a_file_cannot_be_written(deaf, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VOICE_ASSISTANT_HOME", str(tmp_path / "file"))
    assert "cannot be written" in findings(deaf)["disk"].found


def test_kept_data_that_is_damaged_is_found(deaf, tmp_path):
    assert findings(deaf)["data"].state == "good"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE).write_bytes(b"no database" * 1000)
    found = findings(deaf)["data"]
    assert found.state == "bad"
    assert "move it away" in found.found
