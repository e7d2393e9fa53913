"""Who is given what to do, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .acts import REPLIES, another, asks, bare, due_in
from .cues import Cues, People, cues, first
from .meeting import Meeting, Statement

_CLAUSE = re.compile(r"[^,，;；]+[,，;；]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Who does something and by when, and the segments that say so."""

    owner: str
    """Empty where nobody was named."""
    due: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody, and a segment of theirs."""

    speaker: str
    id: int


class Tasks:
    """The sentences of a meeting, read in their places for what they give somebody to do."""

    def __init__(self, meeting: Meeting) -> None:
        self.said = meeting.statements
        self.people = People((*meeting.speakers, *meeting.hints))
        self.alone = len(meeting.speakers) == 1
        """Whether one person talks all the time: a lecture settles nothing by the way."""
        self._given: dict[int, Task | None] = {}
        self._settled: dict[int, bool] = {}

    @cached_property
    def tasks(self) -> dict[int, Task]:
        """What each sentence gives somebody to do, by its number; who only takes on what they were
        just asked for adds the date to that."""
        found: dict[int, Task] = {}
        for at, each in enumerate(self.said):
            asked = next((n for n in range(at - 1, at - 1 - REPLIES, -1) if n in found), None)
            if asked is not None and self._takes(at, found[asked]):
                before, due = found[asked], due_in(self._cues(at), each.text)
                evidence = tuple(dict.fromkeys((*before.evidence, each.segment.id)))
                owner = before.owner or each.segment.speaker
                found[asked] = Task(owner=owner, due=before.due or due, evidence=evidence)
            elif task := self._task(at):
                found[at] = task
        return found

    def likely_owner(self, at: int) -> tuple[str, tuple[int, ...]]:
        """Who does what a sentence asks for or promises in words that no rule knows, and the segments
        beside it that name them."""
        each, known = self.said[at], self._cues(at)
        if not first(known.me, each.text) and (named := self.people.named(each.text)):
            return named[0], ()
        if first(known.you, each.text) and not first(known.me, each.text):
            beside = self._addressee(at)
            return (beside.speaker, (beside.id,)) if beside else ("", ())
        return each.segment.speaker, ()

    def due(self, at: int) -> str:
        """By when something is done, as a sentence says it or the call that it answers: "Who opens up
        on Sunday?", which another may have declined first."""
        each = self.said[at]
        own = due_in(self._cues(at), each.text)
        if own:
            return own
        for n in range(at - 1, max(at - 2 - REPLIES, -1), -1):
            before, known = self.said[n], self._cues(n)
            if another(before, each) and first(known.who, before.text):
                return due_in(known, before.text)
        return ""

    def told_in(self, at: int) -> int:
        """The number of the sentence whose task this one only takes on or asks for; else its own."""
        here, found = self.said[at].segment.id, self.tasks
        asked = (n for n in range(at - 1, at - 1 - REPLIES, -1) if n in found)
        return next((n for n in asked if at not in found and here in found[n].evidence), at)

    def ordered(self, at: int) -> bool:
        """Whether somebody of the meeting is told by name, perhaps in the same breath, to do
        something."""
        if self._called(at) and first(self._cues(at).orders, self.said[at].text):
            return True
        return bool(self._named(at) in self.people.names and self._task(at))

    def barred(self, at: int) -> bool:
        """Whether all that a sentence says is of a kind that gives nobody anything to do."""
        return not self._promising(at)

    def says_so(self, at: int) -> bool:
        """Whether a sentence says in so many words that something is settled."""
        return bool(first(self._cues(at).decided, bare(self.said[at]))) and self._settles(at)

    def naming(self, at: int, owner: str) -> tuple[int, ...]:
        """The segment before that of a sentence, where only that one names who is meant."""
        here = self.said[at].segment
        named = not owner or owner in f"{here.speaker} {here.text}" or here.id == 1
        return () if named else (here.id - 1,)

    def _takes(self, at: int, task: Task) -> bool:
        """Whether a sentence only says yes to a task."""
        each = self.said[at]
        mine = task.owner in {each.segment.speaker, ""} and each.segment.id != task.evidence[0]
        return mine and bool(first(self._cues(at).accepts, each.text))

    def promised(self, at: int, asked: int, owner: str) -> bool:
        """Whether who was asked to do something in a sentence promises it in another, perhaps saying
        when: that is no task of its own."""
        each, known = self.said[at], self._cues(at)
        if each.segment.speaker != owner or asks(each):
            return False
        if self._asked_when(at, asked):
            return bool(due_in(known, each.text))
        if not another(self.said[asked], each):
            return False
        if each.segment.id != self.said[asked].segment.id + 1 or first(known.besides, each.text):
            return False
        dated = due_in(known, each.text) and not first(known.report, each.text)
        return bool(dated or first(known.accepts, each.text))

    def _asked_when(self, at: int, asked: int) -> bool:
        """Whether a sentence answers the question by when the task of another is done."""
        between = self.said[asked + 1 : at]
        return any(
            another(each, self.said[at])
            and asks(each)
            and first(cues(each.language).when, each.text)
            for each in between[-1:]
        )

    def _task(self, at: int) -> Task | None:
        if at not in self._given:
            task = self._read_task(at)
            self._given[at] = task and self._with_deadline(at, task)
        return self._given[at]

    def _with_deadline(self, at: int, task: Task) -> Task:
        """A task with the deadline that was said just before, where it points back at that."""
        if task.due or not at or self._task(at - 1):
            return task
        before, due = self.said[at - 1], self.due(at)
        if not due and first(self._cues(at).pointing, self.said[at].text):
            due = due_in(self._cues(at - 1), before.text)
            due = due if self._cues(at - 1).deadline.search(due) else ""
        if not due:
            return task
        evidence = tuple(dict.fromkeys((*task.evidence, before.segment.id)))
        return Task(owner=task.owner, due=due, evidence=evidence)

    def _read_task(self, at: int) -> Task | None:
        each, known = self.said[at], self._cues(at)
        text, here = self._promising(at), (each.segment.id,)
        if (taken_up := self._taken_up(at)) is not None:
            evidence = (*here, taken_up.segment.id)
            return Task(owner=each.segment.speaker, due=due_in(known, each.text), evidence=evidence)
        if not text or (asks(each) and not first(known.request, self.people.veiled(text))):
            return None
        due = due_in(known, text)
        if owner := self._named(at):
            return Task(owner=owner, due=due, evidence=here)
        if (called := self._called(at)) and first(known.orders, text):
            return Task(owner=called, due=due, evidence=here)
        if first(known.yours, text) and (beside := self._addressee(at)) is not None:
            return Task(owner=beside.speaker, due=due, evidence=(*here, beside.id))
        if first(known.mine, text):
            return Task(owner=each.segment.speaker, due=due, evidence=here)
        if self._settles(at):
            return None
        if due and first(known.mine_dated, text):
            return Task(owner=each.segment.speaker, due=due, evidence=here)
        return Task(owner="", due=due, evidence=here) if first(known.nobodys, text) else None

    def _taken_up(self, at: int) -> Statement | None:
        """The sentence in which another says yes to the offer that this one makes."""
        each = self.said[at]
        if not (asks(each) and first(self._cues(at).offer, each.text)):
            return None
        replies = [r for r in self.said[at + 1 : at + 2 + REPLIES] if another(each, r)]
        yes = (*self._cues(at).agrees, *self._cues(at).welcome)
        return next((reply for reply in replies[:1] if first(yes, reply.text)), None)

    def _addressee(self, at: int) -> _Person | None:
        """Whom "you" means: who takes it on next, else who spoke just before."""
        mine = self.said[at].segment.speaker
        if called := self._called(at):
            return _Person(called, self.said[at].segment.id)
        after = self.said[at + 1 : at + 2]
        took = [each for each in after if first(self._cues(at).accepts, each.text)]
        before = reversed(self.said[max(at - REPLIES, 0) : at])
        for each in (*took, *before, *after):
            if mine and each.segment.speaker not in {mine, ""}:
                return _Person(each.segment.speaker, each.segment.id)
        return None

    def _promising(self, at: int) -> str:
        """A sentence without the clauses that give nobody anything to do: "I've been there before,
        I'll ask them" is about asking."""
        text, never = self.said[at].text, self._cues(at).not_todo
        clauses = _CLAUSE.findall(text)
        kept = [each for each in clauses if not first(never, each)]
        if len(kept) == len(clauses) and first(never, text):
            return ""
        return "".join(kept)

    def _named(self, at: int) -> str:
        """Who is named as the one who does it."""
        known, veiled = self._cues(at), self.people.veiled(self._promising(at))
        for pattern in known.theirs:
            for found in pattern.finditer(veiled):
                name = self.people.name(found["owner"])
                if name in self.people.names or known.is_name(name):
                    return name
        return ""

    def _called(self, at: int) -> str:
        """Who was called by name in the sentence before, by the same speaker in one breath."""
        before = self.said[at - 1]
        if not at or before.segment.id != self.said[at].segment.id:
            return ""
        first_words = re.split(r"[,，]", before.text, maxsplit=1)[0].strip()
        return first_words if first_words in self.people.names else ""

    def _settles(self, at: int) -> bool:
        if at not in self._settled:
            self._settled[at] = self._reads_settled(at)
        return self._settled[at]

    def _reads_settled(self, at: int) -> bool:
        known, each = self._cues(at), self.said[at]
        if first(known.not_decision, each.text):
            return False
        patterns = known.decided if self.alone else (*known.decided, *known.decision)
        return any(first(patterns, text) for text in (bare(each), each.text))

    def _cues(self, at: int) -> Cues:
        return cues(self.said[at].language)
