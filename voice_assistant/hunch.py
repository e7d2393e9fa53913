"""A second opinion beside the household's rules: what a sentence is like, whatever its words.

Three judges: `need`, is somebody in need, `always`, is it what nobody gets help with, and `child`, is it
not for children. They weigh how near a sentence is to those of data/policy_said_en.tsv and
policy_said_zh.tsv, by the embedding that the statistical match reads as well, and its signs: words that
follow each other, and the families of words that the rules know. What they weigh is learned in
policy_learning.py; after each change of the sentences or families: `python -m voice_assistant.hunch`,
two minutes.

Measured, with the rules: of sentences held back, most of them made to be close to each other, 15 % of the
unsuitable pass and 9 % of the harmless are stopped. Of a fresh set 13 % (English) and 5 % (Chinese) pass,
8 % and 4 % are stopped, and all 28 people in need are answered.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from voice_assistant.embedding import Floats, embed
from voice_assistant.policy import families

DATA = Path(__file__).parent / "data"
WEIGHTS = DATA / "policy_hunch.npz"
SAID = {"en": "policy_said_en.tsv", "zh": "policy_said_zh.tsv"}
"""Sentences with what must become of them (fine, block, always, crisis; adult: a grown-up gets it, a child
may or may not); and their kind: request, reply or output."""
ROOM = {"en": "other_en.txt", "zh": "other_zh.txt"}
"""Talk and requests that are for nobody, and harmless."""
FAMILIES = ("policy_words_en.yaml", "policy_words_zh.yaml")

JUDGES = {"child": ("block", "always", "crisis"), "need": ("crisis",), "always": ("always",)}
"""What each judge takes for its own."""
TOLD_APART = 0.3
"""How far what is told stands from what is asked, beside the embedding (of length 1)."""
SHARES = {"like": 0.5, "words": 0.3, "families": 0.2}
"""What the embedding, the words and the families count."""
RUN = 3
"""Words, or Chinese signs, of the longest run that is looked at."""

_MARKS = re.compile(r"[^\w\s']")
_WORDS = re.compile(r"[a-z0-9']+|[㐀-鿿]")
_HAN = re.compile(r"[㐀-鿿]")


class Known(NamedTuple):
    """What is learned."""

    axes: Floats
    """The directions of the embedding that count, a column each."""
    views: Floats
    """The sentences to compare with, a row each."""
    weights: Floats
    """What each of them says to each judge, with the part of its nearness that is its own."""
    signs: Mapping[int, int]
    """The row of each sign in the two tables below."""
    rareness: Floats
    """What a sign counts; the last is what an unknown one does."""
    says: Floats
    """What each sign says to each judge; an unknown one says nothing."""
    bounds: dict[str, Floats]
    """For each language the judges' bounds: below the first surely none of its own, above the second one."""


def thinks(judge: str, text: str, told: bool = False) -> int:
    """1: a judge finds a sentence to be one of its own; -1: surely not, whatever the rules say; 0: it may be.

    `told`: a model says it, nobody asks it.
    """
    at = list(JUDGES).index(judge)
    none, own = _known().bounds["zh" if _HAN.search(text) else "en"][:, at]
    score = _scores(text, told)[at]
    return int(score > own) - int(score < none)


@lru_cache(16)
def _scores(text: str, told: bool) -> Floats:
    known = _known()
    own_view = views([text], [told], known.axes)[0]
    nearness = np.exp(2 * known.views @ own_view - own_view @ own_view)
    scores: Floats = SHARES["like"] * (nearness @ known.weights)
    for kind, own in signs(text).items():
        rows = [known.signs.get(sign, -1) for sign in own]
        rare = known.rareness[rows]
        scores += SHARES[kind] * (rare @ known.says[rows]) / max(float(np.linalg.norm(rare)), 1e-6)
    return scores


@cache
def _known() -> Known:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        stand = kept["views"] * kept["scale"]
        return Known(
            axes=kept["axes"].astype(np.float32),
            views=stand,
            weights=kept["weights"] * np.exp(-(stand**2).sum(1))[:, None],
            signs={sign: row for row, sign in enumerate(kept["signs"].tolist())},
            rareness=kept["rareness"].astype(np.float32),
            says=kept["says"].astype(np.float32),
            bounds={language: kept[language] for language in SAID},
        )


def views(texts: Sequence[str], told: Sequence[bool], axes: Floats) -> Floats:
    """Where sentences stand: by their embedding, and by whether they are told."""
    sides = np.where(told, TOLD_APART, -TOLD_APART).astype(np.float32)
    return np.hstack([embed([plain(text) for text in texts]) @ axes, sides[:, None]])


def signs(text: str) -> dict[str, list[int]]:
    """The signs of a sentence, as numbers that are the same everywhere."""
    words = _WORDS.findall(plain(text))
    runs = {
        " ".join(words[start : start + size])
        for size in range(1, RUN + 1)
        for start in range(len(words) - size + 1)
    }
    spoken = families(text, "zh" if _HAN.search(text) else "en")
    return {
        "words": [crc32(run.encode()) for run in sorted(runs)],
        "families": [crc32(name.encode()) for name in sorted(spoken)],
    }


def plain(text: str) -> str:
    """A text as it would be recognised: without marks and capitals."""
    return _MARKS.sub("", text.lower().replace("’", "'"))


def digest() -> str:
    """Of all that is learned from; the weights carry it."""
    whole = hashlib.sha256()
    for name in (*SAID.values(), *ROOM.values(), *FAMILIES):
        whole.update((DATA / name).read_bytes())
    return whole.hexdigest()


def learned_from() -> str:
    """The digest that the shipped weights carry."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return str(kept["digest"])


def said(language: str) -> Iterator[tuple[str, str, str]]:
    """What must become of a sentence, its kind, and the sentence."""
    for line in lines(SAID[language]):
        expected, kind, text = line.split("\t")
        yield expected, kind, text


def lines(name: str) -> list[str]:
    """The lines of a file of sentences."""
    return [
        line
        for line in (DATA / name).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]


if __name__ == "__main__":
    from voice_assistant.policy_learning import learn

    learn()
