"""How likely a passage answers a question, and which of its sentences say it.

Two small logistic regressions over features that a person can check, and over their products (that a
title is named is worth more where the passage says what is asked): one tells the passage that answers
from those that do not, the other its sentences. Their weights are in data/knowledge_weights.yaml: some
for passages of which it is known how near their sentences are to the question (vectors.py), fitted by
`python -m voice_assistant.benches.knowledge_weights`, and some for those of which only the words are
known: notes, other books, Chinese. (The encoder of embedding.py put the right article first in one more
question of a hundred; the reader does so in nine.)
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_assistant.question import Question
from voice_assistant.signs import Features, Signs, Text, says, title_terms
from voice_assistant.terms import terms
from voice_assistant.texts import load

LONGEST = 320
"""Characters of an answer: about twenty seconds of speech."""
TOGETHER = 320
"""Characters of two sentences that are said together."""

_PRONOUN = re.compile(
    r"^(?:It|He|She|They|Its|His|Her|Their|These|This|Both|Such|The (?:first|term))\b"
)
ALWAYS = "always"
"""The feature that everything has: its products are the features alone."""
Weights = Mapping[str, Mapping[str, float]]
"""Of the product of two features, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a passage has to say to a question."""

    sure: float
    """0 to 1: how likely it answers."""
    answer: str
    """The sentences that say it."""


class Judge:
    """Judges passages for one question. `rarity`: of each of its terms, from 0 to 1."""

    def __init__(self, question: Question, rarity: Mapping[str, float]) -> None:
        self.signs = Signs(question, rarity)

    def judge(self, text: Text) -> Evidence:
        """How likely a passage answers, and in which words."""
        sentences, features = self.signs.sentences(text)
        passage = self.signs.passage(text, features)
        weights = load("knowledge_weights")["near" if text.near else "words"]
        score = _score(passage, weights["passage"])
        return Evidence(
            sure=1 / (1 + math.exp(-score)),
            answer=_answer(text, sentences, features, weights["sentence"]),
        )


def _score(features: Features, weights: Weights) -> float:
    known = {**features, ALWAYS: 1.0}
    return sum(
        known[one] * sum(known[other] * weight for other, weight in row.items())
        for one, row in weights.items()
        if known[one]
    )


def _answer(
    text: Text, sentences: Sequence[str], features: Sequence[Features], weights: Weights
) -> str:
    """The best sentence, with the next best one where both are short, in their order. What the
    title is says enough only where it has what is asked for and nothing else does."""
    scores = [_score(each, weights) for each in features]
    own = [i for i, each in enumerate(features) if not each["about"]]
    if features[-1]["about"] and says(features[-1]) > max(says(features[i]) for i in own):
        best = len(sentences) - 1
    else:
        best = max(own, key=scores.__getitem__)
    other = max((i for i in own if i != best), key=scores.__getitem__, default=best)
    both = len(sentences[best]) + len(sentences[other]) < TOGETHER
    said = sorted({best, other}) if both and best in own else [best]
    answer, first = _short(" ".join(sentences[i] for i in said)), sentences[said[0]]
    nameless = _PRONOUN.match(first) or set(title_terms(text.title)).isdisjoint(terms(first))
    return f"{text.title}: {answer}" if text.title and nameless else answer


def _short(answer: str) -> str:
    """An answer cut at a clause where it would be too long to listen to."""
    if len(answer) <= LONGEST:
        return answer
    cut = max(answer.rfind(mark, 80, LONGEST) for mark in (", ", "; ", "，", "；", " ("))
    end = "。" if "，" in answer else "."
    return answer[:cut].rstrip(" ,;，；") + end if cut > 0 else answer
