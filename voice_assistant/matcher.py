"""The statistical match: which intent an utterance no template knows most likely means."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

DIMENSIONS = 4096
"""Buckets that words and letters are hashed into."""

RIDGE = 0.3
"""Weight decay of the least-squares fit."""

SHARPNESS = 8.0
"""From least-squares scores to probabilities (softmax of score times this)."""

OTHER = ""
"""The label of what is for no skill."""

Floats: TypeAlias = npt.NDArray[np.float32]


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


def vector(text: str, language: str) -> Floats:
    """The hashed grams of a normalised utterance, of length 1."""
    made = np.zeros(DIMENSIONS, np.float32)
    for gram, weight in grams(text, language):
        code = zlib.crc32(gram.encode())
        made[code % DIMENSIONS] += weight if code & 0x80000000 else -weight
    length = float(np.linalg.norm(made))
    return made / length if length else made


@dataclass(frozen=True, slots=True)
class Matcher:
    """A trained match for one language."""

    language: str
    labels: tuple[str, ...]
    weights: Floats

    def scores(self, text: str) -> list[tuple[str, float]]:
        """Labels with their probabilities, likeliest first."""
        raw = SHARPNESS * (vector(text, self.language) @ self.weights)
        raw = np.exp(raw - raw.max())
        raw /= raw.sum()
        order = np.argsort(-raw)[:10]
        return [(self.labels[index], float(raw[index])) for index in order]


def train(language: str, sentences: Sequence[tuple[str, str]]) -> Matcher:
    """Fit a matcher to (normalised sentence, label) pairs."""
    labels = tuple(sorted({label for _, label in sentences}))
    place = {label: index for index, label in enumerate(labels)}
    inputs = np.stack([vector(text, language) for text, _ in sentences])
    targets = np.zeros((len(sentences), len(labels)), np.float32)
    counts = np.zeros(len(labels), np.float32)
    for row, (_, label) in enumerate(sentences):
        targets[row, place[label]] = 1
        counts[place[label]] += 1
    share = (counts.mean() / counts[[place[label] for _, label in sentences]]) ** 0.5
    scaled = inputs * share[:, None]
    if len(sentences) < DIMENSIONS:
        gram = scaled @ inputs.T + RIDGE * np.eye(len(sentences), dtype=np.float32)
        weights = inputs.T @ np.linalg.solve(gram, targets * share[:, None])
    else:
        gram = scaled.T @ inputs + RIDGE * np.eye(DIMENSIONS, dtype=np.float32)
        weights = np.linalg.solve(gram, scaled.T @ targets)
    return Matcher(language, labels, weights.astype(np.float32))
