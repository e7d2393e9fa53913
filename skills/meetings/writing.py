"""Drafts by voice: written, put into another tone, and where they and the minutes lie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice_assistant import answers
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count

from .briefs import from_brief
from .desk import Desk
from .drafts import KINDS, TONES, draft
from .meeting import Meeting

_OF_MEETING = re.compile(
    r"\b(?:meeting|minutes|call|interview|transcript|recording|discuss\w*|decid\w*|decisions?|action"
    r" items?|said|talked)\b|会|纪要|讨论|决定|录音|待办"
)
"""A draft that is asked for with these is one of the last meeting."""

_ABOUT_MEETING = re.compile(
    r"\b(?:from|of|about|after|on) (?:the|our|this|last|today's|yesterday's) (?:last )?(?:meeting|minutes"
    r"|call|interview)$|(?:根据|按照?)(?:会议|纪要)"
)
"""... even where it is said to whom it goes: that is no brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a draft is made from."""

    kind: str
    meeting: Meeting
    brief: str = ""
    """In the user's words; empty where it is made from the meeting."""


class Writing(Desk):
    """Drafts."""

    wanted: Wanted | None = None
    """Of the last draft, for another tone."""

    @intent("draft")
    async def draft(
        self,
        turn: Turn,
        kind: str | None = None,
        tone: str | None = None,
        brief: str | None = None,
        to: str | None = None,
    ) -> Answer:
        """A text from the latest meeting, or from what the user says that it is about, to whom."""
        kind = kind if kind in KINDS else "email"
        told = bool(brief or to) and not _ABOUT_MEETING.search(turn.text.casefold())
        meeting = None if told else await self._meant(turn, kind)
        if meeting is not None:
            self.wanted = Wanted(kind=kind, meeting=meeting)
        else:
            asked = turn.text if told else await turn.ask(turn.phrase("brief"), seconds=20.0)
            about = from_brief(str(asked), self.now().date().isoformat())
            self.wanted = Wanted(kind=kind, meeting=about, brief=str(asked))
        return self._drafted(turn, self.wanted, tone)

    @intent("retone")
    async def retone(self, turn: Turn, tone: str | None = None) -> Answer:
        """The last draft once more, in another tone."""
        if self.wanted is None:
            return turn.phrase("no_draft")
        return self._drafted(turn, self.wanted, tone)

    @intent("files")
    async def files(self, turn: Turn) -> Answer:
        """Where the minutes lie, and as what."""
        meeting = self.latest(said=turn.text)
        if meeting is None:
            return self.absent(turn)
        folder = self.archive.folder / meeting.id
        return Reply(say=turn.phrase("files", meeting=meeting.title), display=str(folder))

    def _drafted(self, turn: Turn, wanted: Wanted, tone: str | None) -> Reply:
        tone = tone if tone in TONES else "plain"
        made = draft(wanted.kind, wanted.meeting, brief=wanted.brief, tone=tone)
        if not wanted.brief:
            self.archive.write(wanted.meeting, f"{wanted.kind}.md", made.text)
        name = turn.phrase(wanted.kind)
        said = (
            turn.phrase("drafted", kind=name, blanks=_counted(made.blanks, turn.language))
            if made.blanks
            else turn.phrase("drafted_whole", kind=name)
        )
        result = {"kind": wanted.kind, "meeting": wanted.meeting.id}
        receipt = Receipt(action="meetings.draft", result=result)
        return Reply(say=said, display=made.text, receipts=(receipt,))

    async def _meant(self, turn: Turn, kind: str) -> Meeting | None:
        """The latest meeting, where the draft is to be made from it."""
        meeting = self.latest()
        if meeting is None or kind == "agenda" or _OF_MEETING.search(turn.text.casefold()):
            return meeting
        question = turn.phrase("from_meeting", meeting=meeting.title)
        return meeting if await turn.ask(question, answers.yes_no) else None


def _counted(blanks: int, language: str) -> str:
    return say_count(blanks, "处空白" if language == "zh" else "blank", language)
