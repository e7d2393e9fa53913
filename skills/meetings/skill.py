"""Meetings: recorded or brought in, minuted, asked about and drafted from."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_duration, say_list

from . import paper
from .asking import answer
from .base import SPOKEN
from .command import Command
from .doing import Doing
from .hints import names_in
from .meeting import clock
from .minutes import Minutes, minutes

_MINE = re.compile(r"\b(?:my|i|me)\b|我")
_WEEK = re.compile(r"\bthis week|\bweek's\b|[这本]周|这个?星期")

_SPOKEN_PARTS = ("summary", "decisions", "todos", "questions")


class Meetings(Doing):
    """Minutes, to-dos, drafts and answers from what was said in meetings."""

    async def command(self, words: Sequence[str]) -> AsyncGenerator[Mapping[str, Any], None]:
        """`voice-assistant meeting ...`."""
        command = Command(self.home, self.archive, self.importer)
        async with aclosing(command.run(words)) as records:
            async for each in records:
                yield each

    # --- what it came to -----------------------------------------------------------------

    @intent("summary")
    async def summary(self, turn: Turn, topic: str | None = None) -> Answer:
        """The minutes of the latest meeting, or of one about something."""
        meeting = self.latest(topic, turn.text)
        if meeting is None:
            return self.absent(turn)
        if not meeting.done:
            return self.wait(turn, meeting)
        made = minutes(meeting)
        parts = (
            turn.phrase(part, lines=self.aloud(getattr(made, part), turn))
            for part in _SPOKEN_PARTS
            if getattr(made, part)
        )
        said = " ".join([turn.phrase("of", meeting=meeting.title), *parts])
        return Reply(say=said, display=paper.markdown(made))

    @intent("decisions")
    async def decisions(self, turn: Turn, topic: str | None = None) -> Answer:
        """What was decided, in all or about something."""
        return self._part(turn, "decisions", topic)

    @intent("todos")
    async def todos(
        self, turn: Turn, person: str | None = None, member: str | None = None
    ) -> Answer:
        """The to-dos of the latest meeting or of this week's; all, or those of one person."""
        person = member or person
        if person is None and _MINE.search(turn.text.casefold()) and self.archive.ids():
            person = await self._me(turn)
        if _WEEK.search(turn.text.casefold()):
            return self._week(turn, person)
        meeting = self.latest(member, turn.text)
        if meeting is None or person is None:
            return self._part(turn, "todos", None)
        made = minutes(meeting)
        theirs = [t for t in made.todos if person.casefold() in t.owner.casefold()]
        if not theirs:
            return turn.phrase("no_todos_of", person=person)
        return Reply(
            say=turn.phrase("todos", lines=self.aloud(theirs, turn)),
            display=paper.markdown(made),
        )

    async def _me(self, turn: Turn) -> str:
        """What the user is called in meetings: told by the settings, or asked once."""
        known = self.home.settings.get("me") or self.home.store.get("me")
        if not known:
            told = names_in(str(await turn.ask(turn.phrase("who_are_you"))))
            known = told[0] if told else ""
            self.home.store.set("me", known)
        return str(known)

    def _week(self, turn: Turn, person: str | None) -> Answer:
        """The to-dos of all meetings since Monday."""
        today = self.now().date()
        monday = (today - timedelta(days=today.weekday())).isoformat()
        meetings = [each for each in self.archive.all() if each.day >= monday]
        wanted = (person or "").casefold()
        theirs = [
            (meeting, todo)
            for meeting in meetings
            for todo in minutes(meeting).todos
            if wanted in todo.owner.casefold()
        ]
        if not theirs:
            return turn.phrase("no_todos_this_week")
        card = "\n".join(
            f"- [ ] {paper.item(todo, turn.language)} [{meeting.id}, {clock(todo.start)}]"
            for meeting, todo in theirs
        )
        said = turn.phrase("todos", lines=self.aloud([todo for _, todo in theirs], turn))
        return Reply(say=said, display=card)

    @intent("questions")
    async def questions(self, turn: Turn) -> Answer:
        """What was left open in the latest meeting."""
        return self._part(turn, "questions", None)

    @intent("people")
    async def people(self, turn: Turn) -> Answer:
        """Who spoke in the latest meeting, or was given something to do."""
        return self._part(turn, "people", None)

    @intent("figures")
    async def figures(self, turn: Turn) -> Answer:
        """The amounts, shares and counts that were named in the latest meeting."""
        return self._part(turn, "figures", None)

    @intent("length")
    async def length(self, turn: Turn) -> Answer:
        """How long the latest meeting was."""
        meeting = self.latest(said=turn.text)
        if meeting is None:
            return self.absent(turn)
        length = say_duration(timedelta(seconds=round(meeting.seconds)), turn.language)
        return turn.phrase("lasted", meeting=meeting.title, length=length)

    def _part(self, turn: Turn, part: str, topic: str | None) -> Answer:
        if topic:
            return self._about(turn, topic)
        meeting = self.latest(said=turn.text)
        if meeting is None:
            return self.absent(turn)
        made = minutes(meeting)
        lines = getattr(made, part)
        if not lines:
            return turn.phrase(f"no_{part}", meeting=meeting.title)
        return Reply(
            say=turn.phrase(part, lines=self.aloud(lines, turn)), display=_card(made, part)
        )

    # --- asking --------------------------------------------------------------------------

    @intent("ask")
    async def ask(self, turn: Turn, topic: str | None = None, member: str | None = None) -> Answer:
        """What was said about something, word for word; by all or by one person."""
        return self._about(turn, topic, member)

    @intent("when")
    async def when(self, turn: Turn, topic: str | None = None, member: str | None = None) -> Answer:
        """The moment at which something was said, and its sound where there is some."""
        told = self._about(turn, topic, member, key="when")
        if isinstance(told, Reply) and self.found and self.home.media:
            await turn.say(told)
            self.sounds(self.found)
            return None
        return told

    def _about(
        self, turn: Turn, topic: str | None, by: str | None = None, key: str = "said"
    ) -> Answer:
        if not self.archive.ids():
            return turn.phrase("none")
        question = turn.text or topic or ""
        found = answer(question, self.archive.all(), topic=topic or "", by=by or "")
        if not found:
            return turn.phrase("nothing_about")
        best = self.found = found[0]
        display = "\n".join(
            f"- {paper.item(each.line, turn.language)} [{each.meeting.id}, {clock(each.line.start)}]"
            for each in found
        )
        said = turn.phrase(
            key,
            line=paper.item(best.line, turn.language),
            meeting=best.meeting.title,
            moment=clock(best.line.start),
        )
        return Reply(say=said, display=display)

    @intent("list")
    async def list_all(self, turn: Turn) -> Answer:
        """Which meetings are kept."""
        ids = self.archive.ids()
        if not ids:
            return turn.phrase("none")
        noun = {"zh": "个会议"}.get(turn.language, "meeting")
        titles = [self.archive.load(each).title for each in ids[-SPOKEN:]]
        count = say_count(len(ids), noun, turn.language)
        return turn.phrase("list", count=count, titles=say_list(titles, turn.language))


def _card(made: Minutes, part: str) -> str:
    """One list of the minutes for a screen."""
    word = paper.headings(made.language)
    lines = (f"- {paper.item(each, made.language)}" for each in getattr(made, part))
    return "\n".join([f"## {word[part]}", "", *lines])
