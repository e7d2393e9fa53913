"""The statistical match: which intent an utterance no template knows most likely means.

Views of an utterance, one linear model: hashed word and character grams (what was said), a sentence
embedding (what it is like), and that embedding bent at random places, so that a straight line parts
what it could not. Fitted by least squares in closed form: training is embedding the sentences that
are new, and a few seconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from voice_assistant.embedding import Floats, embed
from voice_assistant.usage import Usage, usage_of

BUCKETS = 1024
"""Buckets that grams are hashed into."""

BENDS = 1024
"""Random features of the embedding: half-spaces, as of an arc-cosine kernel (Cho and Saul, Kernel
Methods for Deep Learning, 2009). With as many requests found (94.7 % of 1,269 of other people's),
12 of 269 that are none are taken with them and 15 without: fewer, by few sentences."""

RIDGE = 1.0
"""Weight decay of the least-squares fit."""

BALANCE = 0.4
"""How far skills with few sentences are weighed up against those with many: 0 not, 1 fully."""

FEW, MOST = 300, 12
"""How much more an intent counts for what is near its sentences, where its skill has few: what people
say lies further from what was taught where little was, and talk about the same things lies further
still. A score grows by FEW over the number of its sentences (MOST at most) times the square of the
nearness. (With 350, two skills a language that nothing was tuned on: of others' requests 82 % found
in English and 70 % in Chinese, 78 and 69 without nearness; of talk about their things 11 and 8 of 40
taken, 12 and 8 without.)"""

LIKELY = 0.01
"""The score from which an intent can become likely by nearness."""

NOBODY = 1.25
"""How much more than by that a sentence counts that is for no skill: there are many, of all kinds."""

SHARPNESS = 12.0
"""From least-squares scores to logits, so that the probabilities mean what they say (measured on
sentences that no training saw)."""

OTHER = ""
"""The label of what is for no skill."""


def grams(text: str, language: str) -> Iterator[tuple[str, float]]:
    """What an utterance is made of, with weights: words and pairs of them, pieces of words."""
    if language == "zh":
        for size, weight in ((1, 0.6), (2, 1.0), (3, 0.7)):
            padded = f"^{text}$" if size > 1 else text
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size], weight
        return
    words = ["^", *text.split(), "$"]
    for word in words[1:-1]:
        yield word, 1.0
        framed = f"<{word}>"
        for at in range(len(framed) - 3):
            yield "#" + framed[at : at + 4], 0.3
    for first, second in pairwise(words):
        yield f"{first} {second}", 0.7


def _hashed(text: str, language: str) -> Floats:
    made = np.zeros(BUCKETS, np.float32)
    for gram, weight in grams(text, language):
        code = zlib.crc32(gram.encode())
        made[code % BUCKETS] += weight if code & 0x80000000 else -weight
    length = float(np.linalg.norm(made))
    return made / length if length else made


@cache
def _places(width: int) -> Floats:
    """Where embeddings are bent. The old generator, whose numbers are promised never to change: a
    match that is kept was fitted to them."""
    made = np.random.RandomState(7).standard_normal((width, BENDS))
    return made.astype(np.float32)


def _bent(like: Floats) -> Floats:
    made = np.maximum(like @ _places(like.shape[1]), 0)
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.maximum(lengths, 1e-9), np.float32)


def vectors(texts: Sequence[str], language: str, like: Floats) -> Floats:
    """All views of normalised utterances side by side, and a constant, one row each."""
    said = np.stack([_hashed(text, language) for text in texts])
    return np.hstack([said, like, _bent(like), np.ones((len(texts), 1), np.float32)])


@dataclass(frozen=True, slots=True)
class Matcher:
    """A trained match for one language."""

    language: str
    labels: tuple[str, ...]
    weights: Floats
    sharpness: float
    centres: Floats
    """What the sentences of each label (row) are like on the whole, as long as it is to count."""
    members: Floats
    """Which label (row) is of which skill (column)."""
    usage: Usage
    """How requests are worded."""

    def scores(self, text: str) -> list[tuple[str, float]]:
        """The labels with their probabilities, likeliest first. First the skills compete, each
        with the sum of its intents' scores, then the intents of each."""
        like = embed([text])
        said = vectors([text], self.language, like)[0]
        full = np.flatnonzero(said[:BUCKETS])  # few: the weights of all come from memory each time
        raw = said[full] @ self.weights[full] + said[BUCKETS:] @ self.weights[BUCKETS:]
        some = np.flatnonzero(raw > LIKELY)
        raw[some] *= 1 + np.maximum(self.centres[some] @ like[0], 0) ** 2
        skills = _softmax(self.sharpness * (raw @ self.members))
        within = np.exp(2 * self.sharpness * raw.astype(np.float64))  # what is near counts tenfold
        within /= (within @ self.members) @ self.members.T
        chances = within * (self.members @ skills)
        order = np.argsort(-chances)
        named = [self.labels[at] for at in order.tolist()]
        return list(zip(named, chances[order].tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Keep it on disk, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.npz")
        np.savez(
            fresh,
            labels=np.array(self.labels),
            weights=self.weights.astype(np.float16),
            centres=self.centres.astype(np.float16),
            sharpness=np.array(self.sharpness),
            usage=self.usage.packed(),
        )
        fresh.replace(path)

    @classmethod
    def load(cls, language: str, path: Path) -> Matcher:
        """A matcher that was kept. Raises OSError or ValueError where there is none."""
        with np.load(path, allow_pickle=False) as kept:
            labels = tuple(str(label) for label in kept["labels"])
            weights, centres = (kept[name].astype(np.float32) for name in ("weights", "centres"))
            sharpness, usage = float(kept["sharpness"]), Usage.unpacked(kept["usage"])
            return cls(language, labels, weights, sharpness, centres, _members(labels), usage)


def train(
    language: str,
    sentences: Sequence[tuple[str, str]],
    embedded: Callable[[Sequence[str]], Floats] = embed,
) -> Matcher:
    """Fit a matcher to (normalised sentence, label) pairs. `embedded` may know some by heart."""
    ordered = sorted(sentences, key=lambda pair: pair[1])
    labels = tuple(dict.fromkeys(label for _, label in ordered))
    place = {label: index for index, label in enumerate(labels)}
    truth = np.array([place[label] for _, label in ordered])
    texts = [text for text, _ in ordered]
    like = embedded(texts)
    inputs = vectors(texts, language, like)
    members = _members(labels)
    skills = members.argmax(axis=1)
    counts = np.bincount(skills[truth])[skills].astype(np.float32)
    share = np.sqrt((len(truth) / members.shape[1] / counts) ** BALANCE)
    share[[label == OTHER for label in labels]] *= np.sqrt(NOBODY)
    inputs *= share[truth, None]
    gram = inputs.T @ inputs  # of itself: half the work
    gram.flat[:: len(gram) + 1] += RIDGE
    sums = np.add.reduceat(inputs, np.searchsorted(truth, np.arange(len(labels))))
    weights = np.linalg.solve(gram, sums.T * share)  # what the targets, ones and zeros, pick
    centres = sums[:, BUCKETS : BUCKETS + like.shape[1]]
    lengths = np.linalg.norm(centres, axis=1)
    centres *= (np.sqrt(np.minimum(FEW / counts, MOST)) / np.maximum(lengths, 1e-9))[:, None]
    usage = usage_of(texts, language)
    return Matcher(language, labels, weights, SHARPNESS, centres, members, usage)


def _members(labels: Sequence[str]) -> Floats:
    owners = [label.partition(".")[0] for label in labels]
    skills = sorted(set(owners))
    return np.array([[owner == skill for skill in skills] for owner in owners], np.float32)


def _softmax(raw: Floats) -> Floats:
    raw = np.exp(raw - raw.max())
    made: Floats = raw / raw.sum()
    return made
