"""Which recogniser listens: two, where a language has one that streams and one that writes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from voice_assistant import catalog as catalogs
from voice_assistant.app import engines
from voice_assistant.catalog import Catalog, Model
from voice_assistant.engines.two_pass import TwoPassRecognizer
from voice_assistant.settings import Recognition, Settings

BOTH = {"vosk-small-en", "whisper-tiny-en"}


@pytest.mark.parametrize(
    ("installed", "settings", "expected"),
    [
        (BOTH, Settings(language="en"), BOTH),
        ({"whisper-tiny-en"}, Settings(language="en"), {"whisper-tiny-en"}),
        ({"vosk-small-en"}, Settings(language="en"), {"vosk-small-en"}),
        (
            BOTH,
            Settings(language="en", recognition=Recognition(model="whisper-tiny-en")),
            {"whisper-tiny-en"},
        ),
    ],
)
def test_what_is_loaded(
    installed: set[str], settings: Settings, expected: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: set[str] = set()

    def load(model: Model, *_: object) -> Any:
        loaded.add(model.name)
        return SimpleNamespace(languages=model.languages)

    monkeypatch.setattr(Catalog, "installed", lambda self, name: name in installed)
    monkeypatch.setattr(engines, "load_recognizer", load)
    recognizer = engines.recognizer(settings, catalogs.load())
    assert loaded == expected
    assert isinstance(recognizer, TwoPassRecognizer) is (len(expected) == 2)


def test_one_that_streams_one_language_is_no_help_where_two_are_spoken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Catalog, "installed", lambda self, name: name in {*BOTH, "whisper-base"})
    monkeypatch.setattr(engines, "load_recognizer", lambda model, *_: model.name)
    assert engines.recognizer(Settings(), catalogs.load()) == "whisper-base"
