"""How people put decisions, tasks, questions and figures: `data/cues_LANGUAGE.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

Patterns = tuple[re.Pattern[str], ...]

ENGLISH_NAME = r"[A-Z][\w'-]+"

STAND_IN = 0x10400
"""The first of forty capital letters that nobody writes (Deseret): each stands for one person whose
name is known, so that the patterns are the same for all meetings."""

STAND_INS = 40

KNOWN = f"[{chr(STAND_IN)}-{chr(STAND_IN + STAND_INS - 1)}]"
"""Any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The patterns of one language. Owners are in the group `owner`."""

    decided: Patterns
    decision: Patterns
    not_decision: Patterns
    proposal: Patterns
    agrees: Patterns
    consent: Patterns
    offer: Patterns
    welcome: Patterns
    orders: Patterns
    summing: Patterns
    turning: Patterns
    fact: Patterns
    opinion: Patterns
    courtesy: Patterns
    mine: Patterns
    mine_dated: Patterns
    yours: Patterns
    theirs: Patterns
    nobodys: Patterns
    not_todo: Patterns
    accepts: Patterns
    besides: Patterns
    who: Patterns
    when: Patterns
    person: Patterns
    me: Patterns
    you: Patterns
    request: Patterns
    report: Patterns
    due: Patterns
    clock: re.Pattern[str]
    pointing: Patterns
    deadline: re.Pattern[str]
    open: Patterns
    unanswered: Patterns
    chapter: Patterns
    figures: Patterns
    topic: re.Pattern[str]
    filler: re.Pattern[str]
    not_names: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Whether a word that looks like a name may be one."""
        if word.startswith("I'"):
            return False
        return not self.not_names & ({word} if word.isascii() else {word, word[:2]})


@cache
def cues(language: str) -> Cues:
    """The patterns of a language."""
    data = yaml.safe_load((DATA / f"cues_{language}.yaml").read_text(encoding="utf-8"))
    parts = {
        "name": _name(data),
        "known": KNOWN,
        "act": _any_of(data["acts"].split()),
        "due": f"(?:{'|'.join(data['due'])})",
        **data["parts"],
    }

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(_filled(pattern, parts), re.IGNORECASE)

    return Cues(
        topic=compiled(data["topic"]),
        clock=compiled(data["clock"]),
        deadline=compiled(data["deadline"]),
        filler=compiled(data["filler"]),
        not_names=frozenset(data["not_names"].split()),
        **{key: tuple(map(compiled, each)) for key, each in data.items() if isinstance(each, list)},
    )


@cache
def kinds(known: Cues) -> Mapping[str, Patterns]:
    """The patterns of a language by what they show."""
    held = {each.name: getattr(known, each.name) for each in fields(known)}
    return {kind: found for kind, found in held.items() if isinstance(found, tuple)}


class People:
    """The people whose names are known, put into a text as their stand-ins and taken out again."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))[:STAND_INS]
        self._letters = {each: chr(STAND_IN + at) for at, each in enumerate(self.names)}
        words = (rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in self.names)
        self._named = re.compile("|".join(sorted(words, key=len, reverse=True)) or r"(?!)")

    def veiled(self, text: str) -> str:
        """A text with stand-ins for the names."""
        return plain(self._named.sub(lambda found: self._letters[found[0]], text))

    def named(self, text: str) -> list[str]:
        """The names in a text."""
        return self._named.findall(text)

    def name(self, found: str) -> str:
        """The name that a pattern found in a veiled text."""
        at = ord(found[0]) - STAND_IN
        return self.names[at] if 0 <= at < len(self.names) else found


def first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first match of any pattern, in the order of the patterns."""
    text = plain(text)
    return next((found for pattern in patterns if (found := pattern.search(text))), None)


def plain(text: str) -> str:
    """A text as the patterns are written: with 你 for the polite 您."""
    return text.replace("您", "你")


def _name(data: Mapping[str, Any]) -> str:
    """What a name is: a stand-in, or what looks like one: a capital in English (whatever the rest of
    the pattern ignores); in Chinese a surname and one or two characters, what one is called by (小,
    老 and 阿, 姐 and 老师), or a department."""
    if "surnames" not in data:
        return f"(?<!the )(?-i:{_any_of([KNOWN, ENGLISH_NAME])})"
    surname, after = data["surnames"], data["after_name"]
    own = rf"(?:[^\W\d_A-Za-z{after}]|明(?![天年早晚日]))"
    title = data["titles"].replace(" ", "|")
    team = data["teams"].replace(" ", "|")
    titled = rf"[小老阿][{surname}]|[{surname}](?:{title})|(?:{team})部"
    return _any_of([KNOWN, titled, rf"[{surname}]{own}{{1,2}}"])


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts put in, and theirs."""
    while found := re.search(r"\{([a-z]+)\}", pattern):
        pattern = pattern.replace(found[0], parts[found[1]])
    return pattern
