"""What a sentence does where it stands: settles something, gives somebody something to do, asks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from .cues import Cues, People, cues, first
from .meeting import Meeting, Statement

REPLIES = 2
"""Sentences after a question in which its answer is looked for."""

OPENING = 2
"""The first sentences of a meeting, in which nothing is settled yet."""

SHORT_YES = 6
"""Words (in Chinese characters) up to which a reply to a proposal is a yes and nothing more."""


_UNITS = re.compile(r"[一-鿿]|[A-Za-z']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Who does something and by when, and the segments that say so."""

    owner: str
    """Empty where nobody was named."""
    due: str
    evidence: tuple[int, ...]


class Talk:
    """The sentences of a meeting, read in their places."""

    def __init__(self, meeting: Meeting) -> None:
        self.said = meeting.statements
        self._people = People((*meeting.speakers, *meeting.hints))
        self._given: dict[int, Task | None] = {}
        self._settled: dict[int, bool] = {}

    def tasks(self) -> dict[int, Task]:
        """What each sentence gives somebody to do, by its number; who only takes on what they were
        just asked for adds the date to that."""
        found: dict[int, Task] = {}
        for at, each in enumerate(self.said):
            asked = next((n for n in range(at - 1, at - 1 - REPLIES, -1) if n in found), None)
            takes = asked is not None and self._takes(at, found[asked])
            if asked is not None and takes:
                before, due = found[asked], due_in(self._cues(at), each.text)
                evidence = tuple(dict.fromkeys((*before.evidence, each.segment.id)))
                found[asked] = replace(before, due=before.due or due, evidence=evidence)
            elif task := self._task(at):
                found[at] = task
        return found

    def _takes(self, at: int, task: Task) -> bool:
        """Whether a sentence only says yes to a task."""
        each = self.said[at]
        mine = each.segment.speaker == task.owner and each.segment.id != task.evidence[0]
        return mine and bool(first(self._cues(at).accepts, each.text))

    def _task(self, at: int) -> Task | None:
        if at not in self._given:
            self._given[at] = self._read_task(at)
        return self._given[at]

    def _read_task(self, at: int) -> Task | None:
        each, known = self.said[at], self._cues(at)
        text, here = each.text, (each.segment.id,)
        veiled = self._people.veiled(text)
        if first(known.not_todo, text) or (asks(each) and not first(known.request, veiled)):
            return None
        due = due_in(known, text)
        if owner := self._named(known, veiled):
            return Task(owner=owner, due=due, evidence=here)
        if first(known.yours, text) and (beside := self._addressee(at)) is not None:
            return Task(owner=beside.speaker, due=due, evidence=(*here, beside.id))
        if first(known.mine, text):
            return Task(owner=each.segment.speaker, due=due, evidence=here)
        if self._settles(at):
            return None
        if due and first(known.mine_dated, text):
            return Task(owner=each.segment.speaker, due=due, evidence=here)
        return Task(owner="", due=due, evidence=here) if first(known.nobodys, text) else None

    def decided(self, at: int) -> tuple[int, ...]:
        """The numbers of the sentences that settle something, the last being this one: a "yes" to a
        proposal stands with it. Empty where nothing is settled."""
        return self._decided(at) or ((at,) if self._from_the_chair(at) else ())

    @cached_property
    def _chair(self) -> str:
        """Who settles and hands out at least half of what is settled and handed out; empty where
        that is nobody."""
        points = Counter(
            [self.said[at].segment.speaker for at in range(len(self.said)) if self._decided(at)]
            + [
                self.said[at].segment.speaker
                for at, task in self.tasks().items()
                if task.owner != self.said[at].segment.speaker
            ]
        )
        name, count = next(iter(points.most_common(1)), ("", 0))
        return name if count > 1 and 2 * count >= points.total() else ""

    def _from_the_chair(self, at: int) -> bool:
        """Whether the one who leads says, after another has spoken, how it is to be: no question, no
        task, no view, no story and no courtesy."""
        each, known = self.said[at], self._cues(at)
        if not (at > OPENING and self._chair and each.segment.speaker == self._chair):
            return False
        if not _another(self.said[at - 1], each) or self._task(at) or asks(each):
            return False
        other = (*known.opinion, *known.report, *known.courtesy, *known.agrees, *known.accepts)
        return self.may_settle(at) and not first(other, each.text)

    def _decided(self, at: int) -> tuple[int, ...]:
        if asks(self.said[at]):
            return ()
        said_so = first(self._cues(at).decided, bare(self.said[at])) and self._settles(at)
        if (self._task(at) and not said_so) or first(self._cues(at).accepts, self.said[at].text):
            return ()
        if at and (self._is_yes(at) or self._is_verdict(at)):
            return (at - 1, at)
        return (at,) if self._settles(at) and not self._only_agrees(at) else ()

    def _settles(self, at: int) -> bool:
        if at not in self._settled:
            self._settled[at] = self._reads_settled(at)
        return self._settled[at]

    def _reads_settled(self, at: int) -> bool:
        known, each = self._cues(at), self.said[at]
        if first(known.not_decision, each.text):
            return False
        return any(
            first((*known.decided, *known.decision), text) for text in (bare(each), each.text)
        )

    def may_give(self, at: int) -> bool:
        """Whether a sentence may give somebody something to do, in words that no rule knows."""
        each, known = self.said[at], self._cues(at)
        veiled = self._people.veiled(each.text)
        somebody = veiled != each.text or first((*known.person, *known.due), each.text)
        return bool(somebody) and not first(known.not_todo, each.text)

    def may_settle(self, at: int) -> bool:
        """Whether a sentence may settle something, in words that no rule knows."""
        known = self._cues(at)
        return not first((*known.not_decision, *known.unanswered), self.said[at].text)

    def left_open(self, at: int) -> bool:
        """Whether a sentence is a question that nobody could answer, or calls something open."""
        each = self.said[at]
        after = self.said[at + 1 : at + 1 + REPLIES]
        if asks(each):
            if self._task(at):
                return False
            if at and asks(self.said[at - 1]) and _another(self.said[at - 1], each):
                return False  # a guess at the answer
            answer = next((reply for reply in after if not asks(reply)), None)
            return bool(answer and first(cues(answer.language).unanswered, answer.text))
        before = self.said[max(at - REPLIES, 0) : at]
        return bool(first(self._cues(at).open, each.text)) and not any(map(asks, before))

    def _is_yes(self, at: int) -> bool:
        """Whether a sentence does no more than agree to what another has just proposed."""
        each, before, known = self.said[at], self.said[at - 1], self._cues(at)
        if each.segment.speaker == before.segment.speaker and each.segment.speaker:
            return False
        words = len(_UNITS.findall(each.text))
        proposed = first(known.proposal, before.text) and not self._task(at - 1)
        short = words <= SHORT_YES or asks(before)
        return bool(proposed and short and first(known.agrees, each.text))

    def _is_verdict(self, at: int) -> bool:
        """Whether a sentence says what is done, after somebody has asked just that."""
        each, before, known = self.said[at], self.said[at - 1], self._cues(at)
        if not (asks(before) and _another(before, each) and first(known.proposal, before.text)):
            return False
        doubts = (*known.not_decision, *known.unanswered, *known.opinion)
        return not self._task(at - 1) and not first(doubts, each.text)

    def _only_agrees(self, at: int) -> bool:
        """Whether a sentence only says yes to what is settled already."""
        if not at or not first(self._cues(at).agrees, self.said[at].text):
            return False
        return _another(self.said[at - 1], self.said[at]) and self._settles(at - 1)

    def _addressee(self, at: int) -> _Person | None:
        """Whom "you" means: who takes it on next, else who spoke just before."""
        mine = self.said[at].segment.speaker
        if at and (called := self._called(at)):
            return _Person(called, self.said[at].segment.id)
        after = self.said[at + 1 : at + 2]
        took = [each for each in after if first(self._cues(at).accepts, each.text)]
        before = reversed(self.said[max(at - REPLIES, 0) : at])
        for each in (*took, *before, *after):
            if mine and each.segment.speaker not in {mine, ""}:
                return _Person(each.segment.speaker, each.segment.id)
        return None

    def _named(self, known: Cues, veiled: str) -> str:
        """Who is named as the one who does it."""
        for pattern in known.theirs:
            for found in pattern.finditer(veiled):
                name = self._people.name(found["owner"])
                if name in self._people.names or known.is_name(name):
                    return name
        return ""

    def _called(self, at: int) -> str:
        """Who was called by name in the sentence before, by the same speaker in one breath."""
        before = self.said[at - 1]
        if before.segment.id != self.said[at].segment.id:
            return ""
        first_words = re.split(r"[,，]", before.text, maxsplit=1)[0].strip()
        return first_words if first_words in self._people.names else ""

    def _cues(self, at: int) -> Cues:
        return cues(self.said[at].language)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody, and a segment of theirs."""

    speaker: str
    id: int


def _another(one: Statement, two: Statement) -> bool:
    """Whether two sentences are of different people."""
    return bool(one.segment.speaker) and one.segment.speaker != two.segment.speaker


def asks(statement: Statement) -> bool:
    """Whether a sentence is a question."""
    return statement.text.rstrip().endswith(("?", "？"))


def bare(statement: Statement) -> str:
    """A sentence without the "well, so, okay" before it."""
    text = cues(statement.language).filler.sub("", statement.text).strip() or statement.text
    return text[0].upper() + text[1:] if statement.text[0].isupper() else text


def due_in(known: Cues, text: str) -> str:
    """The date by which something is to be done, as it is said."""
    found = first(known.due, text)
    return found[0].strip(" ,，") if found else ""
