"""Which words follow each other in a sentence, as the statistical match learns from it."""

from __future__ import annotations

import numpy as np
import pytest

from voice_assistant.matcher import OTHER, train
from voice_assistant.runs import Runs, Table, codes

SAID = ["play some jazz", "play some rock", "he said some things", "he said no"]


@pytest.fixture
def runs() -> Runs:
    return Runs.of([codes(text, "en") for text in SAID])


def test_what_only_one_sentence_has_is_not_learned_from_and_makes_the_rest_count_less(
    runs: Runs,
) -> None:
    known, counts = runs.rows(codes("play some jazz", "en"))
    assert len(known) == 5  # play, some, play some, and these two where the sentence begins
    assert 0 < float(counts @ counts) < 1
    assert len(runs.rows(codes("entirely unheard of", "en"))[0]) == 0


def test_the_table_says_and_takes_back_what_its_rows_do(runs: Runs) -> None:
    table = Table(runs, [codes(text, "en") for text in (*SAID, "unheard of")])
    weights = np.random.RandomState(1).standard_normal((table.width, 2)).astype(np.float32)
    dense = np.zeros((5, table.width), np.float32)
    for row, text in zip(dense, SAID, strict=False):
        places, counts = runs.rows(codes(text, "en"))
        row[places] = counts
    assert np.allclose(table.says(weights), dense @ weights, atol=1e-5)
    said = np.arange(10, dtype=np.float32).reshape(5, 2)
    assert np.allclose(table.back(said), dense.T @ said, atol=1e-5)
    share = np.arange(1, 6, dtype=np.float32)
    assert np.allclose(table.squares(share), share @ dense**2, atol=1e-5)


def test_who_speaks_of_a_thing_asks_for_nothing() -> None:
    things = ("alarm", "radio", "lamp", "timer", "recipe", "calendar", "heating", "song")
    asked = [f"{verb} the {thing}" for verb in ("start", "show", "change") for thing in things]
    told = [
        f"{who} the {thing}" for who in ("she broke", "he loves", "they sold") for thing in things
    ]
    learned = [(text, "house.do") for text in asked] + [(text, OTHER) for text in told]
    matcher = train("en", sorted(learned))
    assert matcher.scores("he sold the heating")[0][0] == OTHER
    assert matcher.scores("start the oven")[0][0] == "house.do"
