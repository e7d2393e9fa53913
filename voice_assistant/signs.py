"""What tells a passage that answers a question from one that does not, and a sentence that says it:
features from 0 to 1 (few reach further) that a person can check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice_assistant.question import Question, light
from voice_assistant.sentences import Splitter
from voice_assistant.terms import kin, terms

UNSAID = 3.0
"""How narrow it is where nothing is called the most of its kind."""

KIN, BEGUN = 0.85, 0.7
"""What it counts that a word of the same meaning is there, or one that begins so: coast, coastline."""
BEGINNING = 4
"""Letters of such a beginning."""
LIGHT = 0.3
"""What a word counts that is said in all kinds of questions, of its rarity."""
_NUMBER = re.compile(
    r"\d|^(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:twen|thir|four|for|fif|six|seven|eigh|nine)(?:teen|ty)"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|pairs?|several|many|single|both)$"
)
_REACH = 4
"""Words from a number to what it counts."""
_BEFORE = 3
"""And to what stands before it: a population exceeding 134 million."""
_PERSON = re.compile(
    r"\((?:c\. ?)?\d{3,4}(?:/\d+)?\s?[–-]\s?(?:c\. ?)?\d{2,4}\)|\(born |\bBC\b"
    r"|\b(?:r\.|from) \d{3,4}(?: to |–)"
)
_DEAD = re.compile(r"\d{3,4}\)|\bBC\b|\buntil (?:his|her) |\bfrom \d{3,4} to \d{3,4}")
_YEARS = re.compile(r"\((?:\w+ )?\d{3,4}|from \d{3,4} to \d{3,4}|(?:^|: )\d{3,4}(?:–\d{2,4})?\b")
_ENDS = ("", "s", "es", "'s")
"""What a title may end in where a question names it: whales, Plato's."""
_QUALIFIED = re.compile(r"\s*\([^)]*\)$|, .*$")
"""What tells a title from others like it: Dune (novel), Nashville, Tennessee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage, as it is judged."""

    title: str
    about: str
    """What the title is, in a few words."""
    text: str
    rank: float = 1.0
    """How well its words fit, as a share of the best one's."""
    lead: float = 0.0
    """By what share the best one is better than the next; 0 of all others."""
    near: tuple[float, ...] = ()
    """How near each sentence is to the question, where that is known; at last what the title is."""
    near_lead: float = 0.0
    """How much nearer the nearest of them is than those of all other passages."""


Features = dict[str, float]


