"""What a sentence speaks of: families of words, and rules that say which of them come together.

A family (capitals) is a list of words and phrases. English ones stand for their inflections, too; `word!`
stands for itself alone. A rule names families, or words in lower case, that follow each other closely:

    WANT HURT PERSON        in this order, with a few words between at most
    GROUP & BAD             both somewhere in the sentence
    KILL PERSON & -GAME     the first without the second
    HIDE ... PARENTS        in this order, wherever they are
    CAT|DOG                 either

Phrases of the family HARMLESS are taken out of a sentence first: "killer whale" kills nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""Where words stand: the first, and the one behind the last."""
Found: TypeAlias = Mapping[str, Sequence[Span]]
"""Where each family and each word of a rule occurs."""

REACH = {"en": 4, "zh": 6}
"""So many words (or Chinese signs) may stand between two that a rule names next to each other."""
HARMLESS = "HARMLESS"
ANYWHERE = "..."
FAR = 1000
"""More words than a sentence has."""

_SENTENCE = re.compile(r"[.!?;。！？；\n]+")
_WORDS = re.compile(r"[a-z0-9]+|[㐀-鿿]")
_FULL = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\bany more\b"), "anymore"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'s\b"), ""),
)
_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdglmnprt]$")


class Vocabulary:
    """The families of one language, ready to be found in sentences."""

    def __init__(
        self, families: Mapping[str, str], language: str, irregular: Mapping[str, str]
    ) -> None:
        """`families`: their words, with commas between; `irregular`: further forms of a word."""
        self._language = language
        self._irregular = {word: forms.split() for word, forms in irregular.items()}
        self._families = families.keys()
        self._known: dict[tuple[str, ...], set[str]] = {}
        for name, listed in families.items():
            for phrase in listed.split(","):
                self._add(phrase.strip(), name)

    def rule(self, text: str) -> Rule:
        """Read a rule. Its words in lower case are found from now on."""
        rule = Rule(text, REACH[self._language])
        for name in rule.names - self._families:
            if name.isupper():
                raise ValueError(f"the rule {text!r} names {name}, which is no family")
            self._add(name, name)
        return rule

    def sentences(self, text: str) -> Iterator[Found]:
        """What is found in each sentence of a text."""
        low = text.lower().replace("’", "'")
        for pattern, full in _FULL:
            low = pattern.sub(full, low)
        for sentence in _SENTENCE.split(low):
            if words := _WORDS.findall(sentence):
                yield self._found(words)

    def _found(self, words: list[str]) -> Found:
        found: dict[str, list[Span]] = {}
        for start, end, names in self._spans(words):
            if HARMLESS in names:
                words[start:end] = [""] * (end - start)
        for start, end, names in self._spans(words):
            for name in names:
                found.setdefault(name, []).append((start, end))
        return found

    def _spans(self, words: list[str]) -> Iterator[tuple[int, int, set[str]]]:
        for start in range(len(words)):
            for end in range(min(len(words), start + self._longest), start, -1):
                if names := self._known.get(tuple(words[start:end])):
                    yield start, end, names

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._known))

    def _add(self, phrase: str, name: str) -> None:
        for form in self._forms(phrase):
            self._known.setdefault(tuple(_WORDS.findall(form)), set()).add(name)

    def _forms(self, phrase: str) -> set[str]:
        """A phrase, and with its first or its last word inflected."""
        if phrase.endswith("!") or self._language == "zh":
            return {phrase.removesuffix("!")}
        first, *others = phrase.split()
        if not others:
            return self._inflected(first)
        *middle, last = others
        rest, begun = " ".join(others), " ".join([first, *middle])
        return {f"{word} {rest}" for word in self._inflected(first)} | {
            f"{begun} {word}" for word in self._inflected(last)
        }

    def _inflected(self, word: str) -> set[str]:
        return {word, *self._irregular.get(word, ()), *_regular(word)}


def _regular(word: str) -> Iterator[str]:
    """Plural, third person, past and -ing: of every word, as if it were a noun and a verb."""
    if len(word) < 3 or not word.isalpha():
        return
    if re.search(r"[^aeiou]y$", word):
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    elif word.endswith("e"):
        yield from (word + "s", word + "d", (word if word[-2] in "eo" else word[:-1]) + "ing")
    else:
        stem = word + word[-1] if _DOUBLED.search(word) else word
        plural = "es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s"
        yield from (word + plural, stem + "ed", stem + "ing")


class Rule:
    """Which families must be in a sentence, and how they follow each other."""

    def __init__(self, text: str, reach: int) -> None:
        self._reach = reach
        parts = [part.strip() for part in text.split("&")]
        self._without = [part[1:].split("|") for part in parts if part.startswith("-")]
        self._needed = [
            [item.split("|") for item in part.split()] for part in parts if part[0] != "-"
        ]

    @property
    def names(self) -> set[str]:
        """The families and words it names."""
        items = [item for part in self._needed for item in part] + self._without
        return {name for item in items for name in item} - {ANYWHERE}

    @property
    def first(self) -> list[str]:
        """The families and words of which one must be there."""
        return self._needed[0][0]

    def holds(self, found: Found) -> bool:
        """Whether a sentence is such a one."""
        return all(self._follow(part, found) for part in self._needed) and not any(
            name in found for names in self._without for name in names
        )

    def _follow(self, items: list[list[str]], found: Found) -> bool:
        ends: set[int] = set()
        reach = self._reach
        for names in items:
            if names == [ANYWHERE]:
                reach = FAR
                continue
            spans = [span for name in names for span in found.get(name, ())]
            ends = {
                end
                for start, end in spans
                if not ends or any(0 <= start - before <= reach for before in ends)
            }
            if not ends:
                return False
            reach = self._reach
        return True
