"""Fits the weights by which passages are judged (evidence.py), and says how well they do.

`python -m voice_assistant.benches.knowledge_weights`: two minutes. What it fits to are the questions of
data/knowledge_asked_en.tsv and knowledge_more_en.tsv (question, titles of the articles that answer it, a
pattern of the fact; nothing behind a question that no article answers), over the installed
encyclopaedia. Those of `bench knowledge` are others: keep them so, or it measures what was learnt by
heart.

The weights by words alone stay as they are: they were fitted to the first file, whose questions share
their words with the articles. (Fitted to both, they say more that is beside the question.)
What a sentence is worth that calls something the most of its kind is set by hand, for too few of the
questions tell; and there `against`, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import yaml

from voice_assistant import catalog as catalogs
from voice_assistant.commands.common import tell
from voice_assistant.evidence import ALWAYS
from voice_assistant.knowledge import Library
from voice_assistant.reader import reader
from voice_assistant.signs import Features
from voice_assistant.texts import load

DATA = Path(__file__).parents[1] / "data"
PASSAGE = (
    "rank lead says named named_so subject apart covered lost not_given not_counted against near near_lead"
    " near_mean"
).split()
SENTENCE = (
    "adds apart bare given not_given opening opening_bare not_counted near near_gap"
).split()
BY_HAND = {"passage": {"is_most": 3.0, "narrowed": -0.6}, "sentence": {"narrowed": -0.6}}
"""Of 40 questions for the largest planet and the like, 30 find their source with these, and 21 where
they were fitted; other questions find what they found."""
DECAY = 30.0
"""Of the weights of standardised products of features. (By the products 115 instead of 107 of 134
questions that were not fitted to found their source, where 92 of 100 unanswerable ones were left
open.)"""
STEPS = 30

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage or a sentence, and whether it answers."""

    features: Features
    right: bool


def main() -> None:
    """Fit, and write the weights."""
    catalog = catalogs.load()
    best = catalog.best("knowledge")
    if best is None:
        raise SystemExit("The encyclopaedia is not installed.")
    if reader() is None:
        raise SystemExit("The reader's model is not installed.")
    library = Library(":memory:")
    for _ in library.read_encyclopaedia(catalog.path(best.name) / "summaries_en-us.json", "it"):
        pass
    passages, sentences = examples(library)
    near = {"passage": fit(passages, PASSAGE), "sentence": fit(sentences, SENTENCE)}
    for part, set_by_hand in BY_HAND.items():
        near[part].update({name: {ALWAYS: weight} for name, weight in set_by_hand.items()})
    weights = {"words": load("knowledge_weights")["words"], "near": near}
    file = DATA / "knowledge_weights.yaml"
    head = "# Made by `python -m voice_assistant.benches.knowledge_weights`: see evidence.py.\n"
    file.write_text(
        head + yaml.safe_dump(weights, sort_keys=False, default_flow_style=None, width=100),
        encoding="utf-8",
    )
    tell(f"{len(passages)} passages and {len(sentences)} sentences are in {file.name}.")


def examples(library: Library) -> tuple[list[Example], list[Example]]:
    """Of all questions the passages that come into question, and of those that answer it the
    sentences."""
    passages, sentences = [], []
    files = (DATA / "knowledge_asked_en.tsv", DATA / "knowledge_more_en.tsv")
    for line in "".join(file.read_text(encoding="utf-8") for file in files).splitlines():
        question, titles, fact = [*line.split("\t"), "", ""][:3]
        judge, texts = library.candidates(question, "en")
        signs = judge.signs
        for text in texts:
            said, features = signs.sentences(text)
            right = text.title in titles.split("|") and _holds(" ".join(said), fact)
            passages.append(Example(signs.passage(text, features), right))
            if right:
                sentences += [
                    Example(each, _holds(sentence, fact))
                    for sentence, each in zip(said, features, strict=True)
                ]
    return passages, sentences


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """The weights of a logistic regression over all products of two features, by Newton's method;
    those of the features alone are their products with what is always there."""
    pairs = [*combinations_with_replacement([*names, ALWAYS], 2)][:-1]
    table = np.array([_products(each.features, pairs) for each in examples])
    right = np.array([each.right for each in examples], float)
    mean, spread = table.mean(0), table.std(0) + 1e-9
    inputs = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    decay = np.diag([DECAY] * len(pairs) + [0.0])
    found: Floats = np.zeros(len(pairs) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (right - chance) - decay @ found
        curve: Any = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + decay
        found += np.linalg.solve(curve, slope)
    plain = np.where(table.std(0) > 0, found[:-1] / spread, 0.0)
    weights: dict[str, dict[str, float]] = {name: {} for name in [*names, ALWAYS]}
    for (one, other), weight in zip(pairs, plain, strict=True):
        if weight:
            weights[one][other] = round(float(weight), 3)
    weights[ALWAYS][ALWAYS] = round(float(found[-1] - plain @ mean), 3)
    return weights


def _products(features: Features, pairs: Sequence[tuple[str, str]]) -> list[float]:
    known = {**features, ALWAYS: 1.0}
    return [known[one] * known[other] for one, other in pairs]


def _holds(text: str, fact: str) -> bool:
    return bool(fact) and bool(re.search(fact, text, re.IGNORECASE))


if __name__ == "__main__":
    main()
