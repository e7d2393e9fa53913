"""How surely a sentence settles something, gives somebody something to do, or is a question that is
left open, by its signs.

The weights of the signs were learned from the scripted meetings (`learning`); a score is the logarithm
of the odds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

from .cues import DATA

KINDS = ("decision", "task", "question")

LIKELY = {"decision": -0.8, "task": -0.8, "question": -1.6}
"""From this score on a sentence stands in the minutes, where no language model was asked."""

DOUBTFUL, SURE = -3.0, 1.0
"""Between these a language model is asked, and its word counts."""


def score(signs: Iterable[str], kind: str, language: str) -> float:
    """How surely a sentence with some signs is of a kind."""
    known = weights(language)[kind]
    return known[""] + sum(known.get(sign, 0.0) for sign in signs)


@cache
def weights(language: str) -> Mapping[str, Mapping[str, float]]:
    """The weight of each sign by kind; that of no sign ("") counts always."""
    text = (DATA / f"weights_{language}.json").read_text(encoding="utf-8")
    learned: dict[str, dict[str, float]] = json.loads(text)
    return learned
