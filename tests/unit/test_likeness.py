"""The judges learn from sentences: here from a few, in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_assistant import hunch, likeness
from voice_assistant.embedding import near

FINE = ("what do {} eat", "tell me about {}", "how big are {}", "do {} sleep at night")
BLOCK = ("how do i smoke {}", "where can i buy {}", "what do {} feel like", "how do kids get {}")
ANIMALS = ("cows", "whales", "tigers", "parrots", "snails", "foxes", "bees", "camels")
DRUGS = ("cigarettes", "joints", "pills", "cigars", "vapes", "drugs", "weed", "mushrooms")


@pytest.fixture
def learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    lines = [f"fine\trequest\t{each.format(word)}" for word in ANIMALS for each in FINE]
    lines += [f"block\trequest\t{each.format(word)}" for word in DRUGS for each in BLOCK]
    for name in hunch.SAID.values():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    for name in hunch.ROOM:
        (tmp_path / name).write_text("nice weather today\n(a|the) template\n", "utf-8")
    monkeypatch.setattr(hunch, "DATA", tmp_path)
    monkeypatch.setattr(hunch, "WEIGHTS", tmp_path / "weights.npz")
    monkeypatch.setattr(hunch, "READ", tmp_path / "read.npz")
    hunch._reading.cache_clear()
    hunch._second.cache_clear()
    hunch._known.cache_clear()
    hunch._scores.cache_clear()
    hunch.study()
    yield tmp_path
    hunch._known.cache_clear()
    hunch._scores.cache_clear()
    hunch._reading.cache_clear()
    hunch._second.cache_clear()


def test_what_was_learned_is_kept_and_judges_what_was_not_seen(learned: Path) -> None:
    assert likeness.learned_from(hunch.WEIGHTS) == hunch.digest()
    assert hunch.thinks("child", "how do i smoke opium") >= hunch.OWN
    assert hunch.thinks("child", "do elephants sleep at night") == hunch.NONE
    assert hunch.thinks("child", "") < hunch.OWN


def test_what_is_kept_says_what_the_sentences_said(learned: Path) -> None:
    """The rows of the words stand for the sentences that had them: a seen sentence scores as it did."""
    assert hunch._scores("how do i smoke weed", False)[0] > 0.7
    assert hunch._scores("tell me about foxes", False)[0] < -0.7


def test_words_that_follow_each_other_are_signs() -> None:
    signs = likeness.signs("Don't drink and drive!")
    assert len(signs) == 4 + 3 + 2
    assert likeness.signs("don't drink and drive") == signs
    assert likeness.signs("") == []


def test_a_sign_that_nothing_was_learned_of_says_nothing_but_counts() -> None:
    known = hunch._known()
    assert not known.says[-1].any()
    assert known.rareness[-1] == np.max(known.rareness)


def test_weights_that_were_sought_are_those_that_solve_it() -> None:
    views = np.random.default_rng(3).normal(size=(60, 4)).astype(np.float32)
    alike, ridge = near(views, views), np.full(60, 0.2, np.float32)
    wanted = np.sign(views[:, :2])
    exact = np.linalg.solve(alike + np.diag(ridge), wanted)
    assert np.abs(likeness.weighed(alike, ridge, wanted) - exact).max() < 0.05
