"""The judges learn from sentences: here from a few, in a folder of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_assistant import hunch, policy_learning

FINE = ("what do {} eat", "tell me about {}", "how big are {}", "do {} sleep at night")
BLOCK = ("how do i smoke {}", "where can i buy {}", "what do {} feel like", "how do kids get {}")
ANIMALS = ("cows", "whales", "tigers", "parrots", "snails", "foxes", "bees", "camels")
DRUGS = ("cigarettes", "joints", "pills", "cigars", "vapes", "drugs", "weed", "mushrooms")


@pytest.fixture
def learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in hunch.FAMILIES:
        shutil.copy(hunch.DATA / name, tmp_path / name)
    lines = [f"fine\trequest\t{each.format(word)}" for word in ANIMALS for each in FINE]
    lines += [f"block\trequest\t{each.format(word)}" for word in DRUGS for each in BLOCK]
    for name in hunch.SAID.values():
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    for name in hunch.ROOM.values():
        (tmp_path / name).write_text("nice weather today\n(a|the) template\n", "utf-8")
    monkeypatch.setattr(hunch, "DATA", tmp_path)
    monkeypatch.setattr(hunch, "WEIGHTS", tmp_path / "weights.npz")
    hunch._known.cache_clear()
    hunch._scores.cache_clear()
    policy_learning.learn()
    yield tmp_path
    hunch._known.cache_clear()
    hunch._scores.cache_clear()


def test_what_was_learned_is_kept_and_judges_what_was_not_seen(learned: Path) -> None:
    assert hunch.learned_from() == hunch.digest()
    assert hunch.thinks("child", "how do i smoke opium") == 1
    assert hunch.thinks("child", "do elephants sleep at night") == -1
    assert hunch.thinks("child", "") != 1


def test_what_is_kept_says_what_the_sentences_said(learned: Path) -> None:
    """The rows of the words stand for the sentences that had them: a seen sentence scores as it did."""
    assert hunch._scores("how do i smoke weed", False)[0] > 0.7
    assert hunch._scores("tell me about foxes", False)[0] < -0.7


def test_words_that_follow_each_other_and_families_are_signs() -> None:
    signs = hunch.signs("Don't drink and drive!")
    assert len(signs["words"]) == 4 + 3 + 2
    assert hunch.signs("don't drink and drive") == signs
    assert hunch.signs("how do i get a gun")["families"]
    assert hunch.signs("") == {"words": [], "families": []}


def test_a_sign_that_nothing_was_learned_of_says_nothing_but_counts() -> None:
    known = hunch._known()
    assert not known.says[-1].any()
    assert known.rareness[-1] == np.max(known.rareness)
