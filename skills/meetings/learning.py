"""How the weights of `judging` are learned: a logistic regression on the scripted meetings.

Of a turn that settles something or gives a task only one sentence does so: the likeliest by the
weights so far. Run as `python -m voice_assistant_skills.meetings.learning` after each change of the
scripts, the cues or the signs (some seconds; a test tells when that was forgotten).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .bench import Script, scripts
from .cues import DATA
from .judging import KINDS
from .meeting import Meeting
from .signs import Signs
from .tasks import Tasks

Floats = npt.NDArray[np.float64]

LEARNED = {"en": ("en", "en_unseen", "en_told"), "zh": ("zh", "zh_unseen", "zh_told")}
"""The scripts that are learned from."""

TOLD = 3.0
"""How much a script counts that no rule was made from."""

RARE = 4
"""A sign seen less often tells nothing."""

SLIGHT = 0.05
"""A weight below it is left out."""

RIDGE = 2.0
"""Weight decay: large, for there are about as many signs as sentences."""

ROUNDS = 2
"""Times that the likeliest sentence of a turn is chosen."""

STEPS, PACE = 200, 0.08
"""Of the descent (Adam)."""


class Lesson:
    """The sentences of some scripts, their signs, and what is known of the turns they are in."""

    def __init__(self) -> None:
        self.turns: list[tuple[int, int]] = []
        """The script and the segment of each sentence."""
        self.signs: list[frozenset[str]] = []
        self.counts: list[float] = []
        self._cases: list[Script] = []

    def add(self, cases: Iterable[Script], counts: float = 1.0) -> None:
        """Take in some scripts, each also as it is heard where nobody tells the voices apart."""
        for case in cases:
            self._add(case, case.meeting, counts)
            nameless = tuple(replace(each, speaker="") for each in case.meeting.segments)
            self._add(case, replace(case.meeting, segments=nameless), counts / 2)

    def _add(self, case: Script, meeting: Meeting, counts: float) -> None:
        signs = Signs(Tasks(meeting))
        for at, each in enumerate(meeting.statements):
            self.turns.append((len(self._cases), each.segment.id))
            self.signs.append(signs.of(at))
            self.counts.append(counts)
        self._cases.append(case)

    def truth(self, kind: str) -> list[bool]:
        """Which sentences are in a turn that is of a kind."""
        parts = {"decision": "decisions", "task": "todos", "question": "questions"}
        known = [getattr(case, parts[kind]) for case in self._cases]
        return [segment in known[number] for number, segment in self.turns]


def learned(language: str, *, without: str = "") -> dict[str, dict[str, float]]:
    """The weights of a language's signs, by kind; `without` the scripts of a file."""
    lesson = Lesson()
    for name in LEARNED[language]:
        if name == without:
            continue
        lesson.add(scripts(name), TOLD if name.endswith("_told") else 1.0)
    return {kind: learn(lesson, kind) for kind in KINDS}


def made_of(language: str) -> str:
    """A digest of what the weights come from: the scripts, the cues, how it is learned, and the signs
    of some sentences, which change with the code that sees them."""
    files = [DATA / "bench" / f"{name}.txt" for name in LEARNED[language]]
    digest = hashlib.sha256(repr((TOLD, RARE, SLIGHT, RIDGE, ROUNDS, STEPS, PACE)).encode())
    for file in (*files, DATA / f"cues_{language}.yaml"):
        digest.update(file.read_bytes())
    seen = Lesson()
    seen.add(scripts(f"{language}_unseen"))
    digest.update(repr([sorted(signs) for signs in seen.signs]).encode())
    return digest.hexdigest()


class Inputs:
    """Which signs each sentence has: a matrix of noughts and a few ones, held by the ones."""

    def __init__(self, rows: Iterable[Iterable[int]]) -> None:
        held = [sorted(row) for row in rows]
        self._lengths = np.array([len(row) for row in held])
        self._begins = np.concatenate(([0], np.cumsum(self._lengths)[:-1]))
        self._ones = np.array([one for row in held for one in row])
        self.width = int(self._ones.max()) + 1

    def __matmul__(self, weights: Floats) -> Floats:
        """The sum of the weights of each sentence's signs."""
        return np.add.reduceat(weights[self._ones], self._begins).astype(np.float64)

    def spread(self, errors: Floats) -> Floats:
        """The sum of the errors of each sign's sentences."""
        each = np.repeat(errors, self._lengths)
        return np.bincount(self._ones, each, self.width).astype(np.float64)


def learn(lesson: Lesson, kind: str) -> dict[str, float]:
    """The weight of each sign that tells something."""
    counts = Counter(sign for signs in lesson.signs for sign in signs)
    vocabulary = sorted(sign for sign, count in counts.items() if count >= RARE)
    place = {sign: at for at, sign in enumerate(vocabulary)}
    always = len(vocabulary)
    inputs = Inputs(
        [[*map(place.__getitem__, signs & place.keys()), always] for signs in lesson.signs]
    )
    weights = _fit(inputs, lesson, lesson.truth(kind))
    named = dict(zip([*vocabulary, ""], weights.round(2).tolist(), strict=True))
    return {sign: weight for sign, weight in named.items() if abs(weight) >= SLIGHT}


def _fit(inputs: Inputs, lesson: Lesson, truth: Sequence[bool]) -> Floats:
    turns: dict[tuple[int, int], list[int]] = {}
    for at, turn in enumerate(lesson.turns):
        if truth[at]:
            turns.setdefault(turn, []).append(at)
    targets, counts = np.array(truth, np.float64), np.array(lesson.counts, np.float64)
    weights = _descend(inputs, targets, counts)
    for _ in range(ROUNDS - 1):
        scores, counted = inputs @ weights, counts.copy()
        for rows in turns.values():
            best = max(rows, key=lambda row: float(scores[row]))
            counted[[row for row in rows if row != best]] = 0.0
        weights = _descend(inputs, targets, counted)
    return weights


def _descend(inputs: Inputs, targets: Floats, counted: Floats) -> Floats:
    decay = np.full(inputs.width, RIDGE)
    decay[-1] = 0.0
    weights, slope, spread = (np.zeros(inputs.width) for _ in range(3))
    for step in range(1, STEPS + 1):
        chances = 1 / (1 + np.exp(-(inputs @ weights)))
        gradient = inputs.spread(counted * (chances - targets)) + decay * weights
        slope = 0.9 * slope + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        weights -= PACE * (slope / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


if __name__ == "__main__":
    for each in LEARNED:
        text = json.dumps(learned(each), ensure_ascii=False, indent=0, sort_keys=True)
        (DATA / f"weights_{each}.json").write_text(text + "\n", encoding="utf-8")
        (DATA / f"weights_{each}.txt").write_text(made_of(each) + "\n", encoding="utf-8")
