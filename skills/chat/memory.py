"""What the household asked to be remembered: listed, used in talk, and deleted on request."""

from __future__ import annotations

import re

from voice_assistant.skill import Store
from voice_assistant.terms import stopwords, terms

MOST = 200
"""Facts kept; the oldest goes first."""
RELEVANT = 4
"""Facts that a talk is reminded of at most."""

_SWAPS = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "me": "you",
    "my": "your", "mine": "yours", "am": "are", "myself": "yourself", "we": "you",
    "we're": "you're", "we've": "you've", "our": "your", "ours": "yours", "us": "you",
}  # fmt: skip
_I_WAS = re.compile(r"\bi was\b", re.IGNORECASE)
_WORD = re.compile(r"[\w']+")
_ABOUT_US = re.compile(r"\b(?:i|me|my|we|our|us|i'm|we're)\b|我|咱")


class Memory:
    """Facts in the user's own words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def facts(self) -> list[str]:
        """All of them, the oldest first."""
        return list(self._store.get("facts", []))

    def add(self, fact: str) -> None:
        """Keep a fact; it is on disk when this returns."""
        facts = [f for f in self.facts if f.lower() != fact.lower()]
        self._store.set("facts", [*facts, fact][-MOST:])

    def remove(self, about: str) -> list[str]:
        """Forget the facts that hold all of these words; those forgotten."""
        wanted = set(terms(about)) - stopwords("en") - stopwords("zh")
        gone = [f for f in self.facts if wanted and wanted <= set(terms(f))]
        if gone:
            self._store.set("facts", [f for f in self.facts if f not in gone])
        return gone

    def clear(self) -> None:
        """Forget everything."""
        self._store.delete("facts")

    def about(self, text: str, language: str) -> list[str]:
        """The facts that share a word with an utterance."""
        words = set(terms(text)) - stopwords(language)
        return [f for f in self.facts if words & set(terms(f))]

    def relevant(self, text: str, language: str) -> list[str]:
        """The facts that matter to an utterance: those that share a word with it, and where it is
        about the household, the latest."""
        close, facts = self.about(text, language), self.facts
        if not close and _ABOUT_US.search(text.lower()):
            close = facts[-2:]
        return close[-RELEVANT:]


def told_back(fact: str, language: str) -> str:
    """The fact as it is said to the one who told it: "my" becomes "your"."""
    if language == "zh":
        return fact.replace("我们", "你们").replace("我", "你")
    return _WORD.sub(lambda m: _SWAPS.get(m[0].lower(), m[0]), _I_WAS.sub("you were", fact))
