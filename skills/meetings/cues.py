"""How people put decisions, tasks, questions and figures: `data/cues_LANGUAGE.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The patterns of one language. Owners are in the group `owner`."""

    decision: Patterns
    not_decision: Patterns
    mine: Patterns
    theirs: Patterns
    nobodys: Patterns
    not_todo: Patterns
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


@cache
def cues(language: str) -> Cues:
    """The patterns of a language."""
    data = yaml.safe_load((DATA / f"cues_{language}.yaml").read_text(encoding="utf-8"))
    parts = {
        "{name}": _name(data),
        "{act}": "(?:" + "|".join(sorted(data["acts"].split(), key=len, reverse=True)) + ")",
        "{number}": data["number"],
        "{date}": data["date"],
    }
    parts["{due}"] = "(?:" + "|".join(f"(?:{_fill(p, parts)})" for p in data["due"]) + ")"

    def compiled(key: str) -> Patterns:
        return tuple(re.compile(_fill(pattern, parts), re.IGNORECASE) for pattern in data[key])

    lists = "decision not_decision mine theirs nobodys not_todo report due open unanswered chapter figures"
    return Cues(
        **{key: compiled(key) for key in lists.split()},
        topic=re.compile(data["topic"], re.IGNORECASE),
        filler=re.compile(data["filler"], re.IGNORECASE),
        not_names=frozenset(str(data["not_names"]).split()),
    )


def first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first match of any pattern, in the order of the patterns."""
    return next((found for pattern in patterns if (found := pattern.search(text))), None)


def _name(data: Any) -> str:
    """What a name looks like: a capital in English (whatever the rest of the pattern ignores), a
    surname and one or two characters, 小 and 老 with a surname, or a
    department in Chinese."""
    if "surnames" not in data:
        return r"(?-i:[A-Z][\w'-]+)"
    surname, after = data["surnames"], data["after_name"]
    own = rf"(?:[^\W\d_A-Za-z{after}]|明(?![天年早晚日]))"
    titled = rf"[小老阿][{surname}]|[{surname}](?:总|工|经理|老师|主任)"
    team = "(?:市场|销售|财务|人事|技术|研发|设计|采购|行政|法务|运营|产品|客服|生产)部"
    return rf"(?:{titled}|{team}|[{surname}]{own}{{1,2}})"


def _fill(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern
