"""`voice-assistant meeting ...`: the same meetings by hand."""

from __future__ import annotations

import argparse
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from voice_assistant.audio.files import duration
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.skill import Home

from . import paper
from .archive import Archive
from .asking import answer
from .drafts import KINDS, TONES, draft, from_brief
from .importing import TEXTS, Importer
from .meeting import Meeting, clock
from .minutes import minutes

Records = AsyncGenerator[Mapping[str, Any], None]


class Command:
    """Carries out the words of one command."""

    def __init__(self, home: Home, archive: Archive) -> None:
        self._home = home
        self._archive = archive

    async def run(self, words: Sequence[str]) -> Records:
        """The records that the words ask for."""
        given = _parser().parse_args(list(words))
        async for each in getattr(self, f"_{given.do}")(given):
            yield each

    async def _record(self, given: argparse.Namespace) -> Records:
        raise VoiceAssistantError(
            "Recording from the microphone is not there yet: record with any program and type"
            " 'voice-assistant meeting import FILE'."
        )
        yield {}

    async def _import(self, given: argparse.Namespace) -> Records:
        services = self._home.services
        importer = Importer(self._archive, services["recognizer"], services["detector"])
        today = self._home.clock.now().date()
        with _progress() as bar:
            for file in given.files:
                path = Path(file)
                total = None if path.suffix.lower() in TEXTS else duration(path)
                task = bar.add_task(path.name, total=total)
                steps = importer.run(path, today, title=given.title, hints=tuple(given.hint))
                meeting: Meeting | None = None
                async with aclosing(services["background"].iterate(steps)) as growing:
                    async for meeting in growing:
                        bar.update(task, completed=meeting.seconds)
                if meeting is not None:
                    yield self._summary(meeting)

    async def _list(self, given: argparse.Namespace) -> Records:
        for meeting in self._archive.all():
            state = "" if meeting.done else "  (not finished: import the file again)"
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
        yield self._summary(self._find(given.meeting))

    async def _ask(self, given: argparse.Namespace) -> Records:
        found = answer(" ".join(given.question), self._archive.all())
        if not found:
            raise VoiceAssistantError("Nothing about that was said in the meetings that are kept.")
        for each in found:
            said = paper.item(each.line, each.meeting.language)
            yield {
                "id": each.meeting.id,
                "answer": said,
                "evidence": _evidence(each.meeting, each.line.evidence),
                "text": f"{said}  [{each.meeting.id}, {clock(each.line.start)}]",
            }

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
            "evidence": _evidence(meeting, made.evidence),
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

    def _summary(self, meeting: Meeting) -> dict[str, Any]:
        made = minutes(meeting)
        used = sorted({number for line in made.lines() for number in line.evidence})
        return {
            "id": meeting.id,
            "done": meeting.done,
            "folder": str(self._archive.folder / meeting.id),
            "segments": [asdict(each) for each in meeting.segments],
            "minutes": paper.record(made),
            "evidence": _evidence(meeting, used),
            "text": paper.markdown(made),
        }


def _evidence(meeting: Meeting, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """What was said in some segments, with its times."""
    chosen = (meeting.segment(number) for number in numbers)
    return [
        {"segment": each.id, "start": each.start, "end": each.end, "said": each.text}
        for each in chosen
    ]


class _Parser(argparse.ArgumentParser):
    """Wrong usage is a stated failure."""

    def error(self, message: str) -> NoReturn:
        raise VoiceAssistantError(f"meeting: {message}. {self.format_usage().strip()}")


def _parser() -> argparse.ArgumentParser:
    top = _Parser(prog="voice-assistant meeting")
    todo = top.add_subparsers(dest="do", required=True, parser_class=_Parser)
    todo.add_parser("record", help="record from the microphone")
    bring = todo.add_parser("import", help="transcribe recordings, or read transcripts")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--title", default="")
    bring.add_argument("--hint", action="append", default=[], help="a name or term that is said")
    todo.add_parser("list", help="what meetings there are")
    shown = todo.add_parser("minutes", help="the minutes of a meeting (of the latest)")
    shown.add_argument("meeting", nargs="*", help="a part of its name")
    written = todo.add_parser("draft", help="a text from a meeting, or from a brief")
    written.add_argument("kind", choices=KINDS)
    written.add_argument("meeting", nargs="*")
    written.add_argument("--brief", default="", help="what it is about, where no meeting was")
    written.add_argument("--tone", choices=TONES, default="plain")
    asked = todo.add_parser("ask", help="a question about all meetings")
    asked.add_argument("question", nargs="+")
    gone = todo.add_parser("delete", help="delete everything of a meeting")
    gone.add_argument("id", nargs="+")
    return top


def _progress() -> Progress:
    """A bar with the time left, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
