"""What may be seen of each sentence of a meeting, as signs by which it is judged: how it is put, what
was said before it and by whom, and what is answered to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .acts import REPLIES, another, asks, bare
from .cues import Cues, cues, kinds
from .ranking import content
from .tasks import Task, Tasks

SINGLY = ("decided", "decision", "not_decision", "summing", "mine", "yours", "theirs", "not_todo")
"""Kinds of cues of which each pattern is a sign of its own."""

BESIDE = (
    *("proposal", "agrees", "consent", "opinion", "accepts", "unanswered", "request", "mine"),
    *("decided", "decision", "report", "offer", "welcome"),
)
"""Kinds of cues that are looked for in the sentences before and after, too."""

FEW, MANY = 4, 14
"""Words of a short and of a long sentence; in Chinese half as many characters more."""

BACK = 3
"""Sentences in which agreement is looked for."""

_TOKEN = re.compile(r"[\U00010400-\U0001044f]|[a-z]+(?:'[a-z]+)?|\d[\d.,:]*|[一-鿿]|[?!？！，,]")


class Signs:
    """The signs of the sentences of a meeting."""

    def __init__(self, tasks: Tasks) -> None:
        """`tasks`: the meeting, as the rules read it."""
        self.said = tasks.said
        self._people = tasks.people
        self._tasks = tasks.tasks
        self._words: dict[int, list[str]] = {}
        self._contents: dict[int, set[str]] = {}
        self._cues: dict[int, frozenset[str]] = {}

    def of(self, at: int) -> frozenset[str]:
        """The signs of a sentence."""
        each = self.said[at]
        signs = {*self._kinds(at), *self._own(at)}
        for place, beside in (("before", at - 1), ("after", at + 1)):
            if not 0 <= beside < len(self.said):
                continue
            whose = "other" if another(self.said[beside], each) else "same"
            signs |= {f"{place}: {sign}" for sign in self._seen(beside)}
            signs |= {f"{place}, {whose}: {sign}" for sign in (*self._seen(beside), "any")}
        agreed = "kind agrees" in signs
        if agreed:
            signs |= {f"yes to {sign[8:]}" for sign in signs if sign.startswith("before: ")}
        signs |= {f"answer {word}" for word in self._answer(at)}
        if any("kind agrees" in self._kinds(n) for n in range(max(at - BACK, 0), at)):
            signs.add("agreed lately")
        return frozenset(signs)

    def _own(self, at: int) -> Iterator[str]:
        """How a sentence is put."""
        each, words = self.said[at], self._tokens(at)
        half = 2 if each.language == "zh" else 1
        opening = _TOKEN.findall(self._people.veiled(each.text).casefold())[:1]
        yield f"opens {''.join(opening)}"
        if bare(each).casefold() != each.text.casefold():
            yield "opening and more"
            yield (
                "opening and more, after another"
                if self._answers(at)
                else "opening and more of one"
            )
        yield from self._taken_up(at)
        yield from self._named(at)
        if each.segment.speaker and each.segment.speaker == self.said[0].segment.speaker:
            yield "of the first speaker"
        if each.segment.id <= BACK < len(self.said) // BACK:
            yield "at the beginning"
        if len(words) < FEW + half:
            yield "short"
        if len(words) > MANY + 3 * half:
            yield "long"
        if at in self._tasks:
            yield "task"
            yield "task of " + self._whose(self._tasks[at], each.segment.speaker)
            if self._tasks[at].due:
                yield "task with a date"
        yield from words
        framed = ["^", *words, "$"]
        yield from map(" ".join, pairwise(framed))
        if each.language == "zh":
            yield from map(" ".join, zip(framed, framed[1:], framed[2:], strict=False))

    def _answer(self, at: int) -> Iterator[str]:
        """The words in which another answers the question that a sentence is."""
        if not asks(self.said[at]):
            return
        for beside in range(at + 1, min(at + 1 + REPLIES, len(self.said))):
            if another(self.said[beside], self.said[at]):
                yield from self._tokens(beside)
                yield from (sign for sign in self._kinds(beside) if sign[5:] in BESIDE)

    def _answers(self, at: int) -> bool:
        return at > 0 and another(self.said[at - 1], self.said[at])

    def _taken_up(self, at: int) -> Iterator[str]:
        """How much of a sentence was said before, and whether the next one goes on about it."""
        mine = self._content(at)
        before = set[str]().union(*(self._content(n) for n in range(max(at - BACK, 0), at)))
        held = mine & before
        if held:
            yield "repeats all" if held == mine else "repeats some"
            if any(word[0].isdigit() for word in held):
                yield "repeats a number"
            if self._answers(at):
                yield "repeats another"
        elif mine:
            yield "repeats nothing"
        if at + 1 < len(self.said):
            yield "gone on about" if mine & self._content(at + 1) else "left behind"

    def _named(self, at: int) -> Iterator[str]:
        """Whether a sentence names, or calls by name, who spoke before it or speaks after it."""
        text, here = self.said[at].text, self.said[at].segment
        for name in self._people.named(text):
            how = "calls" if text.startswith(name) else "names"
            yield f"{how} somebody" if name != here.speaker else f"{how} the speaker"
            for place, beside in (("before", at - 1), ("after", self._reply(at))):
                if 0 <= beside < len(self.said) and self.said[beside].segment.speaker == name:
                    yield f"{how} who speaks {place}"
                    yield from (f"{how} who says {each[5:]}" for each in self._kinds(beside))

    def _reply(self, at: int) -> int:
        """The next sentence of another."""
        here = self.said[at].segment.id
        return next(
            (n for n in range(at + 1, len(self.said)) if self.said[n].segment.id != here), -1
        )

    def _content(self, at: int) -> set[str]:
        if at not in self._contents:
            self._contents[at] = set(content(self.said[at].text))
        return self._contents[at]

    def _seen(self, at: int) -> Iterator[str]:
        """What its neighbours see of a sentence."""
        words = self._tokens(at)
        yield from (sign for sign in self._kinds(at) if sign[5:] in BESIDE)
        yield f"^ {' '.join(words[:1])}"
        if at in self._tasks:
            yield "task"
        if asks(self.said[at]):
            yield "question"
            yield f"question {' '.join(words[:2])}"
            yield from (f"question {word}" for word in _WHO.intersection(words))

    def _kinds(self, at: int) -> frozenset[str]:
        """The kinds of cues in a sentence."""
        if at not in self._cues:
            each = self.said[at]
            texts = [self._people.veiled(text) for text in {bare(each), each.text}]
            self._cues[at] = frozenset(_found(cues(each.language), texts))
        return self._cues[at]

    def _tokens(self, at: int) -> list[str]:
        """The words of a sentence (in Chinese its characters): names and numbers are all alike."""
        if at not in self._words:
            text = self._people.veiled(bare(self.said[at])).casefold()
            self._words[at] = [_alike(word) for word in _TOKEN.findall(text)]
        return self._words[at]

    @staticmethod
    def _whose(task: Task, speaker: str) -> str:
        return "nobody" if not task.owner else "the speaker" if task.owner == speaker else "another"


_WHO = frozenset(
    "we you i he she they it us my your anybody anyone somebody 我 你 咱 们 大 谁".split()
)


def _alike(word: str) -> str:
    if word[0].isdigit():
        return "#"
    return "@" if "\U00010400" <= word[0] <= "\U0001044f" else word


def _found(known: Cues, texts: list[str]) -> Iterator[str]:
    for kind, patterns in kinds(known).items():
        hits = [n for n, each in enumerate(patterns) if any(map(each.search, texts))]
        if hits:
            yield f"kind {kind}"
        if kind in SINGLY:
            yield from (f"{kind} {number}" for number in hits)
