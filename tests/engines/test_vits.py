"""A voice's network in two halves: the same samples, sooner."""

from __future__ import annotations

import os
from itertools import pairwise

import numpy as np
import pytest

from tests.engines.conftest import model
from voice_assistant.engines import vits
from voice_assistant.engines.vits import FIRST_COLUMNS, Vits, stretches

VOICE = "en_US-joe-medium.onnx"


@pytest.mark.parametrize("columns", [0, 1, 31, 32, 63, 64, 80, 500, 3000])
def test_stretches_cover_everything_once_and_begin_small(columns):
    found = list(stretches(columns))
    assert [stop for _, stop in found][-1:] == [columns][: len(found)]
    assert all(stop == start for (_, stop), (start, _) in pairwise(found))
    assert all(stop - start >= min(columns, FIRST_COLUMNS) for start, stop in found)
    assert columns < 2 * FIRST_COLUMNS or found[0] == (0, FIRST_COLUMNS)


@pytest.fixture(scope="module")
def network():
    return Vits(model("piper-joe-en") / VOICE, threads=2)


def without_chance(length):
    """What a voice is given to say some sounds, always in the same way."""
    ids = np.arange(length)[None] % 40 + 3
    scales = np.array([0, 1, 0], np.float32)
    return {"input": ids, "input_lengths": np.array([length]), "scales": scales}


@pytest.mark.engine
def test_in_stretches_it_says_the_very_same(network, monkeypatch):
    parts = list(network.run(without_chance(120)))
    monkeypatch.setattr(vits, "FIRST_COLUMNS", 100_000)
    ((whole, last),) = network.run(without_chance(120))
    assert last
    assert [last for _, last in parts] == [False] * (len(parts) - 1) + [True]
    assert len(parts) > 2
    assert len(parts[0][0]) < len(whole) / 3
    left = np.concatenate([samples for samples, _ in parts]) - whole
    assert np.abs(left).max() < 1e-4 * np.abs(whole).max()


@pytest.mark.engine
def test_where_nothing_can_be_written_it_still_speaks(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    os.link(model("piper-joe-en") / VOICE, tmp_path / VOICE)
    monkeypatch.setattr(vits, "_cut", full)
    ((samples, last),) = Vits(tmp_path / VOICE, threads=2).run(without_chance(40))
    assert last
    assert np.abs(samples).max() > 0.01
