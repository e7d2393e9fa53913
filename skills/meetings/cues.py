"""How people put decisions, tasks, questions and figures: `data/cues_LANGUAGE.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

Patterns = tuple[re.Pattern[str], ...]

ENGLISH_NAME = r"[A-Z][\w'-]+"

MEETINGS = 16
"""Of so many meetings the patterns with their people's names are kept."""

NAMED = ("theirs", "request")
"""The patterns that names stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The patterns of one language. Owners are in the group `owner`."""

    decided: Patterns
    decision: Patterns
    not_decision: Patterns
    proposal: Patterns
    agrees: Patterns
    opinion: Patterns
    mine: Patterns
    mine_dated: Patterns
    yours: Patterns
    theirs: Patterns
    nobodys: Patterns
    not_todo: Patterns
    accepts: Patterns
    request: Patterns
    report: Patterns
    due: Patterns
    open: Patterns
    unanswered: Patterns
    chapter: Patterns
    figures: Patterns
    topic: re.Pattern[str]
    filler: re.Pattern[str]
    not_names: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Whether a word that looks like a name may be one."""
        return not self.not_names & ({word} if word.isascii() else {word, word[:2]})


def cues(language: str, people: Iterable[str] = ()) -> Cues:
    """The patterns of a language; `people` are known to be names."""
    known = tuple(people)
    return _with(known, language) if known else _cues(language)


@lru_cache(MEETINGS)
def _with(people: tuple[str, ...], language: str) -> Cues:
    """The patterns of a language in which some people are known by name."""
    data, known = _data(language), _cues(language)
    named = {key: _compiled(data[key], data, people) for key in NAMED}
    return replace(known, not_names=known.not_names - set(people), **named)


@cache
def _cues(language: str) -> Cues:
    data = _data(language)
    lists = {key: each for key, each in data.items() if isinstance(each, list)}
    return Cues(
        topic=_compiled([data["topic"]], data)[0],
        filler=_compiled([data["filler"]], data)[0],
        not_names=frozenset(data["not_names"].split()),
        **{key: _compiled(each, data) for key, each in lists.items()},
    )


@cache
def _data(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"cues_{language}.yaml").read_text("utf-8"))
    return loaded


def _compiled(
    patterns: Iterable[str], data: Mapping[str, Any], people: tuple[str, ...] = ()
) -> Patterns:
    parts = {
        "name": _name(data, people),
        "act": _any_of(data["acts"].split()),
        "due": f"(?:{'|'.join(data['due'])})",
        **data["parts"],
    }
    return tuple(re.compile(_filled(pattern, parts), re.IGNORECASE) for pattern in patterns)


def first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first match of any pattern, in the order of the patterns."""
    return next((found for pattern in patterns if (found := pattern.search(text))), None)


def _name(data: Mapping[str, Any], people: tuple[str, ...]) -> str:
    """What a name is: one of `people`, or what looks like one: a capital in English (whatever the
    rest of the pattern ignores); in Chinese a surname and one or two characters, what one is called
    by (小, 老 and 阿, 姐 and 老师, the family), or a department."""
    known = [re.escape(each) for each in people]
    if "surnames" not in data:
        return f"(?<!the )(?-i:{_any_of([*known, ENGLISH_NAME])})"
    surname, after = data["surnames"], data["after_name"]
    own = rf"(?:[^\W\d_A-Za-z{after}]|明(?![天年早晚日]))"
    title = data["titles"].replace(" ", "|")
    team = data["teams"].replace(" ", "|")
    titled = rf"[小老阿][{surname}]|[{surname}](?:{title})|(?:{team})部"
    return _any_of([*known, titled, rf"[{surname}]{own}{{1,2}}"])


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts put in, and theirs."""
    while found := re.search(r"\{([a-z]+)\}", pattern):
        pattern = pattern.replace(found[0], parts[found[1]])
    return pattern
