"""What a sentence says by what it is like: kernel ridge regression over sentences with known answers.

Two sentences are alike as far as their embeddings are near, and as far as they share words that follow
each other; rare ones count more. Learned once, kept in a file, and asked in four milliseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from voice_assistant.embedding import Floats, embed, near
from voice_assistant.gradients import approached

APART = 0.3
"""How far the two sides stand from each other, beside the embedding (of length 1)."""
WIDTH = 1.4
"""What the distance is multiplied by: the greater, the nearer a sentence must be to say something."""
WORDS = 0.4
"""What the words count; the rest is the embedding's."""
RUN = 3
"""Words, or Chinese signs, of the longest run that is looked at."""
AXES = 160
"""Directions of the embedding that are kept: all 512 judge no better."""
TWICE = 2
"""A sign is learned from if so many sentences have it."""
RIDGE = 0.2
ENOUGH = 1e-3
"""Of the wanted, what may be left of the error when weights are sought."""

_MARKS = re.compile(r"[^\w\s']")
_WORDS = re.compile(r"[a-z0-9']+|[㐀-鿿]")


class Likeness(NamedTuple):
    """What is learned."""

    axes: Floats
    """The directions of the embedding that count, a column each."""
    views: Floats
    """The sentences to compare with, a row each."""
    weights: Floats
    """What each of them says to each question, with the part of its nearness that is its own."""
    signs: Mapping[int, int]
    """The row of each sign in the two tables below."""
    rareness: Floats
    """What a sign counts; the last is what an unknown one does."""
    says: Floats
    """What each sign says to each question; an unknown one says nothing."""

    def scores(self, text: str, side: bool) -> Floats:
        """What a sentence is to each question. `side`: the one of two that it is on."""
        own = placed(_embedded([text]), [side], self.axes, WIDTH)[0]
        # `near`, but for what the weights hold
        nearness = np.exp(self.views @ (2 * own) - own @ own)
        rows = [self.signs.get(sign, -1) for sign in signs(text)]
        rare = self.rareness[rows]
        worded = rare @ self.says[rows] / max(float(np.linalg.norm(rare)), 1e-6)
        scores: Floats = (1 - WORDS) * (nearness @ self.weights) + WORDS * worded
        return scores


def read(path: Path) -> Likeness:
    """What was learned and kept."""
    with np.load(path, allow_pickle=False) as kept:
        stand = kept["views"] * kept["scale"]
        return Likeness(
            axes=kept["axes"].astype(np.float32),
            views=stand,
            weights=kept["weights"] * np.exp(-(stand**2).sum(1))[:, None],
            signs={sign: row for row, sign in enumerate(kept["signs"].tolist())},
            rareness=kept["rareness"].astype(np.float32),
            says=kept["says"].astype(np.float32),
        )


def learned_from(path: Path) -> str:
    """The digest of what was learned from."""
    with np.load(path, allow_pickle=False) as kept:
        return str(kept["digest"])


def learn(
    path: Path,
    digest: str,
    texts: Sequence[str],
    sides: Sequence[bool],
    wanted: Floats,
    counts: Any,
) -> None:
    """Weigh sentences and keep that. `wanted`: what each should say to each question, `counts`: what
    each counts."""
    made = _embedded(texts)
    axes = directions(made, AXES)
    packed, scale = quantised(placed(made, sides, axes, WIDTH))
    rows, rareness, table = _table(texts)
    weights = weighed(_alike(packed * scale, table), RIDGE / counts, wanted)
    says = np.zeros((len(rareness), wanted.shape[1]), np.float32)
    for (places, rare), own in zip(table, weights, strict=True):
        says[places] += rare[:, None] * own
    np.savez_compressed(
        path,
        digest=digest,
        axes=axes.astype(np.float16),
        views=packed,
        scale=scale,
        weights=weights,
        signs=np.array(list(rows), np.uint32),
        rareness=rareness.astype(np.float16),
        says=says.astype(np.float16),
    )


def weighed(alike: Floats, ridge: Any, wanted: Floats) -> Floats:
    """The weights with which sentences say what is wanted, by conjugate gradients: a third of the time
    that it takes to solve it exactly."""
    own = (1 / (1 + ridge))[:, None].astype(np.float32)
    enough = ENOUGH * np.linalg.norm(wanted)
    steps = approached(lambda step: alike @ step + ridge[:, None] * step, own, wanted)
    return next(w for w, left in steps if np.linalg.norm(left, axis=0).max() <= enough)


def directions(made: Floats, number: int) -> Floats:
    """The directions in which sentences differ most, a column each."""
    _, found = np.linalg.eigh(made.T @ made)
    axes: Floats = found[:, -number:].astype(np.float16).astype(np.float32)
    return axes


def placed(made: Floats, sides: Sequence[bool], axes: Floats, width: float) -> Floats:
    """Where sentences stand: by what was made of them, and by the side they are on. `width`: what the
    distance is multiplied by."""
    apart = np.where(sides, APART, -APART).astype(np.float32)
    return np.float32(width) * np.hstack([made @ axes, apart[:, None]])


def quantised(rows: Floats) -> tuple[Any, Floats]:
    """Rows in whole numbers of a byte, and what each column of them is to be multiplied by."""
    scale = (np.abs(rows).max(0) / 127).astype(np.float32)
    return np.round(rows / scale).astype(np.int8), scale


def signs(text: str) -> list[int]:
    """The words of a sentence that follow each other, as numbers that are the same everywhere."""
    words = _WORDS.findall(plain(text))
    runs = {
        " ".join(words[start : start + size])
        for size in range(1, RUN + 1)
        for start in range(len(words) - size + 1)
    }
    return [crc32(run.encode()) for run in sorted(runs)]


def plain(text: str) -> str:
    """A text as it would be recognised: without marks and capitals."""
    return _MARKS.sub("", text.lower().replace("’", "'"))


def _embedded(texts: Sequence[str]) -> Floats:
    return embed([plain(text) for text in texts])


def _table(texts: Sequence[str]) -> tuple[dict[int, int], Floats, list[tuple[list[int], Floats]]]:
    """The row of each sign; what each counts; and for each sentence the rows of its signs with what they
    count: 1 in all with those that are not kept."""
    found = [signs(text) for text in texts]
    having = Counter(sign for each in found for sign in each)
    rows = {sign: row for row, sign in enumerate(s for s, n in having.items() if n >= TWICE)}
    rareness = [1 + np.log(len(texts) / having[sign]) for sign in rows]
    rare = np.array([*rareness, 1 + np.log(len(texts))], np.float16).astype(np.float32)
    table = []
    for each in found:
        places = [rows.get(sign, -1) for sign in each]
        whole = max(float(np.linalg.norm(rare[places])), 1e-6)
        kept = [place for place in places if place >= 0]
        table.append((kept, rare[kept] / whole))
    return rows, rare, table


def _alike(views: Floats, table: list[tuple[list[int], Floats]]) -> Floats:
    """How alike each two sentences are."""
    alike = near(views, views)
    alike *= 1 - WORDS
    having: dict[int, tuple[list[int], list[float]]] = {}
    for at, (places, counts) in enumerate(table):
        for place, count in zip(places, counts.tolist(), strict=True):
            those, values = having.setdefault(place, ([], []))
            those.append(at)
            values.append(count)
    for those, values in having.values():
        own = np.array(values, np.float32)
        alike[np.ix_(those, those)] += WORDS * np.outer(own, own)
    return alike
