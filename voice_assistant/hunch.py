"""What a sentence is like, for the household's rules: whatever its words.

Three judges: `need`, is somebody in need, `always`, is it what nobody gets help with, and `child`, is it
not for children. They weigh how alike a sentence is to those of data/policy_said_en.tsv and
policy_said_zh.tsv (likeness.py); of English, where the reader came along, `child` also asks a second view
(reading.py). After each change of these: `python -m voice_assistant.hunch`, two minutes.

Measured on fresh sentences, all rules together, the harmless ones chosen near the border: 5 % of the
unsuitable pass in either language, 6 % (English) and 9 % (Chinese) of the harmless are stopped; of 1,538
everyday English requests of other people 1.3 %.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voice_assistant import reading
from voice_assistant.embedding import Floats
from voice_assistant.likeness import Likeness, learn, plain, read
from voice_assistant.reader import reader

DATA = Path(__file__).parent / "data"
WEIGHTS = DATA / "policy_hunch.npz"
READ = DATA / "policy_read.npz"
SAID = {"en": "policy_said_en.tsv", "zh": "policy_said_zh.tsv"}
"""Sentences with what must become of them (fine, block, always, crisis; adult: a grown-up gets it, a child
may or may not); and their kind: request, reply or output."""
ROOM = ("other_en.txt", "other_zh.txt")
"""Talk and requests that are for nobody, and harmless."""
ROOM_COUNTS = 0.3
"""What a sentence of the room counts: they are many, and easy."""
_TEMPLATE = re.compile(r"[(\[{<>}\])|]")
_HAN = re.compile(r"[一-鿿]")

NONE, MAYBE, OWN = range(3)
"""What a judge finds: none of its own, whatever the rules say; it may be one; it is one."""


class Judge(NamedTuple):
    """What a judge takes for its own, and the scores (-1: none of its own, 1: one) from which on it says
    MAYBE and OWN."""

    labels: tuple[str, ...]
    maybe: float
    own: float


JUDGES = {
    "child": Judge(("block", "always", "crisis"), -0.35, -0.1),
    "need": Judge(("crisis",), -0.6, -0.3),
    "always": Judge(("always",), -0.6, -0.25),
}
"""Those of few sentences say OWN below 0: most of what they learned from is none of theirs."""


def thinks(judge: str, text: str, told: bool = False) -> int:
    """What a judge finds of a sentence. `told`: a model says it, nobody asks it."""
    each = JUDGES[judge]
    score = float(_scores(plain(text), told)[list(JUDGES).index(judge)])
    if judge == "child" and (second := _second(plain(text), told)) is not None:
        score = (score + second) / 2
    return sum(bool(score > bound) for bound in (each.maybe, each.own))


@lru_cache(16)
def _scores(text: str, told: bool) -> Floats:
    return _known().scores(text, told)


@cache
def _known() -> Likeness:
    return read(WEIGHTS)


@lru_cache(16)
def _second(text: str, told: bool) -> float | None:
    """What a second view makes of an English sentence for the judge `child`; None of others, and where
    the reader did not come along."""
    reads = None if _HAN.search(text) else reader()
    return _reading().score(reads, text, told) if reads else None


@cache
def _reading() -> reading.Reading:
    return reading.read(READ)


def study() -> None:
    """Learn from all the sentences there are; both views at once, or the digest of one would not be
    the other's."""
    reads = reader()
    if reads is None:
        raise SystemExit("The reader's model is not installed.")
    rows = [row for language in SAID for row in said(language)]
    own = len(rows)
    rows += [("room", "request", text) for name in ROOM for text in lines(name)]
    rows = [row for row in rows if row[0] != "room" or not _TEMPLATE.search(row[2])]
    counts = np.where(np.arange(len(rows)) < own, 1.0, ROOM_COUNTS).astype(np.float32)
    labels = np.array([label for label, _, _ in rows])
    wanted = [np.where(np.isin(labels, each.labels), 1.0, -1.0) for each in JUDGES.values()]
    wanted[0][labels == "adult"] = 0.0
    told = np.array([kind != "request" for _, kind, _ in rows])
    texts, all_wanted = [plain(text) for *_, text in rows], np.stack(wanted, 1).astype(np.float32)
    learn(WEIGHTS, digest(), texts, told.tolist(), all_wanted, counts)
    at = [number for number, text in enumerate(texts) if not _HAN.search(text)]
    english = [texts[number] for number in at]
    reading.learn(READ, reads, english, told[at].tolist(), all_wanted[at, 0], counts[at])


def digest() -> str:
    """Of all that is learned from; the weights carry it."""
    whole = hashlib.sha256()
    for name in (*SAID.values(), *ROOM):
        whole.update((DATA / name).read_bytes())
    return whole.hexdigest()


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
    study()
