"""Sentences are embedded once: a new skill pays for its own only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice_assistant import embedding
from voice_assistant.embedding import Kept


class Counting:
    """An encoder that remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: list[str]) -> Any:
        self.given += texts
        return np.array([[len(text), 1.0] for text in texts], np.float32)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(embedding, "encoder", lambda: counting)
    return counting


def test_only_new_sentences_are_embedded(tmp_path: Path, encoder: Counting) -> None:
    path = tmp_path / "cache" / "embedded.npz"
    first = Kept(path).embed(["one", "three", "seven"])
    again = Kept(path).embed(["three", "eleven", "one"])
    assert encoder.given == ["one", "three", "seven", "eleven"]
    assert again.tolist() == [first[1].tolist(), [6.0, 1.0], first[0].tolist()]


def test_a_damaged_file_is_made_anew(tmp_path: Path, encoder: Counting) -> None:
    path = tmp_path / "embedded.npz"
    path.write_bytes(b"no zip")
    Kept(path).embed(["one"])
    Kept(path).embed(["one"])
    assert encoder.given == ["one"]


def test_without_a_file_nothing_is_kept(encoder: Counting) -> None:
    for _ in range(2):
        Kept(None).embed(["one"])
    assert encoder.given == ["one", "one"]
