"""Which file is the language model."""

from pathlib import Path

import pytest

from voice_assistant import catalog
from voice_assistant.app.minds import llm_file
from voice_assistant.errors import SettingsError
from voice_assistant.settings import Llm, Settings


def test_a_file_that_the_catalogue_does_not_know_needs_the_owners_word(tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    file.write_bytes(bytes(2_000_000))
    settings = Settings(llm=Llm(model=str(file)))
    with pytest.raises(SettingsError, match=r"llm\.unverified = true if you trust"):
        llm_file(settings, catalog.load())
    settings = Settings(llm=Llm(model=str(file), unverified=True))
    assert llm_file(settings, catalog.load()) == (file, 302)
