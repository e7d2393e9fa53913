"""How the second opinion (hunch.py) is learned: kernel ridge regression over the sentences there are.

Two sentences are alike as far as their embeddings are near, and as far as they share words and families;
rare ones count more. Each sentence is judged once by judges that did not see it, and from these scores it
is read from where on a judge may be believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from voice_assistant import hunch
from voice_assistant.embedding import Floats, embed, near

SURE = {"child": 0.94, "need": 0.989, "always": 0.992}
"""The share of the others (of sentences held back from it) that a judge does not take for its own."""
OVERRULES = {"child": -0.25, "need": -0.6, "always": -0.6}
"""Below this score (-1: none of its own, 1: one) a judge overrules a rule."""
RIDGE = 0.2
ROOM_COUNTS = 0.3
"""What a sentence of the room counts: they are many, and easy."""
AXES = 160
"""Directions of the embedding that are kept: all 512 judge no better."""
TWICE = 2
"""A sign is learned from if so many sentences have it."""
FOLDS = 3
CHUNKS = 40
"""Sentences are held back in chunks: neighbours are alike, and both languages tell of the same in one order."""

_TEMPLATE = re.compile(r"[(\[{<>}\])|]")


class Row(NamedTuple):
    """A sentence, and what must become of it."""

    language: str
    """Empty for what people say in a room."""
    label: str
    kind: str
    text: str


class Signs(NamedTuple):
    """The signs of all sentences."""

    rows: dict[int, int]
    """The row of each in what is kept."""
    rareness: Floats
    """Of each, and at the end of those that are not kept."""
    tables: dict[str, list[tuple[list[int], Floats]]]
    """For each sentence the rows of its signs, and what they count: 1 in all with those that are not kept."""


def learn() -> None:
    """Fit the judges and keep what they learned."""
    rows = _rows()
    texts = [row.text for row in rows]
    axes = _axes(texts)
    exact = hunch.views(texts, [row.kind != "request" for row in rows], axes)
    scale = (np.abs(exact).max(0) / 127).astype(np.float32)
    packed = np.round(exact / scale).astype(np.int8)
    signs = _signs(texts)
    alike = _alike(packed * scale, signs)
    wanted = _wanted(rows)
    counts = np.where([bool(row.language) for row in rows], 1.0, ROOM_COUNTS)
    weights, held = _learned(alike, wanted, counts, _folds(rows))
    bounds = {each: _bounds(held, wanted, rows, each) for each in hunch.SAID}
    np.savez_compressed(
        hunch.WEIGHTS,
        digest=hunch.digest(),
        axes=axes.astype(np.float16),
        views=packed,
        scale=scale,
        weights=weights,
        signs=np.array(list(signs.rows), np.uint32),
        rareness=signs.rareness.astype(np.float16),
        says=_says(signs, weights).astype(np.float16),
        en=bounds["en"],
        zh=bounds["zh"],
    )


def _rows() -> list[Row]:
    rows = [Row(language, *row) for language in hunch.SAID for row in hunch.said(language)]
    return rows + [
        Row("", "room", "request", line)
        for name in hunch.ROOM.values()
        for line in hunch.lines(name)
        if not _TEMPLATE.search(line)
    ]


def _wanted(rows: Sequence[Row]) -> Floats:
    """What each judge should say to each sentence."""
    labels = np.array([row.label for row in rows])
    own = [np.where(np.isin(labels, each), 1.0, -1.0) for each in hunch.JUDGES.values()]
    wanted = np.stack(own, 1).astype(np.float32)
    wanted[labels == "adult", 0] = 0.0
    return wanted


def _axes(texts: Sequence[str]) -> Floats:
    """The directions in which the sentences differ most."""
    made = embed([hunch.plain(text) for text in texts])
    _, directions = np.linalg.eigh(made.T @ made)
    axes: Floats = directions[:, -AXES:].astype(np.float16).astype(np.float32)
    return axes


def _signs(texts: Sequence[str]) -> Signs:
    found = [hunch.signs(text) for text in texts]
    having = Counter(sign for each in found for own in each.values() for sign in own)
    rows = {sign: row for row, sign in enumerate(s for s, n in having.items() if n >= TWICE)}
    rareness = [1 + np.log(len(texts) / having[sign]) for sign in rows]
    rare = np.array([*rareness, 1 + np.log(len(texts))], np.float16).astype(np.float32)
    tables: dict[str, list[tuple[list[int], Floats]]] = {"words": [], "families": []}
    for each in found:
        for kind, own in each.items():
            places = [rows.get(sign, -1) for sign in own]
            whole = max(float(np.linalg.norm(rare[places])), 1e-6)
            kept = [place for place in places if place >= 0]
            tables[kind].append((kept, rare[kept] / whole))
    return Signs(rows, rare, tables)


def _alike(views: Floats, signs: Signs) -> Floats:
    """How alike each two sentences are."""
    alike = near(views, views)
    alike *= hunch.SHARES["like"]
    for kind, table in signs.tables.items():
        having: dict[int, tuple[list[int], list[float]]] = {}
        for at, (places, counts) in enumerate(table):
            for place, count in zip(places, counts.tolist(), strict=True):
                those, values = having.setdefault(place, ([], []))
                those.append(at)
                values.append(count)
        for those, values in having.values():
            own = np.array(values, np.float32)
            alike[np.ix_(those, those)] += hunch.SHARES[kind] * np.outer(own, own)
    return alike


def _says(signs: Signs, weights: Floats) -> Floats:
    """What each sign says, of all the sentences that have it."""
    says = np.zeros((len(signs.rareness), weights.shape[1]), np.float32)
    for table in signs.tables.values():
        for (places, counts), own in zip(table, weights, strict=True):
            says[places] += counts[:, None] * own
    return says


def _folds(rows: Sequence[Row]) -> Any:
    """In which of the folds a sentence is held back."""
    languages = np.array([row.language for row in rows])
    folds = np.zeros(len(rows), int)
    for each in set(languages.tolist()):
        own = languages == each
        folds[own] = np.arange(own.sum()) * CHUNKS // own.sum() % FOLDS
    return folds


def _learned(alike: Floats, wanted: Floats, counts: Any, folds: Any) -> tuple[Floats, Floats]:
    """The weights; and each sentence's scores by judges that did not see its fold."""
    held = np.zeros_like(wanted)
    for each in range(FOLDS):
        out = folds == each
        weights = _fit(alike[np.ix_(~out, ~out)], wanted[~out], counts[~out])
        held[out] = alike[np.ix_(out, ~out)] @ weights
    return _fit(alike, wanted, counts), held


def _fit(alike: Floats, wanted: Floats, counts: Any) -> Floats:
    """Kernel ridge regression; `alike` is changed."""
    alike[np.diag_indices(len(alike))] += RIDGE / counts
    weights: Floats = np.linalg.solve(alike, wanted)
    return weights


def _bounds(held: Floats, wanted: Floats, rows: Sequence[Row], language: str) -> Floats:
    """From where on a judge overrules a rule, and from where on it needs none."""
    own = np.array([row.language == language for row in rows])
    sure = [
        np.quantile(held[own & (wanted[:, at] < 0), at], share)
        for at, share in enumerate(SURE[judge] for judge in hunch.JUDGES)
    ]
    return np.array([[OVERRULES[judge] for judge in hunch.JUDGES], sure], np.float32)
