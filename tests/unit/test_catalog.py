"""The catalogue: what is installed, what fits, what is damaged."""

import hashlib
import re

import pytest

from voice_assistant import catalog as catalogs
from voice_assistant.catalog import Catalog, Https, Pypi, Zip
from voice_assistant.errors import ModelError, ModelMissing

WORDS = b"the weights"


def entry(name, **changes):
    table = {
        "kind": "voice",
        "languages": '["en"]',
        "memory": 10,
        "quality": 1,
        "content": WORDS,
    } | changes
    return f"""
[{name}]
kind = "{table["kind"]}"
engine = "toy"
languages = {table["languages"]}
license = "CC0-1.0"
memory = {table["memory"]}
quality = {table["quality"]}
description = "A toy"
entry = "toy.bin"
files = [
  {{ name = "toy.bin", size = {len(table["content"])}, sha256 = "{sha(table["content"])}" }},
]
[[{name}.sources]]
https = "http://127.0.0.1:9/"
"""


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def toys(tmp_path):
    text = (
        entry("small")
        + entry("large", quality=5)
        + entry("huge", quality=9, memory=10_000_000)
        + entry("chinese", languages='["zh"]', quality=7)
    )
    return Catalog(catalogs.parse(text), tmp_path)


def put(catalog, name, content=WORDS):
    (catalog.folder / name).mkdir()
    (catalog.folder / name / "toy.bin").write_bytes(content)


def test_nothing_is_installed_at_first(toys):
    assert not toys.installed("small")
    assert toys.best("voice") is None
    with pytest.raises(ModelMissing, match="models pull small"):
        toys.path("small")


def test_the_engine_gets_the_entry(toys):
    put(toys, "small")
    assert toys.path("small") == toys.folder / "small" / "toy.bin"


def test_the_best_is_the_one_that_speaks_the_language_and_fits(toys):
    for name in toys.models:
        put(toys, name)
    assert toys.best("voice", "en").name == "large"
    assert toys.best("voice", "zh").name == "chinese"
    assert toys.best("voice", "fr") is None
    assert toys.best("recognizer") is None


def test_a_half_file_is_not_installed_and_a_changed_one_is_damaged(toys):
    put(toys, "small", WORDS[:-1])
    assert not toys.installed("small")
    assert toys.begun("small")
    assert toys.verify("small") == ["toy.bin"]
    (toys.folder / "small" / "toy.bin").write_bytes(WORDS.upper())
    assert toys.installed("small")
    assert toys.verify("small") == ["toy.bin"]


def test_remove(toys):
    put(toys, "small")
    toys.remove("small")
    assert not (toys.folder / "small").exists()
    with pytest.raises(ModelMissing):
        toys.remove("small")


def test_unknown_names_are_answered_with_the_known_ones(toys):
    with pytest.raises(ModelError, match="chinese, huge, large, small"):
        toys.path("tiny")
    with pytest.raises(ModelError, match="'small' is a voice, not a recogniser"):
        toys.model("small", "recognizer")


def test_the_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("VOICE_ASSISTANT_MODELS", str(tmp_path))
    assert catalogs.models_folder() == tmp_path


def test_our_catalogue_is_complete():
    ours = catalogs.load().models
    assert {"whisper-tiny-en", "whisper-base", "piper-joe-en", "smollm2-135m"} <= set(ours)
    starters = {model.kind for model in ours.values() if model.starter}
    assert {"recognizer", "voice"} <= starters
    for model in ours.values():
        assert model.license
        assert model.sources
        for file in model.files:
            assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
            assert file.size > 0
        for source in model.sources:
            match source:
                case Https():
                    assert source.https.startswith("https://")
                    assert source.https.endswith("/")
                    assert model.files
                case Zip():
                    assert source.zip.startswith("https://")
                    assert re.fullmatch(r"[0-9a-f]{64}", source.sha256)
                case Pypi():
                    pins = [source.pypi, *(p for pieces in source.pieces.values() for p in pieces)]
                    assert all("==" in pin for pin in pins)


def test_what_comes_with_packages_is_there():
    ours = catalogs.load()
    assert ours.path("silero-vad").is_file()
    assert (ours.path("micro-wake-words") / "hey_jarvis.tflite").is_file()
    with pytest.raises(ModelError, match="stays"):
        ours.remove("silero-vad")
