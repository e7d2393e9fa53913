"""What the sentences of a meeting do where they stand: settle something, or leave it open."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from .acts import REPLIES, another, asks, bare
from .cues import cues, first
from .tasks import Tasks

OPENING = 2
"""The first sentences of a meeting, in which nothing is settled yet."""

_CLAUSES = re.compile(r"[，,](?=.)")

SHORT_YES = 6
"""Words (in Chinese characters) up to which a reply to a proposal is a yes and nothing more."""

PUT = 3
"""Words (in Chinese characters) before a question for consent that say what it is about."""

_UNITS = re.compile(r"[一-鿿]|[A-Za-z']+")


class Talk(Tasks):
    """The sentences of a meeting, read for what they settle, too."""

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
        turned = another(self.said[at - 1], each) or first(known.turning, each.text)
        if not turned or self._task(at) or asks(each):
            return False
        views = (*known.opinion, *known.report, *known.fact)
        other = (*views, *known.courtesy, *known.agrees, *known.accepts)
        return self.may_settle(at) and not first(other, each.text)

    def _decided(self, at: int) -> tuple[int, ...]:
        if asks(self.said[at]):
            return ()
        said_so = first(self._cues(at).decided, bare(self.said[at])) and self._settles(at)
        if (self._task(at) and not said_so) or first(self._cues(at).accepts, self.said[at].text):
            return ()
        if put := self._put_to_all(at):
            return (*put, at)
        if at and (self._is_yes(at) or self._is_verdict(at)):
            return (at - 1, at)
        if self._sums_up(at):
            return (at,)
        return (at,) if self._settles(at) and not self._only_agrees(at) else ()

    def may_settle(self, at: int) -> bool:
        """Whether a sentence may settle something, in words that no rule knows."""
        known = self._cues(at)
        return not first((*known.not_decision, *known.unanswered), self.said[at].text)

    def left_open(self, at: int) -> bool:
        """Whether a sentence is a question that nobody could answer, or calls something open."""
        each = self.said[at]
        after = self.said[at + 1 : at + 1 + REPLIES]
        if after and after[0].segment.id == each.segment.id:
            after = self.said[at + 2 : at + 2 + REPLIES]  # the question is explained first
        if asks(each):
            if self._task(at):
                return False
            if at and asks(self.said[at - 1]) and another(self.said[at - 1], each):
                return False  # a guess at the answer
            answer = next((reply for reply in after if not asks(reply)), None)
            whole = [reply for reply in after if answer and reply.segment is answer.segment]
            return any(first(cues(reply.language).unanswered, reply.text) for reply in whole)
        before = self.said[max(at - REPLIES, 0) : at]
        return bool(first(self._cues(at).open, each.text)) and not any(map(asks, before))

    def _put_to_all(self, at: int) -> tuple[int, ...]:
        """What all were asked to agree to, where this sentence says that they do: the question, and
        the sentence before where the question alone does not say what it is about."""
        known = self._cues(at)
        if not at or not first((*known.agrees, *known.decided), self.said[at].text):
            return ()
        asked = first(known.consent, self.said[at - 1].text)
        if not asked:
            return ()
        alone = at > 1 and len(_UNITS.findall(self.said[at - 1].text[: asked.start()])) < PUT
        return (at - 2, at - 1) if alone else (at - 1,)

    def _is_yes(self, at: int) -> bool:
        """Whether a sentence does no more than agree to what another has just proposed."""
        each, before, known = self.said[at], self.said[at - 1], self._cues(at)
        if each.segment.speaker == before.segment.speaker and each.segment.speaker:
            return False
        words = len(_UNITS.findall(each.text))
        proposed = first(known.proposal, before.text) and not self._task(at - 1)
        short = words <= SHORT_YES or asks(before)
        second = at > 1 and first(known.agrees, before.text) and not asks(before)
        return bool(proposed and short and not second and first(known.agrees, each.text))

    def _is_verdict(self, at: int) -> bool:
        """Whether a sentence says what is done, after somebody has asked just that."""
        each, before, known = self.said[at], self.said[at - 1], self._cues(at)
        if not (asks(before) and another(before, each) and first(known.proposal, before.text)):
            return False
        if self._task(at - 1) or first((*known.not_decision, *known.unanswered), each.text):
            return False
        views = (*known.opinion, *known.fact)
        return any(not first(views, clause) for clause in _CLAUSES.split(each.text))

    def _sums_up(self, at: int) -> bool:
        """Whether a sentence says, after others have spoken, how it is to be: "right, my aunt does it"."""
        each, known = self.said[at], self._cues(at)
        if at <= OPENING or self._alone or self._task(at):
            return False
        answers = asks(self.said[at - 1])
        if not (answers or another(self.said[at - 1], each)):
            return False
        patterns = (*known.summing, *known.turning) if answers else known.summing
        doubts = (*known.report, *known.unanswered, *known.not_decision, *known.chapter)
        return bool(first(patterns, each.text)) and not first(doubts, each.text)

    def _only_agrees(self, at: int) -> bool:
        """Whether a sentence only says yes to what is settled already."""
        if not at or not first(self._cues(at).agrees, self.said[at].text):
            return False
        return another(self.said[at - 1], self.said[at]) and self._settles(at - 1)
