"""Meetings: brought in from recordings, minuted, asked about and drafted from."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from voice_assistant import answers
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_list

from . import paper
from .archive import Archive
from .asking import answer
from .command import Command
from .drafts import KINDS, draft, from_brief
from .meeting import Meeting, clock
from .minutes import Line, Minutes, minutes

SPOKEN = 5
"""Lines read in one go; all of them are on the card."""

_SPOKEN_PARTS = ("summary", "decisions", "todos", "questions")


class Meetings(Skill):
    """Minutes, to-dos, drafts and answers from what was said in meetings."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.archive = Archive(home.folder)

    async def command(self, words: Sequence[str]) -> AsyncGenerator[Mapping[str, Any], None]:
        """`voice-assistant meeting ...`."""
        async with aclosing(Command(self.home, self.archive).run(words)) as records:
            async for each in records:
                yield each

    # --- recording -----------------------------------------------------------------------

    @intent("start")
    async def begin(self, turn: Turn) -> Answer:
        """There is no recording from the microphone yet; how to bring one in."""
        return turn.phrase("no_recording")

    @intent("stop")
    async def end(self, turn: Turn) -> Answer:
        """Nothing is recorded, so nothing is stopped."""
        return turn.phrase("not_recording")

    @intent("pause")
    async def hold(self, turn: Turn) -> Answer:
        """Nothing is recorded, so nothing is paused."""
        return turn.phrase("not_recording")

    # --- what it came to -----------------------------------------------------------------

    @intent("summary")
    async def summary(self, turn: Turn, topic: str | None = None) -> Answer:
        """The minutes of the latest meeting, or of one about something."""
        meeting = self.archive.find(topic or "")
        if meeting is None:
            return turn.phrase("no_such" if topic and self.archive.ids() else "none")
        made = minutes(meeting)
        parts = (
            turn.phrase(part, lines=self._aloud(getattr(made, part), turn))
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
    async def todos(self, turn: Turn, person: str | None = None) -> Answer:
        """The to-dos of the latest meeting, or those of one person."""
        meeting = self.archive.find()
        if meeting is None or person is None:
            return self._part(turn, "todos", None)
        made = minutes(meeting)
        theirs = [t for t in made.todos if person.casefold() in t.owner.casefold()]
        if not theirs:
            return turn.phrase("no_todos_of", person=person)
        return Reply(
            say=turn.phrase("todos", lines=self._aloud(theirs, turn)),
            display=paper.markdown(made),
        )

    @intent("questions")
    async def questions(self, turn: Turn) -> Answer:
        """What was left open in the latest meeting."""
        return self._part(turn, "questions", None)

    def _part(self, turn: Turn, part: str, topic: str | None) -> Answer:
        if topic:
            return self._about(turn, turn.text or topic)
        meeting = self.archive.find()
        if meeting is None:
            return turn.phrase("none")
        made = minutes(meeting)
        lines = getattr(made, part)
        if not lines:
            return turn.phrase(f"no_{part}", meeting=meeting.title)
        return Reply(
            say=turn.phrase(part, lines=self._aloud(lines, turn)), display=_card(made, part)
        )

    def _aloud(self, lines: Iterable[Line], turn: Turn) -> str:
        """Lines one after the other, each a sentence."""
        said = [paper.item(line, turn.language) for line in lines]
        rest = len(said) - SPOKEN
        text = " ".join(said[:SPOKEN])
        return f"{text} {turn.phrase('more', count=rest)}" if rest > 0 else text

    # --- asking --------------------------------------------------------------------------

    @intent("ask")
    async def ask(self, turn: Turn, topic: str | None = None) -> Answer:
        """What was said about something, word for word."""
        return self._about(turn, topic or turn.text)

    @intent("when")
    async def when(self, turn: Turn, topic: str | None = None) -> Answer:
        """The moment at which something was said."""
        return self._about(turn, topic or turn.text, key="when")

    def _about(self, turn: Turn, question: str, key: str = "said") -> Answer:
        if not self.archive.ids():
            return turn.phrase("none")
        found = answer(question, self.archive.all())
        if not found:
            return turn.phrase("nothing_about")
        best = found[0]
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

    # --- doing ---------------------------------------------------------------------------

    @intent("draft")
    async def draft(self, turn: Turn, kind: str | None = None, topic: str | None = None) -> Answer:
        """A text from the latest meeting; where there is none, or something else is wanted, from
        what the user says it is about."""
        kind = kind if kind in KINDS else "email"
        meeting = self.archive.find(topic or "")
        if meeting is not None:
            made = draft(kind, meeting)
            self.archive.write(meeting, f"{kind}.md", made.text)
        else:
            brief = str(await turn.ask(turn.phrase("brief"), seconds=20.0))
            meeting = from_brief(brief, self.now().date().isoformat())
            made = draft(kind, meeting, brief=brief)
        said = turn.phrase("drafted", kind=turn.phrase(kind), blanks=made.blanks)
        receipt = Receipt(action="meetings.draft", result={"kind": kind, "meeting": meeting.id})
        return Reply(say=said, display=made.text, receipts=(receipt,))

    @intent("delete")
    async def delete(self, turn: Turn, topic: str | None = None) -> Answer:
        """Delete everything of a meeting, once that is confirmed."""
        meeting: Meeting | None = self.archive.find(topic or "")
        if meeting is None:
            return turn.phrase("no_such" if topic else "none")
        question = turn.phrase("sure", meeting=meeting.title, day=meeting.day)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        self.archive.delete(meeting)
        receipt = Receipt(action="meetings.delete", result={"meeting": meeting.id})
        return Reply(say=turn.phrase("deleted", meeting=meeting.title), receipts=(receipt,))


def _card(made: Minutes, part: str) -> str:
    """One list of the minutes for a screen."""
    word = paper.headings(made.language)
    lines = (f"- {paper.item(each, made.language)}" for each in getattr(made, part))
    return "\n".join([f"## {word[part]}", "", *lines])
