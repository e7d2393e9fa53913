"""`voice-assistant meeting ...`: the same meetings by hand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import anyio
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from voice_assistant.audio.files import duration
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.skill import Home
from voice_assistant.workers import Worker, on_loop

from . import paper
from .archive import Archive
from .asking import answer
from .drafts import KINDS, TONES, draft, from_brief
from .importing import TEXTS, Importer
from .live import Keys, Live
from .meeting import Meeting, Segment, clock
from .minutes import minutes
from .papers import write_papers
from .reading import read
from .sitting import Sitting

Records = AsyncGenerator[Mapping[str, Any], None]

LOOK = 2.0
"""Seconds between two looks at what was recorded."""

_RECORDING = "⏺ Recording {title}. Enter ends it, p + Enter pauses, m + Enter marks the moment."
_ENDED = "⏹ Recorded; writing down the rest."


class Command:
    """Carries out the words of one command."""

    def __init__(self, home: Home, archive: Archive, importer: Importer) -> None:
        self._home = home
        self._archive = archive
        self._importer = importer

    async def run(self, words: Sequence[str]) -> Records:
        """The records that the words ask for."""
        given = _parser().parse_args(list(words))
        async for each in getattr(self, f"_{given.do}")(given):
            yield each

    async def _record(self, given: argparse.Namespace) -> Records:
        """Record until Enter or the end of the minutes; then write down the rest."""
        now = self._home.clock.now()
        sitting = Sitting(self._archive, self._home.services["microphone"])
        title = given.title or f"Meeting {now.strftime('%H.%M')}"
        meeting = sitting.begin(title, now.date(), tuple(given.hint))
        yield {"id": meeting.id, "recording": True, "text": _RECORDING.format(title=meeting.title)}
        try:
            async with aclosing(self._captions(sitting, meeting, given)) as captions:
                async for each in captions:
                    yield each
        finally:
            seconds = sitting.seconds
            sitting.close()
        yield {"id": meeting.id, "recording": False, "seconds": seconds, "text": _ENDED}
        async with aclosing(self._written(self._archive.load(meeting.id))) as records:
            async for each in records:
                yield each

    async def _captions(
        self, sitting: Sitting, meeting: Meeting, given: argparse.Namespace
    ) -> Records:
        """What is said, as it is recorded."""
        ended = anyio.Event()
        keys = Keys(sitting.pause, sitting.mark, ended.set)
        background: Worker = self._home.services["background"]
        live = None
        if not given.no_captions:
            live = await background.call(Live, self._archive, meeting, self._importer.engines)
        with Worker("keyboard") as keyboard:
            typed = on_loop(lambda line: sys.stderr.write(keys.typed(line) + "\n"))
            keyboard.post(lambda: read_keys(typed))
            try:
                while not (
                    ended.is_set() or sitting.full or 0 < given.minutes * 60 <= sitting.seconds
                ):
                    with anyio.move_on_after(LOOK):
                        await ended.wait()
                    for each in await background.call(live.step) if live else ():
                        yield _caption(meeting, each)
            finally:
                if live:
                    background.post(live.close)

    async def _resume(self, given: argparse.Namespace) -> Records:
        """Write down what was recorded, or begun to be brought in, and not finished."""
        for meeting in list(self._archive.all()):
            if not meeting.done:
                async with aclosing(self._written(meeting)) as records:
                    async for each in records:
                        yield each

    async def _written(self, meeting: Meeting) -> Records:
        """A meeting written down to its end, with a bar."""
        path = self._archive.sound(meeting)
        total = None if path is None or path.suffix in TEXTS else duration(path)
        with _progress() as bar:
            task = bar.add_task(meeting.title, total=total, completed=int(meeting.seconds))
            steps = self._importer.go_on(meeting)
            async with aclosing(self._home.services["background"].iterate(steps)) as growing:
                async for written in growing:
                    bar.update(task, completed=written.seconds)
        yield self._summary(self._archive.load(meeting.id))

    async def _import(self, given: argparse.Namespace) -> Records:
        today = self._home.clock.now().date()
        for file in given.files:
            meeting = self._importer.meeting_of(
                Path(file), today, title=given.title, hints=tuple(given.hint)
            )
            async with aclosing(self._written(meeting)) as records:
                async for each in records:
                    yield each

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
        meeting = self._find(given.meeting)
        if given.thorough:
            meeting = await self._read(meeting)
        yield self._summary(meeting)

    async def _read(self, meeting: Meeting) -> Meeting:
        """A meeting that the language model has read to its end, with a bar."""
        mind = self._home.mind
        while not mind.ready and mind.name:  # noqa: ASYNC110 - it loads on a thread of its own
            await anyio.sleep(LOOK)
        if not mind.ready:
            raise VoiceAssistantError(mind.excuse("en"))
        with _progress() as bar:
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
                "evidence": _evidence(each.meeting, each.line.evidence),
                "text": f"{said}  [{each.meeting.id}, {clock(each.line.start)}]",
            }

    async def _rename(self, given: argparse.Namespace) -> Records:
        meeting = self._find(given.meeting)
        if given.speaker not in meeting.speakers:
            spoke = ", ".join(meeting.speakers) or "nobody that can be told apart"
            raise VoiceAssistantError(f"'{given.speaker}' does not speak there; it has: {spoke}.")
        meeting = self._archive.rename(meeting, given.speaker, given.name)
        write_papers(self._archive, meeting)
        yield self._summary(meeting)

    async def _confirm(self, given: argparse.Namespace) -> Records:
        meeting = self._find(given.meeting)
        keep = self._home.settings.get("audio") == "keep"
        gone = meeting.done and not keep and self._archive.forget_sound(meeting)
        text = f"{meeting.id} is confirmed{'; its recording is deleted' if gone else ''}."
        yield {"id": meeting.id, "confirmed": meeting.done, "audio_deleted": gone, "text": text}

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


def _caption(meeting: Meeting, segment: Segment) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "segment": asdict(segment),
        "text": f"[{clock(segment.start)}] {segment.text}",
    }


def read_keys(typed: Callable[[str], None]) -> None:
    """Hand over each line that is typed, until the input ends."""
    for line in sys.stdin:
        typed(line)


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
    taped = todo.add_parser("record", help="record from the microphone, with captions")
    taped.add_argument("--title", default="")
    taped.add_argument("--hint", action="append", default=[], help="a name or term that is said")
    taped.add_argument("--minutes", type=float, default=0.0, help="end by itself after so many")
    taped.add_argument("--no-captions", action="store_true", help="transcribe afterwards only")
    todo.add_parser("resume", help="write down what was recorded and not finished")
    bring = todo.add_parser("import", help="transcribe recordings, or read transcripts")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--title", default="")
    bring.add_argument("--hint", action="append", default=[], help="a name or term that is said")
    todo.add_parser("list", help="what meetings there are")
    shown = todo.add_parser("minutes", help="the minutes of a meeting (of the latest)")
    shown.add_argument("meeting", nargs="*", help="a part of its name")
    shown.add_argument(
        "--thorough", action="store_true", help="have the language model read it; takes minutes"
    )
    written = todo.add_parser("draft", help="a text from a meeting, or from a brief")
    written.add_argument("kind", choices=KINDS)
    written.add_argument("meeting", nargs="*")
    written.add_argument("--brief", default="", help="what it is about, where no meeting was")
    written.add_argument("--tone", choices=TONES, default="plain")
    asked = todo.add_parser("ask", help="a question about all meetings")
    asked.add_argument("question", nargs="+")
    named = todo.add_parser("rename", help="call a speaker that was told apart by a name")
    named.add_argument("speaker", help='such as "Speaker 1"')
    named.add_argument("name")
    named.add_argument("meeting", nargs="*")
    right = todo.add_parser("confirm", help="the minutes are right: the recording may go")
    right.add_argument("meeting", nargs="*")
    gone = todo.add_parser("delete", help="delete everything of a meeting")
    gone.add_argument("id", nargs="+")
    return top


def _progress() -> Progress:
    """A bar with the time left, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
