"""What the sentences of a meeting do where they stand: settle something, give somebody something to
do, or leave a question open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from .acts import REPLIES, another, asks, due_in
from .cues import Cues, cues, first
from .judging import LIKELY, SURE, UNSURE, score
from .meeting import Meeting
from .ranking import content
from .signs import Signs
from .tasks import Task, Tasks

SHORT_YES = 6
"""Words (in Chinese characters) up to which a reply says little without what it replies to."""

LEAST = 2
"""Terms of a sentence that says something by itself: "Yes, of course." does not."""

PUT = 3
"""Words (in Chinese characters) before a question for consent that say what it is about."""

_UNITS = re.compile(r"[一-鿿]|[A-Za-z']+")


class Talk:
    """The sentences of a meeting, read for what they come to."""

    def __init__(self, meeting: Meeting) -> None:
        self.said = meeting.statements
        self._found, self._names = meeting.findings, meeting.names
        self._rules = Tasks(meeting)
        self._given = self._rules.tasks
        self._signs = Signs(self._rules)
        self._scores: dict[tuple[str, int], float] = {}

    @cached_property
    def tasks(self) -> Mapping[int, Task]:
        """What each sentence gives somebody to do, by its number."""
        here = [at for at in range(len(self.said)) if self._is("task", at)]
        given = dict.fromkeys(self._rules.told_in(at) for at in here if not self._settles(at))
        tasks = {at: self._task(at) for at in given}
        for at in sorted(tasks):
            if at in tasks:
                self._take_up(tasks, at)
        return tasks

    def _take_up(self, tasks: dict[int, Task], at: int) -> None:
        """Put the promise of who was asked with the task: when it is done is often said there."""
        for reply in range(at + 1, min(at + 1 + 2 * REPLIES, len(self.said))):
            task = tasks[at]
            if not self._rules.promised(reply, at, task.owner):
                continue
            own = tasks.pop(reply, None)
            due = task.due or (own.due if own else due_in(self._cues(reply), self.said[reply].text))
            evidence = tuple(dict.fromkeys((*task.evidence, self.said[reply].segment.id)))
            tasks[at] = replace(task, due=due, evidence=evidence)

    def _cues(self, at: int) -> Cues:
        return cues(self.said[at].language)

    def decided(self, at: int) -> tuple[int, ...]:
        """The numbers of the sentences that settle something, the last being this one: a "yes" to a
        proposal stands with it. Empty where nothing is settled."""
        if asks(self.said[at]) or at in self.tasks or not self._is("decision", at):
            return ()
        return (*(self.replied_to(at) or self._opening(at)), at)

    def _opening(self, at: int) -> tuple[int, ...]:
        """The word or two that the same person said just before: "Two. Three is too many."."""
        if not at or self.said[at - 1].segment is not self.said[at].segment:
            return ()
        before = self.said[at - 1].text
        short = (
            len(_UNITS.findall(before)) < PUT
            and content(before)
            and not first(self._cues(at).agrees, before)
        )
        return (at - 1,) if short else ()

    def doubtful(self, kind: str, at: int) -> bool:
        """Whether the signs of a sentence leave open if it is of a kind."""
        if kind == "decision" and asks(self.said[at]):
            return False
        telling = len(content(self.said[at].text)) >= LEAST or self.replied_to(at)
        lowest, highest = UNSURE[self.said[at].language].get(kind, (0.0, 0.0))
        return bool(telling) and lowest < self.score(kind, at) < highest

    def score(self, kind: str, at: int) -> float:
        """How surely a sentence is of a kind."""
        if (kind, at) not in self._scores:
            signs, language = self._signs.of(at), self.said[at].language
            self._scores[kind, at] = score(signs, kind, language)
        return self._scores[kind, at]

    def replied_to(self, at: int) -> tuple[int, ...]:
        """What a sentence replies to that says little without it: the proposal, or a question for
        consent and, where that alone does not say what it is about, the sentence before."""
        each, known = self.said[at], cues(self.said[at].language)
        if not at or not another(self.said[at - 1], each):
            return ()
        asked = first(known.consent, self.said[at - 1].text)
        if asked and first((*known.agrees, *known.decided), each.text):
            alone = at > 1 and len(_UNITS.findall(self.said[at - 1].text[: asked.start()])) < PUT
            return (at - 2, at - 1) if alone else (at - 1,)
        short = len(_UNITS.findall(each.text)) <= SHORT_YES
        proposed = asks(self.said[at - 1]) or first(known.proposal, self.said[at - 1].text)
        return (at - 1,) if short and proposed else ()

    def left_open(self, at: int) -> bool:
        """Whether a sentence is a question that nobody could answer, or calls something open."""
        each = self.said[at]
        after = self.said[at + 1 : at + 1 + REPLIES]
        if after and after[0].segment.id == each.segment.id:
            after = self.said[at + 2 : at + 2 + REPLIES]  # the question is explained first
        if asks(each):
            if at in self.tasks:
                return False
            if at and asks(self.said[at - 1]) and another(self.said[at - 1], each):
                return False  # a guess at the answer
            answer = next((reply for reply in after if not asks(reply)), None)
            whole = [reply for reply in after if answer and reply.segment is answer.segment]
            unanswered = any(first(cues(r.language).unanswered, r.text) for r in whole)
            return unanswered or self.score("question", at) >= LIKELY["question"]
        before = self.said[max(at - REPLIES, 0) : at]
        return bool(first(cues(each.language).open, each.text)) and not any(map(asks, before))

    def _is(self, kind: str, at: int) -> bool:
        """Whether a sentence is of a kind, by its signs; in doubt, by a model that has read it."""
        each, settling = self.said[at], kind == "decision"
        if self._rules.says_so(at) if settling else self._rules.ordered(at):
            return True
        if not settling and self._rules.barred(at):
            return False
        if at < self._found.read and self.doubtful(kind, at):
            return at in (self._found.decisions if settling else self._found.todos)
        if settling and self._rules.alone:
            return False  # a lecture settles nothing by the way
        if settling and first(cues(each.language).chapter, each.text):
            return self.score(kind, at) >= SURE
        return self.score(kind, at) >= LIKELY[kind]

    def _settles(self, at: int) -> bool:
        """Whether a sentence settles something rather than giving somebody a task."""
        if asks(self.said[at]) or self._rules.ordered(at):
            return False
        surer = self.score("decision", at) > self.score("task", at)
        return surer and self._is("decision", at)

    def _task(self, at: int) -> Task:
        """What a sentence gives somebody to do: as the rules see it, else the owner that a model named
        or whom its words point at."""
        if at in self._given:
            return self._given[at]
        each = self.said[at]
        owner, evidence = self._rules.likely_owner(at)
        if at in self._found.todos:
            label = self._found.todos[at]
            owner, evidence = self._names.get(label, label), self._rules.naming(at, label)
        due = self._rules.due(at)
        if due and due not in each.text:
            evidence = (*evidence, self.said[at - 1].segment.id)
        return Task(
            owner=owner, due=due, evidence=tuple(dict.fromkeys((each.segment.id, *evidence)))
        )
