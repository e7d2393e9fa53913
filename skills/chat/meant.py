"""What an utterance is about that wants a careful answer, by its meaning: news of a death, a fear, a
question about the assistant's own life. Small language models are glad over what is sad and invent a life
for themselves; these answers are written by hand, in data/meant_en.yaml and data/meant_zh.yaml.

An utterance is judged by the sentences of those files that it is near to, of both languages at once
(kernel ridge regression over the sentence embedding that the statistical match reads as well). After each
change of them: `python -m voice_assistant_skills.chat.meant`, a few seconds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from voice_assistant.embedding import Floats, embed, near
from voice_assistant.texts import read_yaml

from .wording import QUESTION

DATA = Path(__file__).parent / "data"
WEIGHTS = DATA / "meant.npz"
LANGUAGES = ("en", "zh")

PLAIN = "plain"
"""What a language model may answer."""
OWN = "asks_told"
"""A question for what the household itself told."""
SURE = 0.33
"""Score (1: one of its own, 0: none) from which a kind is meant. Of sentences held back 59 % find their kind
at it and at FEELING, 5 % another one, most of them one close by; 4 % of the plain ones are taken."""
FEELING = 0.38
"""The same for what is heavy or light: the wrong sorrow is worse than none."""
SURER = {"cry": 0.5}
"""The same for kinds that others lie close to: who cries may be somebody else."""
APART = 0.2
"""How much higher that is than the score of any kind of the other temper: nobody is congratulated on a loss."""
HEAVY = frozenset(
    "death missing ill guilt afraid lonely tired unfair failed mishap quarrel only_listen cry".split()
)
LIGHT = frozenset("joy laughed agreed good_talk".split())
ASKED = frozenset(("afraid", "guilt"))
"""Heavy ones that may be a question..."""
_DOUBT = re.compile(r"\b(?:what if|am i|was i)\b|万一|会不会|我是不是")
"""...of this form: "what if she says no?", "am I selfish?", but not "should I ask her?"."""
ITS = "its_"
"""How the kinds begin that are about the assistant itself."""
_DENIED = re.compile(
    r"\b(?:not|never|nobody|lost|failed|(?!can't (?:believe|wait))\w+n't)\b|没(?!想到|事)|不(?!错)|输|砸"
)
"""What good news does not say: by its meaning alone, an exam that was failed is near to one passed."""
_YOU = re.compile(r"\b(?:you|your|yourself)\b|[你您]")
RIDGE = 0.1
ASKED_APART = 0.3
"""How far what is asked stands from what is told, beside the embedding (of length 1)."""


class Known(NamedTuple):
    """What is learned."""

    kinds: tuple[str, ...]
    views: Floats
    """The sentences to compare with, a row each."""
    weights: Floats
    """What each of them says to each kind."""


@lru_cache(64)
def kind(text: str) -> str:
    """What kind of utterance a text is; PLAIN for all that wants no careful answer. Takes three
    milliseconds."""
    scores = dict(zip(_known().kinds, _scores(text), strict=True))
    best = max(scores, key=lambda each: scores[each])
    return best if _may_be(best, text.lower()) and _is_sure(best, scores) else PLAIN


def _may_be(kind: str, text: str) -> bool:
    """Whether an utterance of its form can be of a kind: a question about somebody's illness, say, is
    no news, one about another's family none about the assistant's, and what is denied no good news."""
    if kind.startswith(ITS):
        return bool(_YOU.search(text))
    if kind == "joy" and _DENIED.search(text):
        return False
    doubted = kind in ASKED and bool(_DOUBT.search(text))
    return kind not in HEAVY or doubted or not QUESTION.search(text)


def _is_sure(kind: str, scores: Mapping[str, float]) -> bool:
    other = LIGHT if kind in HEAVY else HEAVY if kind in LIGHT else None
    if other is None:
        return scores[kind] >= SURE
    return (
        scores[kind] >= SURER.get(kind, FEELING)
        and scores[kind] - max(scores[each] for each in other) >= APART
    )


def _scores(text: str) -> list[float]:
    known = _known()
    scores: list[float] = (near(_views([text]), known.views) @ known.weights)[0].tolist()
    return scores


def replies(kind: str, language: str, *, child: bool = False) -> Sequence[str]:
    """What is said to a kind of utterance, one after the other; to a child in easier words, where grown-up
    ones would not do."""
    data: Mapping[str, Sequence[str]] = wordings(language)["kinds"][kind]
    return data.get("child", data["replies"]) if child else data["replies"]


def listening(language: str) -> Sequence[str]:
    """What is said to more of something hard."""
    found: Sequence[str] = wordings(language)["listening"]
    return found


@cache
def wordings(language: str) -> Mapping[str, Any]:
    """All that is said and answered."""
    text = (DATA / f"meant_{language}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_yaml(text)
    return data


def learn() -> None:
    """Weigh the sentences, and keep that."""
    texts, labels = examples()
    kinds = tuple(dict.fromkeys(labels))
    views = _views(texts)
    scale = float(np.abs(views).max()) / 127
    packed = np.round(views / scale).astype(np.int8)
    weights = fitted(packed * np.float32(scale), labels, kinds)
    np.savez_compressed(
        WEIGHTS,
        digest=digest(),
        kinds=np.array(kinds),
        views=packed,
        scale=np.float32(scale),
        weights=weights.astype(np.float32),
    )


def fitted(views: Floats, labels: Sequence[str], kinds: Sequence[str]) -> Floats:
    """What each sentence says to each kind."""
    alike = near(views, views).astype(np.float64) + RIDGE * np.eye(len(views))
    wanted = np.array([[float(label == each) for each in kinds] for label in labels])
    weights: Floats = np.linalg.solve(alike, wanted)
    return weights


def examples() -> tuple[list[str], list[str]]:
    """The sentences of both languages, and of which kind each is."""
    rows = [(text, PLAIN) for each in LANGUAGES for text in wordings(each)[PLAIN]]
    for language in LANGUAGES:
        for name, data in wordings(language)["kinds"].items():
            rows += [(text, name) for text in data["said"]]
    return [text for text, _ in rows], [name for _, name in rows]


def digest() -> str:
    """Of all that is learned from; the weights carry it."""
    whole = hashlib.sha256(repr(examples()).encode())
    return whole.hexdigest()


def learned_from() -> str:
    """The digest that the shipped weights carry."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return str(kept["digest"])


@cache
def _known() -> Known:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        views = kept["views"].astype(np.float32) * kept["scale"]
        return Known(tuple(kept["kinds"].tolist()), views, kept["weights"])


def _views(texts: Sequence[str]) -> Floats:
    plain = [text.lower().strip(" .!?。！？") for text in texts]
    asked = np.array([bool(QUESTION.search(text.lower())) for text in texts])
    sides = np.where(asked, ASKED_APART, -ASKED_APART).astype(np.float32)
    return np.hstack([embed(plain), sides[:, None]])


if __name__ == "__main__":
    learn()
