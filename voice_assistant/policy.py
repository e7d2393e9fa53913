"""The household's rules: who may ask for what, and what may be said.

Applied to every request before its skill sees it, and to every sentence of the language model
before it is spoken. What to look for is data: data/policy_en.yaml and policy_zh.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from voice_assistant.hours import Hours, read_hours, within
from voice_assistant.settings import Household
from voice_assistant.texts import load
from voice_assistant.turn import Route

ALWAYS = frozenset({"assistant", "clock", "alarms", "timers", "volume", "profiles"})
"""Skills that quiet time, a child's time and the list of allowed skills leave alone: parents must get
out of all these by `profiles`."""

OPEN = frozenset({None, "chat", "knowledge", "assistant"})
"""Where a request goes that no skill of its own answers."""

_HAN = re.compile(r"[一-鿿]")
_FAMILY = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """The child that is speaking, and what its parents allow."""

    name: str = ""
    hours: Hours | None = None
    """When it is answered, from and until; None is always."""
    seconds_left: float | None = None
    """Of today; None is no limit."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules of one household."""

    household: Household
    now: Callable[[], datetime]
    child: Callable[[], Child | None] = lambda: None
    """The child that is speaking, if one is."""
    _hours: Hours | None = field(init=False)
    _quiet: Hours | None = field(init=False)

    def __post_init__(self) -> None:
        rules = self.household
        child = read_hours(rules.child_from, rules.child_until, "child")
        quiet = read_hours(rules.quiet_from, rules.quiet_until, "quiet")
        object.__setattr__(self, "_hours", child)
        object.__setattr__(self, "_quiet", quiet)

    def prepare(self) -> None:
        """Read the patterns, so that the first request does not wait a third of a second for it."""
        for text in ("a", "我"):
            self.refuse(text, Route(skill="chat", intent="talk", text=text))

    def quiet(self) -> bool:
        """Whether the household wants it softer now."""
        return self._quiet is not None and within(self._quiet, self.now())

    def refuse(self, text: str, route: Route) -> str | None:
        """The sentence that answers a request in the place of its skill, or None: go on."""
        language = "zh" if _HAN.search(text) else "en"
        if answer := crisis(text, language, chat=route.skill in OPEN):
            return answer
        if route.skill not in ALWAYS and route.skill is not None:
            allowed = self.household.allowed_skills
            if allowed and route.skill not in allowed:
                return _phrase("skill", language)
            if opens := self._closed():
                return _phrase("hours", language).format(time=opens)
            child = self.child()
            if child and child.seconds_left is not None and child.seconds_left <= 0:
                return _phrase("minutes", language).format(name=child.name)
        return self.instead(text, language)

    def instead(self, text: str, language: str) -> str | None:
        """What to say in the place of a sentence that is not for this household, or None."""
        for topic in topics(text, language):
            if load(f"policy_{language}")["topics"][topic].get("always"):
                return _phrase("always", language)
            if self.household.child_mode or self.child():
                return _phrase("child", language, len(text))
            if topic in self.household.blocked_topics:
                return _phrase("blocked", language)
        low = text.lower()
        if any(word.lower() in low for word in self.household.blocked_topics):
            return _phrase("blocked", language)
        return None

    def _closed(self) -> str | None:
        """When a child is answered again, if it is not now."""
        child = self.child()
        hours = child.hours if child and child.hours else self._hours
        if hours is None or not (child or self.household.child_mode):
            return None
        return None if within(hours, self.now()) else f"{hours[0]:%H:%M}"


def crisis(text: str, language: str, *, chat: bool = True) -> str | None:
    """The careful answer to somebody in need. `chat`: the request is for no skill in particular, so
    that "call an ambulance" is a cry and no reminder."""
    text = _without_harmless(text, language)
    for name, need in load(f"policy_{language}")["crisis"].items():
        if (chat or not need.get("chat")) and _pattern("crisis", name, language).search(text):
            return str(need["answer"])
    return None


def topics(text: str, language: str) -> Iterator[str]:
    """The delicate topics that a text touches, those that nobody gets help with first."""
    text = _without_harmless(text, language)
    names = load(f"policy_{language}")["topics"]
    for name in sorted(names, key=lambda n: not names[n].get("always")):
        if _pattern("topics", name, language).search(text):
            yield name


def _without_harmless(text: str, language: str) -> str:
    return _harmless(language).sub(" ", text.lower().replace("’", "'"))


@cache
def _harmless(language: str) -> re.Pattern[str]:
    return _any_of(load(f"policy_{language}")["harmless"], language)


@cache
def _pattern(kind: str, name: str, language: str) -> re.Pattern[str]:
    return _any_of(load(f"policy_{language}")[kind][name]["patterns"], language)


def _any_of(patterns: list[str], language: str) -> re.Pattern[str]:
    """Patterns as one, with the families of words that they name in braces."""
    families = load(f"policy_{language}")["families"]
    return re.compile(_FAMILY.sub(lambda m: families[m[1]], "|".join(patterns)))


def _phrase(key: str, language: str, turn: int = 0) -> str:
    phrase = load(f"policy_{language}")["phrases"][key]
    return phrase if isinstance(phrase, str) else str(phrase[turn % len(phrase)])
