"""A spoken brief for a draft: whom it is for, what it is about, and its clauses.

A recogniser writes talk without its full stops. A new clause begins where one is heard to begin: at
a pause, at a new subject, at a price; what is cut wrongly reads badly but says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from voice_assistant.normal import language_of

from .cues import DATA, Patterns, cues, first
from .meeting import Meeting, Segment

SUBJECT = {"en": 9, "zh": 16}
"""Words (in Chinese characters) of a clause that can stand as a subject."""

PLANS = frozenset({"proposal", "campaign"})
"""Kinds of drafts whose briefs begin with what it is about, whether they say so or not."""

_PAUSE = re.compile(r"(?<!\d)[,;:]\s+|[，；。！？：]|(?<=[.!?])\s+|(?<=[一-鿿])\s+(?=[一-鿿\d])")
_ALWAYS_CAPITAL = re.compile(
    r"\b(?:i(?=\b(?!\.))|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march(?! \w+ing)"
    r"|april|(?<=in )may|(?<=by )may|(?<=from )may|(?<=next )may|june|july|august"
    r"|september|october|november|december|easter|christmas)\b"
)
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof)\.? \w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What somebody wants written."""

    language: str
    to: str = ""
    """For whom, as said; empty where nobody was named."""
    topic: str = ""
    """What it is about."""
    clauses: tuple[str, ...] = ()
    """What it is to say, apart from the topic."""

    def shares(self, senses: Collection[str]) -> dict[str, list[str]]:
        """The clauses by their sense, of those that a draft has a place for; what has none of them
        is `rest`, so that nothing is lost."""
        found: dict[str, list[str]] = {"topic": [self.topic] if self.topic else [], "rest": []}
        for clause in self.clauses:
            found.setdefault(self._sense(clause, senses), []).append(clause)
        for each in senses:
            if each not in found and self.topic and self._sense(self.topic, {each}) == each:
                found[each] = [self.topic]  # one sentence says it all
        return found

    def _sense(self, clause: str, senses: Collection[str]) -> str:
        """What a clause is about."""
        known = ((name, each) for name, each in _senses(self.language).items() if name in senses)
        return next((name for name, patterns in known if first(patterns, clause)), "rest")


def read_brief(text: str, kind: str = "") -> Brief:
    """A brief for a draft of a kind, without the request that it begins with."""
    language = language_of(text)
    known, to, about = words(language), "", False
    rest = text.strip()
    for pattern in _compiled(known["frames"]):
        if found := pattern.match(rest):
            parts = found.groupdict()
            to = to or (parts.get("to") or "").strip(" ,，")
            about = about or parts.get("about") is not None
            rest = rest[found.end() :]
    cut = [each for part in _PAUSE.split(rest) if part for each in _cut(part, language)]
    clauses = [each for each in cut if not re.match(known["request"], each, re.IGNORECASE)]
    topic = clauses[0] if clauses and (about or kind in PLANS) and kind != "agenda" else ""
    return Brief(
        language=language,
        to=to,
        topic=re.sub(known["tail"], "", topic),
        clauses=tuple(clauses[1:] if topic else clauses),
    )


def from_brief(text: str, day: str) -> Meeting:
    """A spoken brief as a meeting of one voice, a clause each."""
    brief = read_brief(text)
    clauses = (brief.topic, *brief.clauses) if brief.topic else brief.clauses
    said = (Segment(id=at, start=0.0, end=0.0, text=each) for at, each in enumerate(clauses, 1))
    return Meeting(id="", title="", day=day, segments=tuple(said))


def _cut(text: str, language: str) -> Iterator[str]:
    """The clauses of words between two pauses."""
    known = words(language)
    joins = frozenset(known["joins"].split())
    begin = 0
    for found in re.finditer(known["cut"], text, re.IGNORECASE):
        before = text[begin : found.start()].strip()
        last = before.rsplit(" ", 1)[-1].casefold()
        if len(before) >= known["shortest"] and last not in joins:
            yield before
            begin = found.start()
    if last := text[begin:].strip(" ,，"):
        yield last


def subject(told: str, language: str) -> str:
    """A sentence that is short enough to stand over a letter."""
    words = len(told) if language == "zh" else len(told.split())
    return told.rstrip(".。？?") if words <= SUBJECT[language] else ""


def sentence(clause: str, language: str) -> str:
    """A clause as a sentence is written."""
    clause = clause.strip(" ,，.。?？")
    asks = first(_compiled(words(language)["asks"]), clause)
    if language == "zh":
        return f"{clause}{'？' if asks else '。'}"
    clause = re.sub(r"^(?:and|so|then|also) (?=\w)", "", clause, flags=re.IGNORECASE)
    return f"{capital(clause)}{'?' if asks else '.'}"


def capital(text: str) -> str:
    """English with its capitals, where a recogniser left them out."""
    text = _ALWAYS_CAPITAL.sub(lambda found: found[0].capitalize(), text)
    text = _TITLED.sub(lambda found: found[0].title(), text)
    return text[:1].upper() + text[1:]


def addressed(clause: str, brief: Brief, tone: str) -> str:
    """A clause as one says it to the person it is written to: "they should come" is "please come"."""
    known = words(brief.language)
    many = re.search(known["many"], brief.to, re.IGNORECASE)
    you = known["you"]["many" if many else tone]
    for pattern, instead in known["to_them"]:
        said = instead.replace("{you}", you)
        clause = re.sub(pattern, said, clause, count=1, flags=re.IGNORECASE)
    return clause


def sense(language: str, name: str) -> Patterns:
    """What a sense of clauses is told by."""
    return _senses(language)[name]


@cache
def _senses(language: str) -> dict[str, Patterns]:
    named = {name: _compiled(each) for name, each in words(language)["senses"].items()}
    return {**named, "dates": (*named["dates"], *cues(language).due)}


@cache
def words(language: str) -> dict[str, Any]:
    """How briefs are put in a language."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "briefs.yaml").read_text("utf-8"))[language]
    return loaded


def _compiled(patterns: Iterable[str]) -> Patterns:
    return tuple(re.compile(each, re.IGNORECASE) for each in patterns)
