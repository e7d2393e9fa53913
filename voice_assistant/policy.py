"""The household's rules: who may ask for what, and what may be said.

Applied to every request before its skill sees it, and to every sentence of the language model
before it is spoken. Judges (hunch.py) find what is not for children, harmful, or somebody in need.
Rules in data/policy_en.yaml and policy_zh.yaml name the topics and the cries for help that they can
tell by the words, whose families are in data/policy_words_en.yaml and policy_words_zh.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from voice_assistant.hours import Hours, read_hours, within
from voice_assistant.hunch import MAYBE, NONE, OWN, thinks
from voice_assistant.settings import Household
from voice_assistant.texts import load
from voice_assistant.turn import Route
from voice_assistant.wording import Found, Rule, Vocabulary

ALWAYS = frozenset({"assistant", "clock", "alarms", "timers", "volume", "profiles"})
"""Skills that quiet time, a child's time and the list of allowed skills leave alone: parents must get
out of all these by `profiles`."""

OPEN = frozenset({None, "chat", "knowledge", "assistant"})
"""Where a request goes that no skill of its own answers."""

OURS = 0.97
"""The share of a request that is a skill's own words, from which on no judge need hear it: beside them
there is only a time or a name of a list."""

_HAN = re.compile(r"[一-鿿]")


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
    feels: Callable[[str, str, bool], int] = thinks
    """What a sentence is like (hunch.py)."""
    _hours: Hours | None = field(init=False)
    _quiet: Hours | None = field(init=False)

    def __post_init__(self) -> None:
        rules = self.household
        child = read_hours(rules.child_from, rules.child_until, "child")
        quiet = read_hours(rules.quiet_from, rules.quiet_until, "quiet")
        object.__setattr__(self, "_hours", child)
        object.__setattr__(self, "_quiet", quiet)

    def prepare(self) -> None:
        """Read the rules, so that the first request does not wait for it."""
        for language in ("en", "zh"):
            _book(language)

    def quiet(self) -> bool:
        """Whether the household wants it softer now."""
        return self._quiet is not None and within(self._quiet, self.now())

    def refuse(self, text: str, route: Route) -> str | None:
        """The sentence that answers a request in the place of its skill, or None: go on."""
        language = "zh" if _HAN.search(text) else "en"
        open_ = route.skill in OPEN
        if answer := self._in_need(text, language, open_):
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
        if route.skill in ALWAYS and not open_:
            return None  # they tell nothing; and "turn off child mode" is no trick, it wants a PIN
        ours = route.stage == "template" and route.confidence >= OURS
        return self._instead(text, language, told=False, open_=open_, ours=ours)

    def instead(self, text: str, language: str) -> str | None:
        """What to say in the place of a model's sentence that is not for this household, or None."""
        return self._instead(text, language, told=True, open_=True)

    def _in_need(self, text: str, language: str, open_: bool) -> str | None:
        """The careful answer to somebody in need."""
        answer = crisis(text, language, chat=open_)
        if not self._holds("need", text, told=False, found=bool(answer), felt=open_):
            return None
        return answer or _phrase("need", language)

    def _instead(
        self, text: str, language: str, *, told: bool, open_: bool, ours: bool = False
    ) -> str | None:
        """`open_`: no skill knows what it is about. `ours`: a skill's own words and no others."""
        touched = set(topics(text, language, "told" if told else "asked"))
        names = load(f"policy_{language}")["topics"]
        harmful = any(names[topic].get("always") for topic in touched)
        if self._holds("always", text, told=told, found=harmful, felt=open_):
            return _phrase("always", language)
        if self._young() and not ours and self.feels("child", text, told) >= OWN:
            return _phrase("child", language, len(text))
        low, blocked = text.lower(), self.household.blocked_topics
        named = touched.intersection(blocked) and self.feels("child", text, told) >= MAYBE
        if named or any(word.lower() in low for word in blocked):
            return _phrase("blocked", language)
        return None

    def _holds(self, judge: str, text: str, *, told: bool, found: bool, felt: bool) -> bool:
        """Whether a rule (`found`) and a judge make one yes. `felt`: the judge is asked without a rule."""
        finds = self.feels(judge, text, told) if found or felt else NONE
        return finds >= OWN or (found and finds >= MAYBE)

    def _young(self) -> bool:
        """Whether a child may be listening."""
        return self.household.child_mode or self.child() is not None

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
    touched = _book(language).touched(text, "rules")
    for name, need in load(f"policy_{language}")["crisis"].items():
        if name in touched and (chat or not need.get("chat")):
            return str(need["answer"])
    return None


def topics(text: str, language: str, kind: str = "rules") -> Iterator[str]:
    """The delicate topics that a text touches, those that nobody gets help with first.

    `kind`: "asked" of a request, "told" of what a model says; "rules" of a tale that people wrote.
    """
    touched = _book(language).touched(text, "rules", kind)
    names = load(f"policy_{language}")["topics"]
    return (n for n in sorted(names, key=lambda n: not names[n].get("always")) if n in touched)


class _Book:
    """What is looked for in one language."""

    def __init__(self, language: str) -> None:
        words, rules = load(f"policy_words_{language}"), load(f"policy_{language}")
        self._vocabulary = Vocabulary(words["families"], language, words.get("irregular", {}))
        self._last: tuple[str, list[Found]] = ("", [])
        self._by_name: dict[str, list[tuple[str, str, Rule]]] = {}
        """The topic, the kind and the rule, by each family or word that the rule may begin with."""
        for name, topic in {**rules["topics"], **rules["crisis"]}.items():
            for kind in ("rules", "asked", "told"):
                for text in topic.get(kind, ()):
                    rule = self._vocabulary.rule(text)
                    for first in rule.first:
                        self._by_name.setdefault(first, []).append((name, kind, rule))

    def found(self, text: str) -> list[Found]:
        """What is found in each sentence of a text; of the last one it is kept, several judges ask."""
        known, found = self._last
        if known != text:
            found = list(self._vocabulary.sentences(text))
            self._last = (text, found)
        return found

    def touched(self, text: str, *kinds: str) -> set[str]:
        """The topics of which a rule holds in one of the sentences of a text."""
        return {
            name
            for found in self.found(text)
            for first in found
            for name, kind, rule in self._by_name.get(first, ())
            if kind in kinds and rule.holds(found)
        }


_book = cache(_Book)


def _phrase(key: str, language: str, turn: int = 0) -> str:
    phrase = load(f"policy_{language}")["phrases"][key]
    return phrase if isinstance(phrase, str) else str(phrase[turn % len(phrase)])
