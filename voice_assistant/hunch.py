"""A second opinion beside the household's rules: what a sentence is like, whatever its words.

Two linear judges over the sentence embedding that the statistical match reads as well: `need`, is
somebody in need, and `child`, is it not for children. Fitted to the sentences of
data/policy_said_en.tsv and policy_said_zh.tsv in both languages at once, and to what people say in
a room (`python -m voice_assistant.hunch` after each change of them: a minute). Measured on sentences
that neither the rules nor the judges had seen (78 a language, 49 of them unsuitable): the rules
alone find 31 and 22, with the judges 42 and 35; of 29 harmless ones 4 and 3 are stopped, close as
they were to the others.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from voice_assistant.embedding import Floats, embed

DATA = Path(__file__).parent / "data"
WEIGHTS = DATA / "policy_hunch.json"
SAID = ("policy_said_en.tsv", "policy_said_zh.tsv")
"""Sentences with what must become of them: fine, block, always or crisis; request, reply or output."""
ROOM = ("other_en.txt", "other_zh.txt")
"""Talk and requests that are for nobody, and harmless."""

JUDGES = {"child": ("block", "always", "crisis"), "need": ("crisis",)}
SPARED = {"child": 0.985, "need": 0.998}
"""The share of the others that a judge leaves alone, counted on sentences held back from it."""
RIDGE = 3.0
"""Weight decay of the least-squares fit."""
ROOM_COUNTS = 0.3
"""What a sentence of the room counts: there are more of them, and they are easy."""
FOLDS = 5

_MARKS = re.compile(r"[^\w\s']")
_TEMPLATE = re.compile(r"[(\[{<>}\])|]")


def thinks(judge: str, text: str) -> bool:
    """Whether a judge finds a sentence to be one of its own."""
    known = _known()[judge]
    score = float(_like(text) @ known["weights"][:-1] + known["weights"][-1])
    return score > float(known["above"])


@lru_cache(8)
def _like(text: str) -> Floats:
    return np.asarray(embed([_plain(text)])[0])


@cache
def _known() -> dict[str, Any]:
    judges = json.loads(WEIGHTS.read_text("utf-8"))["judges"]
    return {
        name: {"weights": np.array(judge["weights"], np.float32), "above": judge["above"]}
        for name, judge in judges.items()
    }


def digest() -> str:
    """Of all that is learned from; the weights carry it."""
    whole = hashlib.sha256()
    for name in (*SAID, *ROOM):
        whole.update((DATA / name).read_bytes())
    return whole.hexdigest()


def learned_from() -> str:
    """The digest that the shipped weights carry."""
    return str(json.loads(WEIGHTS.read_text("utf-8"))["digest"])


def learn() -> None:
    """Fit the judges and keep their weights."""
    said = [line.split("\t") for name in SAID for line in _lines(name)]
    room = [line for name in ROOM for line in _lines(name) if not _TEMPLATE.search(line)]
    labels = np.array([expected for expected, _, _ in said] + ["room"] * len(room))
    texts = [_plain(text) for _, _, text in said] + [_plain(line) for line in room]
    views = np.hstack([embed(texts), np.ones((len(texts), 1), np.float32)])
    counts = np.where(labels == "room", ROOM_COUNTS, 1.0)
    judges = {}
    for name, own in JUDGES.items():
        wanted = np.where(np.isin(labels, own), 1.0, -1.0)
        held = _held_back(views, wanted, counts)
        above = float(np.quantile(held[(wanted < 0) & (labels != "room")], SPARED[name]))
        weights = [round(float(weight), 4) for weight in _fit(views, wanted, counts)]
        judges[name] = {"above": round(above, 4), "weights": weights}
    written = json.dumps({"digest": digest(), "judges": judges}, indent=None)
    WEIGHTS.write_text(written + "\n", "utf-8")


def _held_back(views: Floats, wanted: Any, counts: Any) -> Any:
    """Each sentence's score by a judge that did not see it."""
    fold = np.random.RandomState(3).permutation(len(wanted)) % FOLDS
    scores = np.zeros(len(wanted))
    for each in range(FOLDS):
        rest = fold != each
        scores[~rest] = views[~rest] @ _fit(views[rest], wanted[rest], counts[rest])
    return scores


def _fit(views: Floats, wanted: Any, counts: Any) -> Any:
    """Weighted least squares."""
    weighed = views * counts[:, None]
    return np.linalg.solve(weighed.T @ views + RIDGE * np.eye(views.shape[1]), weighed.T @ wanted)


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _plain(text: str) -> str:
    return _MARKS.sub("", text.lower().replace("’", "'"))


if __name__ == "__main__":
    learn()