class Signs:
    """Reads passages for one question. `rarity`: of each of its terms, from 0 to 1."""

    def __init__(self, question: Question, rarity: Mapping[str, float]) -> None:
        self._question = question
        self._kin = kin(question.language)
        self._alike = {*question.terms}.union(*(self._kin.get(t, ()) for t in question.terms))
        self._begun = {t[:BEGINNING] for t in question.terms if len(t) >= BEGINNING}
        small = light(question.language) | ({question.kind} if not question.most else set())
        self._rarity = {
            t: rarity.get(t, 1.0) * (LIGHT if t in small else 1.0) for t in question.terms
        }
        self._pairs = {
            (a, b): min(self._rarity[a], self._rarity[b])
            for a, b in pairwise(question.all_terms)
            if a in self._rarity and b in self._rarity
        }
        """The words that stand together in the question: "Animal Farm", "steam engine"."""

    def passage(self, text: Text, said: Sequence[Features]) -> Features:
        """What tells a passage that answers, from those of its sentences."""
        question, title = self._question, title_terms(text.title)
        bare = _QUALIFIED.sub("", text.title).lower()
        person = bool(_PERSON.search(text.about))
        beside = [t for t in question.terms if t not in title]
        silent = all(each["not_given"] for each in said)
        beyond = question.of_itself and (silent or set(title).isdisjoint(question.terms))
        unsaid = bool(beside) and not any(each["adds"] for each in said)
        return {
            "rank": text.rank,
            "lead": text.lead,
            "named": float(
                bool(title) and all(self._held(t, set(question.all_terms)) for t in title)
            ),
            "named_so": float(any(f" {bare}{end} " in f" {question.text} " for end in _ENDS)),
            "subject": self._share(question.terms, set(title)),
            "is_thing": float(bool(title) and question.thing == " ".join(title)),
            "apart": min(each["apart"] for each in said),
            "covered": max(each["covered"] for each in said),
            "lost": min(each["lost"] for each in said),
            "says": max(map(says, said)),
            "not_given": min(each["not_given"] for each in said),
            "not_counted": min(each["not_counted"] for each in said),
            "is_most": float(bool(question.most) and min(e["narrowed"] for e in said) < 1),
            "narrowed": min(each["narrowed"] for each in said),
            "short": 1 / max(1, len(question.terms)),
            "against": float(beyond or (question.asks_now and bool(_DEAD.search(text.about)))),
            "life": float(question.of_a_life and person),
            "unsaid": float(unsaid),
            "who_unsaid": float(question.asks_who and unsaid),
            "near": max(each["near"] for each in said),
            "near_mean": sum(each["near"] for each in said) / len(said),
            "near_lead": text.near_lead,
        }

    def sentences(self, text: Text) -> tuple[list[str], list[Features]]:
        """The sentences of a passage, at last what the title is, and what tells the one that
        answers."""
        whole = told(text.title, text.about, text.text)
        title = title_terms(text.title)
        known = self._telling({*title, *terms(text.title), *terms(text.about)})
        itself = self._is_asked_for(text, title)
        features = [self._sentence(s, title, known, itself=itself) for s in whole]
        features[0] |= {"opening": 1.0, "opening_bare": features[0]["bare"]}
        if text.about:
            features[-1]["about"] = 1.0
        for each, near in zip(features, text.near, strict=False):
            each |= {"near": near, "near_gap": max(text.near) - near}
        return whole, features

    def _is_asked_for(self, text: Text, title: Sequence[str]) -> bool:
        """Whether a title, that the question does not name, is of the kind that is asked for."""
        question = self._question
        kind = question.asks_name or (
            _PERSON.search(text.about) if question.asks_who else question.kind in terms(text.about)
        )
        return bool(kind) and not set(title) <= set(question.all_terms)

    def _sentence(
        self, sentence: str, title: Sequence[str], known: set[str], *, itself: bool
    ) -> Features:
        question = self._question
        words = terms(sentence)
        held = self._telling({*words, *self._dates(sentence)})
        beside = [t for t in question.terms if t not in title]
        given = itself or question.is_given(sentence)
        return {
            "covered": self._share(question.terms, held | known),
            "lost": self._lost(held | known),
            "apart": self._apart(words),
            "adds": self._share(beside, held),
            "bare": float(not beside),
            "given": float(given),
            "not_given": float(bool(question.wants) and not given),
            "not_counted": float(bool(question.counted) and not self._counts(sentence)),
            "narrowed": self._narrowed(sentence, title),
            "opening": 0.0,
            "opening_bare": 0.0,
            "about": 0.0,
            "near": 0.0,
            "near_gap": 0.0,
        }

    def _share(self, asked: Sequence[str], held: set[str]) -> float:
        """The share of some terms' weight that is held; of none it is nothing."""
        total = sum(self._rarity[t] for t in asked)
        return sum(self._rarity[t] * self._held(t, held) for t in asked) / total if total else 0.0

    def _apart(self, words: Sequence[str]) -> float:
        """The share of words that stand together in the question and not in a sentence."""
        together = {*pairwise(words)}
        total = sum(self._pairs.values())
        apart = sum(weight for pair, weight in self._pairs.items() if pair not in together)
        return apart / total if total else 0.0

    def _lost(self, held: set[str]) -> float:
        """The weight of the rarest term that is not held."""
        return max((self._rarity[t] for t in self._rarity if not self._held(t, held)), default=0.0)

    def _telling(self, words: set[str]) -> set[str]:
        """Those of a sentence's terms that may hold one of the question's."""
        return {w for w in words if w in self._alike or w[:BEGINNING] in self._begun}

    def _held(self, term: str, held: set[str]) -> float:
        if term in held:
            return 1.0
        if not held.isdisjoint(self._kin.get(term, frozenset())):
            return KIN
        begun = (
            min(len(term), len(each)) >= BEGINNING
            and (each.startswith(term) or term.startswith(each))
            for each in held
        )
        return BEGUN if any(begun) else 0.0

    def _dates(self, sentence: str) -> set[str]:
        """What a sentence says by its years alone, to one who asks for them: "(1879–1955)" is when
        somebody was born and died, or when something began and ended."""
        said = self._question.asks_when and _YEARS.search(sentence)
        return set(terms("born died began ended")) if said else set()

    def _counts(self, sentence: str) -> bool:
        """Whether a sentence counts what is to be counted."""
        counted = self._question.counted
        alike = {counted} | self._kin.get(counted, frozenset())
        words = re.findall(r"[\w.,]+", sentence.lower().replace("-", " "))
        return any(
            _NUMBER.search(word)
            and not alike.isdisjoint(terms(" ".join(words[max(0, i - _BEFORE) : i + _REACH])))
            for i, word in enumerate(words)
        )

    def _narrowed(self, sentence: str, title: Sequence[str]) -> float:
        """How much less it is that a sentence calls the most of its kind than what is asked for."""
        most = self._question.most
        if most is None or most.term in title:
            return 0.0
        narrowed = most.narrowed(sentence)
        return UNSAID if narrowed is None else narrowed


def title_terms(title: str) -> list[str]:
    """The terms of a title without what tells it from others like it."""
    return terms(_QUALIFIED.sub("", title))


def told(title: str, about: str, text: str) -> list[str]:
    """The sentences of a passage, and at last what its title is."""
    return [*split(text), f"{title}: {about}."] if about else split(text)


def split(text: str) -> list[str]:
    """The sentences of a text."""
    splitter = Splitter(early=False)
    return [*splitter.feed(text), *splitter.finish()] or [text]


def says(features: Features) -> float:
    """How much of what is asked a sentence says, if it has what is asked for at all."""
    return features["given"] * max(features["adds"], features["bare"])
