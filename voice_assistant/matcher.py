"""The statistical match: which intent an utterance no template knows most likely means.

First the skills compete, by a linear model of three views of an utterance: which words follow each other
in it, a sentence embedding (what it is like), and that embedding bent at random places, so that a straight
line parts what it could not. Then the intents of each skill, by what of this tells them apart. All of it
is fitted by least squares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from voice_assistant.embedding import Floats, embed
from voice_assistant.gradients import approached
from voice_assistant.runs import Runs, Table, codes
from voice_assistant.usage import Usage, usage_of

BUCKETS = 1024
"""Buckets that runs of words share where the intents of one skill are told apart."""

BENDS = 1024
"""Random features of the embedding: half-spaces, as of an arc-cosine kernel (Cho and Saul, Kernel
Methods for Deep Learning, 2009)."""

WORDS = 0.4
"""What the words count beside what a sentence is like."""

RIDGE = 0.2
"""Weight decay of the least-squares fit."""

BALANCE = 0.4
"""How far skills with few sentences are weighed up against those with many: 0 not, 1 fully."""

NOBODY = 1.6
"""How much more than by that a sentence counts that is for no skill: there are many, of all kinds."""

FEW, MOST = 120, 12
"""How much more a skill counts for what is near the sentences of one of its intents, where it has few:
what people say lies further from what was taught where little was. Its score grows by FEW over the number
of its sentences (MOST at most) times the square of the nearness."""

LIKELY = 0.01
"""The score from which a skill can become likely by nearness."""

ENOUGH = 4e-3
"""Of the wanted, what may be left of the error when weights are sought."""

SHARPNESS = 12.0
"""From least-squares scores to logits, so that the probabilities mean what they say (measured on
sentences that no training saw)."""

NIL = 1e-4
"""The probability up to which a label is left out: of hundreds a few dozen are above."""

OTHER = ""
"""The label of what is for no skill."""


@cache
def _places(width: int) -> Floats:
    """Where embeddings are bent. The old generator, whose numbers are promised never to change: a
    match that is kept was fitted to them."""
    made = np.random.RandomState(7).standard_normal((width, BENDS))
    return made.astype(np.float32)


def _likely(like: Floats) -> Floats:
    """What sentences are like, straight and bent, as much as it counts; and a constant."""
    bent = np.maximum(like @ _places(like.shape[1]), 0)
    bent /= np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), 1e-9)
    share = np.float32(np.sqrt((1 - WORDS) / 2))
    return np.hstack([share * like, share * bent, np.ones((len(like), 1), np.float32)])


@dataclass(frozen=True)
class Matcher:
    """A trained match for one language."""

    language: str
    labels: tuple[str, ...]
    runs: Runs
    says: Floats
    """What each run of words (row) says for each skill (column)."""
    weights: Floats
    """What each part of the other views (row) says for each skill (column)."""
    worded: Floats
    """What each bucket of runs (row) says for each label (column) within its skill."""
    within: Floats
    """The same of the embedding (column) for each label (row)."""
    centres: Floats
    """What the sentences of each label (row) are like on the whole, as long as it is to count."""
    usage: Usage
    """How requests are worded."""

    @cached_property
    def _own(self) -> tuple[slice, ...]:
        """Where the labels of each skill stand."""
        return _of_skills(self.labels)

    def scores(self, text: str) -> list[tuple[str, float]]:
        """The labels that are at all likely with their probabilities, likeliest first."""
        found, like = codes(text, self.language), embed([text])
        those, counts = self.runs.rows(found)
        raw = _likely(like)[0] @ self.weights
        raw += np.float32(np.sqrt(WORDS)) * (counts @ self.says[those].astype(np.float32))
        for skill in np.flatnonzero(raw > LIKELY).tolist():
            near = max(0, (self.centres[self._own[skill]] @ like[0]).max())
            raw[skill] *= 1 + near**2
        skills = _softmax(SHARPNESS * raw)
        worded = counts @ self.worded[self.runs.known[those] % BUCKETS]
        likely = list[tuple[str, float]]()
        for skill in np.flatnonzero(skills > NIL).tolist():  # the weights of all are much to read
            own = self._own[skill]
            chances = skills[skill] * _softmax(
                SHARPNESS * (worded[own] + self.within[own] @ like[0])
            )
            likely.extend(zip(self.labels[own], chances.tolist(), strict=True))
        return sorted((pair for pair in likely if pair[1] > NIL), key=lambda pair: -pair[1])

    def save(self, path: Path) -> None:
        """Keep it on disk, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.npz")
        np.savez(
            fresh,
            labels=np.array(self.labels),
            runs=self.runs.known,
            rareness=self.runs.rareness.astype(np.float16),
            says=self.says.astype(np.float16),
            weights=self.weights.astype(np.float16),
            worded=self.worded.astype(np.float16),
            within=self.within.astype(np.float16),
            centres=self.centres.astype(np.float16),
            usage=self.usage.packed(),
        )
        fresh.replace(path)

    @classmethod
    def load(cls, language: str, path: Path) -> Matcher:
        """A matcher that was kept. Raises OSError or ValueError where there is none."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                language,
                tuple(str(label) for label in kept["labels"]),
                Runs(kept["runs"], kept["rareness"].astype(np.float32)),
                kept["says"],
                kept["weights"].astype(np.float32),
                kept["worded"].astype(np.float32),
                kept["within"].astype(np.float32),
                kept["centres"].astype(np.float32),
                Usage.unpacked(kept["usage"]),
            )


def train(
    language: str,
    sentences: Sequence[tuple[str, str]],
    embedded: Callable[[Sequence[str]], Floats] = embed,
) -> Matcher:
    """Fit a matcher to (normalised sentence, label) pairs. `embedded` may know some by heart."""
    labels = tuple(sorted({label for _, label in sentences}))
    place = {label: index for index, label in enumerate(labels)}
    truth = np.array([place[label] for _, label in sentences])
    texts = [text for text, _ in sentences]
    like = embedded(texts)
    found = [codes(text, language) for text in texts]
    runs = Runs.of(found)
    own = _of_skills(labels)
    skills = np.stack([(each.start <= truth) & (truth < each.stop) for each in own], axis=1)
    skills = skills.astype(np.float32)
    counts = skills.sum(0)
    share = (len(truth) / len(counts) / counts) ** BALANCE
    share[[labels[each.start] == OTHER for each in own]] *= NOBODY
    says, weights = _fitted(Table(runs, found), _likely(like), skills @ share, skills)
    views = np.zeros((len(found), BUCKETS), np.float32)
    for row, text in zip(views, found, strict=True):
        those, counted = runs.rows(text)
        np.add.at(row, runs.known[those] % BUCKETS, counted)
    apart = _told_apart(np.hstack([views, like]), truth, own)
    # As they are read: a bucket's row, and a label's.
    worded = np.ascontiguousarray(apart[:, :BUCKETS].T)
    within = np.ascontiguousarray(apart[:, BUCKETS:])
    centres = _centres(like, truth, np.repeat(1 / counts, [each.stop - each.start for each in own]))
    usage = usage_of(texts, language)
    return Matcher(language, labels, runs, says, weights, worded, within, centres, usage)


def _centres(like: Floats, truth: Floats, shares: Floats) -> Floats:
    """What the sentences of each label are like, as long as it counts in a skill of which a sentence is
    such a share."""
    sums = np.stack([like[truth == label].sum(0) for label in range(len(shares))])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    made: Floats = sums * np.sqrt(np.minimum(FEW * shares, MOST))[:, None]
    return made


def _fitted(table: Table, likely: Floats, share: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """The weights with which runs of words, and the other views, say what is wanted of sentences that
    count their `share`, by conjugate gradients: solving it exactly takes the cube of the views."""
    width, words = table.width, np.float32(np.sqrt(WORDS))

    def back(said: Floats) -> Floats:
        said = share[:, None] * said
        return np.vstack([words * table.back(said), likely.T @ said])

    def times(step: Floats) -> Floats:
        said = words * table.says(step[:width]) + likely @ step[width:]
        return back(said) + RIDGE * step

    squares = np.hstack([WORDS * table.squares(share), share @ likely**2])
    own = (1 / (squares + RIDGE))[:, None].astype(np.float32)
    told = back(wanted)
    enough = ENOUGH * float(np.linalg.norm(told))
    steps = approached(times, own, told)
    weights = next(w for w, left in steps if np.linalg.norm(left) <= enough)
    return weights[:width], weights[width:]


def _told_apart(views: Floats, truth: Floats, skills: Sequence[slice]) -> Floats:
    """The weights that tell the intents of each skill apart, fitted to its own sentences."""
    made = np.zeros((skills[-1].stop, views.shape[1]), np.float32)
    for skill in skills:
        labels = np.arange(skill.start, skill.stop)
        if len(labels) == 1:  # nothing to tell apart
            continue
        rows = np.flatnonzero((labels[0] <= truth) & (truth <= labels[-1]))
        own = views[rows]
        alike = own @ own.T
        alike.flat[:: len(alike) + 1] += RIDGE
        wanted = (truth[rows, None] == labels).astype(np.float32)
        made[skill] = np.linalg.solve(alike, wanted).T @ own
    return made


def _of_skills(labels: Sequence[str]) -> tuple[slice, ...]:
    """Where the labels of each skill stand, in the order of the skills."""
    owners = [label.partition(".")[0] for label in labels]
    starts = [at for at, owner in enumerate(owners) if owners[at - 1 : at] != [owner]]
    return tuple(map(slice, starts, [*starts[1:], len(owners)]))


def _softmax(raw: Floats) -> Floats:
    raw = np.exp(raw - raw.max())
    made: Floats = raw / raw.sum()
    return made
