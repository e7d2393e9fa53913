"""A question to what is written on this machine, read: its terms, and what would answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from voice_assistant import values
from voice_assistant.answers import NEVER
from voice_assistant.most import Most
from voice_assistant.terms import stopwords, terms
from voice_assistant.texts import load

LONGEST_TITLE = 6
"""Terms of a title that is looked for in a question."""

_COUNTED = re.compile(
    r"\bhow many (?:\w+ )??(?P<noun>\w+)"
    r"(?= (?:is|are|was|were|do|does|did|has|have|can|in|on|of|make|live)\b|$)"
)
_KIND = re.compile(r"(?:\w+ )?(?:which|what) (?!is\b|are\b|was\b|were\b|do|did)(\w+)")
_LIFE = re.compile(r"\b(?:born|birth|died?|death|killed|married)\b")
_WHEN = re.compile(r"^(?:since |until )?when\b|\bhow (?:old|long ago)\b|\bwhat year\b")
_CALLED = re.compile(r"^what (?:is|are|was|were) .* called$")
_NUMBERED = re.compile(
    r"\b(?P<name>\w+) the (?P<ordinal>first|second|third|\w+th)(?=$|'s\b"
    r"| (?:of|was|is|did|die|died|live|rule|reign|born|become|became|marry|come|came|when)\b)"
    r"|\b(?P<high>tenth|eleventh|twelfth|\w+teenth|\w+tieth)\b"
)
"""Ordinals that an encyclopaedia writes in figures: of kings, and from ten on."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_NAMED = re.compile(r"\b[A-Z][^\W\d_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, read."""

    text: str
    language: str
    terms: tuple[str, ...]
    """Those that carry meaning."""
    all_terms: tuple[str, ...]
    """All, in order."""
    thing: str
    """The terms of what a question for a definition is about; empty for any other question."""
    wants: tuple[re.Pattern[str], ...]
    """What a sentence has that gives what is asked for: a year, a number, a name."""
    kind: str
    """The term of what kind of thing is asked for: "country" of "which country"; an answer names
    one and need not say so."""
    counted: str
    """The term of what is to be counted: "leg"; empty where nothing is."""
    most: Most | None
    """The most of a kind that it asks for."""
    of_itself: bool
    """Whether only the article on what is named says it: its size, its number of something."""
    of_now: bool
    """Whether only the household could have written it down: it is about today, or about them."""

    @classmethod
    def of(cls, text: str, language: str) -> Question:
        """Read a question."""
        data = load(f"knowledge_{language}")
        bare = _bare(text, data)
        definition = re.match(data["definition"], bare)
        thing = next((g for g in definition.groups() if g), "") if definition else ""
        kind = _KIND.match(bare)
        counted = _COUNTED.search(bare)
        return cls(
            text=bare,
            language=language,
            terms=tuple(dict.fromkeys(_telling(bare, language))),
            all_terms=tuple(terms(bare)),
            thing=" ".join(terms(thing)),
            wants=tuple(answer for asks, answer in _wants(language) if asks.search(bare)),
            kind=terms(kind[1])[0] if kind else "",
            counted=terms(counted["noun"])[0] if counted else "",
            most=Most.of(bare, language),
            of_itself=any(
                w.get("itself") and re.search(w["question"], bare) for w in data["wants"]
            ),
            of_now=bool(re.search(data["not_written"], bare)),
        )

    @property
    def asks_who(self) -> bool:
        """Whether somebody is asked for."""
        return self.text.startswith("who ")

    @property
    def asks_name(self) -> bool:
        """Whether it is asked what something is called, that is told by what it is."""
        return bool(_CALLED.search(self.text))

    @property
    def asks_when(self) -> bool:
        """Whether a date is asked for."""
        return bool(_WHEN.search(self.text))

    @property
    def asks_now(self) -> bool:
        """Whether it is asked who is something to something now: "who is the king of Spain"."""
        return bool(re.search(load(f"knowledge_{self.language}")["offices"], self.text))

    @property
    def of_a_life(self) -> bool:
        """Whether the article on a person says it: who somebody was, when he was born."""
        return self.asks_who or (self.asks_when and bool(_LIFE.search(self.text)))

    def title_keys(self) -> Iterator[str]:
        """Everything in the question that might be a title."""
        every = self.all_terms
        for start in range(len(every)):
            for end in range(start + 1, min(start + LONGEST_TITLE, len(every)) + 1):
                yield " ".join(every[start:end])

    def is_given(self, sentence: str) -> bool:
        """Whether a sentence has what is asked for, other than in the question's own names."""
        for want in self.wants:
            for found in want.finditer(sentence):
                names = terms(" ".join(_NAMED.findall(found[0])))
                if not names or not set(names) <= set(self.all_terms):
                    return True
        return False


@cache
def light(language: str) -> frozenset[str]:
    """Terms that are said in all kinds of questions: "come", "begin"."""
    words = load(f"knowledge_{language}")["light"].split()
    return frozenset(t for word in words for t in terms(word))


def little_words(language: str) -> re.Pattern[str]:
    """Chinese little words, the longest first: they would stand in pairs with the characters of
    others, for there are no spaces."""
    return re.compile(
        "|".join(sorted(load(f"knowledge_{language}")["stop"].split(), key=len, reverse=True))
    )


def _bare(text: str, data: dict[str, Any]) -> str:
    """A question without what is said around it, in the words of an encyclopaedia."""
    bare = text.strip().rstrip("?？.。! ").lower().replace("’", "'")
    for _ in range(2):
        for frame in data["frames"]:
            bare = re.sub(frame, "", bare).strip()
    for pattern, better in data["rewrites"]:
        bare = re.sub(pattern, better, bare)
    return _NUMBERED.sub(_numbered, bare)


def _numbered(said: re.Match[str]) -> str:
    """An ordinal as an encyclopaedia writes it: Henry VIII, the 18th president."""
    number = values.parse("ordinal", said["ordinal"] or said["high"], "en", NEVER)
    name = said["name"]
    if name and isinstance(number, int) and not set(terms(name)) <= stopwords("en"):
        return f"{name} {_ROMAN[number - 1]}" if number <= len(_ROMAN) else said[0]
    return f"{number}th" if said["high"] else said[0]


def _telling(text: str, language: str) -> list[str]:
    """The terms that carry meaning."""
    if language == "zh":
        text = little_words(language).sub(" ", text)
    return [t for t in terms(text) if t not in stopwords(language)]


@cache
def _wants(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(want["question"]), re.compile(want["answer"]))
        for want in load(f"knowledge_{language}")["wants"]
    )
