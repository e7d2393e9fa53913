"""`voice-assistant meeting ...`: the same meetings by hand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import aclosing

import anyio

from voice_assistant.errors import VoiceAssistantError

from . import paper
from .asking import answer
from .briefs import from_brief
from .drafts import draft
from .meeting import Meeting, clock
from .papers import write_papers
from .reading import read
from .records import evidence, summary
from .taking import LOOK, Records, Taking, progress
from .words import parser


class Command(Taking):
    """Carries out the words of one command."""

    async def run(self, words: Sequence[str]) -> Records:
        """The records that the words ask for."""
        given = parser().parse_args(list(words))
        async for each in getattr(self, f"_{given.do}")(given):
            yield each

    async def _list(self, given: argparse.Namespace) -> Records:
        for meeting in self._archive.all():
            state = "" if meeting.done else "  (not finished: meeting resume)"
            text = f"{meeting.id}  {clock(meeting.seconds)}{state}"
            yield {
                "id": meeting.id,
                "title": meeting.title,
                "day": meeting.day,
                "seconds": meeting.seconds,
                "done": meeting.done,
                "text": text,
            }

    async def _minutes(self, given: argparse.Namespace) -> Records:
        meeting = self._find(given.meeting)
        if given.thorough:
            meeting = await self._read(meeting)
        yield summary(self._archive, meeting)

    async def _read(self, meeting: Meeting) -> Meeting:
        """A meeting that the language model has read to its end, with a bar."""
        mind = self._home.mind
        while not mind.ready and mind.name:  # noqa: ASYNC110 - it loads on a thread of its own
            await anyio.sleep(LOOK)
        if not mind.ready:
            raise VoiceAssistantError(mind.excuse("en"))
        with progress() as bar:
            task = bar.add_task(meeting.title, total=len(meeting.statements))
            async with aclosing(read(meeting, mind)) as growing:
                async for findings in growing:
                    meeting = self._archive.found(meeting, findings)
                    bar.update(task, completed=findings.read)
        write_papers(self._archive, meeting)
        return meeting

    async def _ask(self, given: argparse.Namespace) -> Records:
        found = answer(" ".join(given.question), self._archive.all())
        if not found:
            raise VoiceAssistantError("Nothing about that was said in the meetings that are kept.")
        for each in found:
            said = paper.item(each.line, each.meeting.language)
            yield {
                "id": each.meeting.id,
                "answer": said,
                "evidence": evidence(each.meeting, each.line.evidence),
                "text": f"{said}  [{each.meeting.id}, {clock(each.line.start)}]",
            }

    async def _rename(self, given: argparse.Namespace) -> Records:
        meeting = self._find(given.meeting)
        if given.speaker not in meeting.speakers:
            spoke = ", ".join(meeting.speakers) or "nobody that can be told apart"
            raise VoiceAssistantError(f"'{given.speaker}' does not speak there; it has: {spoke}.")
        meeting = self._archive.rename(meeting, given.speaker, given.name)
        write_papers(self._archive, meeting)
        yield summary(self._archive, meeting)

    async def _confirm(self, given: argparse.Namespace) -> Records:
        meeting = self._find(given.meeting)
        if not meeting.done:
            raise VoiceAssistantError(f"'{meeting.id}' is not written down yet: meeting resume.")
        keep = self._home.settings.get("audio") == "keep"
        gone = not keep and self._archive.forget_sound(meeting)
        text = f"{meeting.id} is confirmed{'; its recording is deleted' if gone else ''}."
        yield {"id": meeting.id, "confirmed": True, "audio_deleted": gone, "text": text}

    async def _delete(self, given: argparse.Namespace) -> Records:
        name = " ".join(given.id)
        if name not in self._archive.ids():
            raise VoiceAssistantError(
                f"There is no meeting '{name}': type its whole name as 'meeting list' shows it."
            )
        meeting = self._archive.load(name)
        self._archive.delete(meeting)
        yield {"id": meeting.id, "deleted": True, "text": f"Deleted {meeting.id}."}

    async def _draft(self, given: argparse.Namespace) -> Records:
        if given.brief:
            day = self._home.clock.now().date().isoformat()
            meeting = from_brief(given.brief, day)
        else:
            meeting = self._find(given.meeting)
        made = draft(given.kind, meeting, brief=given.brief, tone=given.tone)
        if not given.brief:
            self._archive.write(meeting, f"{given.kind}.md", made.text)
        yield {
            "id": meeting.id,
            "kind": given.kind,
            "draft": made.text,
            "blanks": made.blanks,
            "evidence": evidence(meeting, made.evidence),
            "text": made.text,
        }

    def _find(self, words: Sequence[str]) -> Meeting:
        meeting = self._archive.find(" ".join(words))
        if meeting is None:
            raise VoiceAssistantError(
                "There is no such meeting: 'voice-assistant meeting list' shows what there is, and"
                " 'meeting import FILE' brings one in."
            )
        return meeting
