"""What is done with a meeting: played, renamed, put on lists, confirmed, deleted."""

from __future__ import annotations

from contextlib import aclosing

from voice_assistant import answers
from voice_assistant.skill import Answer, Cue, Pieces, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count

from .asking import Found, answer
from .excerpt import Excerpt
from .following import due_moment
from .meeting import Meeting
from .minutes import Todo, minutes
from .papers import write_papers
from .reading import read
from .writing import Writing

TELL = 0.25
"""Share of a meeting after which one is told how far the reading is."""

PART_SECONDS = 120.0
"""What a small machine may take for the next part of a meeting."""

LEAD_IN = 1.0
"""Seconds played before a moment, so that its first word is not the first sound."""


class Doing(Writing):
    """The actions."""

    # --- hearing it again ----------------------------------------------------------------

    @intent("play")
    async def play(self, turn: Turn, topic: str | None = None) -> Answer:
        """Play the moment of the last answer, or the one at which something was said."""
        if topic:
            self.found = next(iter(answer(topic, self.archive.all())), None)
        if self.found is None:
            return turn.phrase("nothing_about" if topic else "play_what")
        return None if self.sounds(self.found) else turn.phrase("no_sound")

    def sounds(self, found: Found) -> bool:
        """Play a moment; False where its sound, or a loudspeaker, is not there."""
        path = self.archive.sound(found.meeting)
        if path is None or self.home.media is None or not found.line.evidence:
            return False
        segment = found.meeting.segment(found.line.evidence[0])
        start = max(segment.start - LEAD_IN, 0.0)
        track = self.home.services["open_track"](path, start)
        self.home.media.play_media(Cue(Excerpt(track, segment.end - start, self.home.media.rate)))
        return True

    async def halt(self, turn: Turn) -> bool:
        """Stop a moment that is played."""
        if self.found is None or self.home.media is None or self.home.media.media_idle:
            return False
        self.home.media.stop_media()
        self.found = None
        return True

    # --- who it was ----------------------------------------------------------------------

    @intent("rename")
    async def rename(self, turn: Turn, speaker: float | None = None, person: str = "") -> Answer:
        """Call a speaker that was told apart by a name."""
        meeting = self.latest()
        if meeting is None:
            return turn.phrase("none")
        number = int(speaker or 0)
        if not 1 <= number <= len(meeting.speakers):
            return turn.phrase("no_speaker", count=len(meeting.speakers))
        before = meeting.speakers[number - 1]
        name = person[:1].upper() + person[1:] or str(await turn.ask(turn.phrase("who")))
        meeting = self.archive.rename(meeting, before, name)
        write_papers(self.archive, meeting)

        async def undo() -> str:
            write_papers(self.archive, self.archive.rename(meeting, name, before))
            return turn.phrase("renamed", speaker=name, person=before)

        result = {"meeting": meeting.id, "speaker": before, "name": name}
        receipt = Receipt(action="meetings.rename", result=result, undo=undo)
        said = turn.phrase("renamed", speaker=before, person=name)
        return Reply(say=said, receipts=(receipt,))

    @intent("thorough")
    async def thorough(self, turn: Turn) -> Answer:
        """Have the language model read the latest meeting, part by part."""
        meeting = self.latest()
        if meeting is None:
            return turn.phrase("none")
        if not meeting.done:
            return self.wait(turn, meeting)
        if not self.home.mind.ready:
            return self.home.mind.excuse(turn.language)
        return Reply(say=self._read(turn, meeting), listen=False)

    async def _read(self, turn: Turn, meeting: Meeting) -> Pieces:
        """How far it is, now and then, and that it is done; interrupted, it goes on next time."""
        yield turn.phrase("reading", meeting=meeting.title)
        told = 0.0
        async with aclosing(read(meeting, self.home.mind)) as growing:
            async for findings in growing:
                meeting = self.archive.found(meeting, findings)
                turn.touch(PART_SECONDS)
                share = findings.read / len(meeting.statements)
                if told + TELL <= share < 1:
                    told = share
                    yield turn.phrase("read_so_far", percent=round(100 * share))
        made = write_papers(self.archive, meeting)
        decisions = say_count(
            len(made.decisions), "项决定" if turn.language == "zh" else "decision", turn.language
        )
        todos = _counted(len(made.todos), turn.language)
        yield turn.phrase("thorough", decisions=decisions, todos=todos)

    # --- what follows --------------------------------------------------------------------

    @intent("collect")
    async def collect(self, turn: Turn, person: str | None = None) -> Answer:
        """Put the to-dos of the latest meeting on the to-do list."""
        todos, meeting = self._todos(person)
        lists = self.home.services.get("lists")
        if meeting is None or not todos or lists is None:
            return self._no_todos(turn, meeting, person)
        name = turn.phrase("list_name")
        tasks = [_task(each) for each in todos]
        take_back = lists.add(tasks, name)

        async def undo() -> str:
            take_back()
            return turn.phrase("uncollected")

        result = {"items": tasks, "list": name}
        receipt = Receipt(action="meetings.collect", result=result, undo=undo)
        said = turn.phrase("collected", count=_counted(len(todos), turn.language))
        return Reply(say=said, receipts=(receipt,))

    @intent("remind")
    async def remind(self, turn: Turn, person: str | None = None) -> Answer:
        """Remind of the to-dos of the latest meeting that have a date still to come."""
        todos, meeting = self._todos(person)
        reminders = self.home.services.get("reminders")
        if meeting is None or not todos or reminders is None:
            return self._no_todos(turn, meeting, person)
        now = self.now()
        dated = [
            (each, due)
            for each in todos
            if (due := due_moment(each, meeting.day, meeting.language, now.tzinfo)) and due > now
        ]
        takings = [reminders.add(_task(each), due) for each, due in dated]

        async def undo() -> str:
            for take_back in takings:
                take_back()
            return turn.phrase("reminders_gone")

        result = {"tasks": [{"task": _task(each), "due": str(due)} for each, due in dated]}
        receipt = Receipt(action="meetings.remind", result=result, undo=undo)
        if not dated:
            return turn.phrase("none_dated")
        said = turn.phrase("reminded", count=_counted(len(dated), turn.language))
        if rest := len(todos) - len(dated):
            said = f"{said} {turn.phrase('not_dated', count=_counted(rest, turn.language))}"
        return Reply(say=said, receipts=(receipt,))

    def _todos(self, person: str | None) -> tuple[list[Todo], Meeting | None]:
        meeting = self.latest()
        if meeting is None:
            return [], None
        wanted = (person or "").casefold()
        return [t for t in minutes(meeting).todos if wanted in t.owner.casefold()], meeting

    def _no_todos(self, turn: Turn, meeting: Meeting | None, person: str | None) -> str:
        if meeting is None:
            return turn.phrase("none")
        if person:
            return turn.phrase("no_todos_of", person=person)
        return turn.phrase("no_todos", meeting=meeting.title)

    # --- keeping and deleting ------------------------------------------------------------

    @intent("confirm")
    async def confirm(self, turn: Turn) -> Answer:
        """The minutes are right: the sound is not needed any more, unless it is to be kept."""
        meeting = self.latest()
        if meeting is None:
            return turn.phrase("none")
        if not meeting.done:
            return self.wait(turn, meeting)
        if self.home.settings.get("audio") == "keep":
            return turn.phrase("confirmed", meeting=meeting.title)
        gone = self.archive.forget_sound(meeting)
        receipt = Receipt(action="meetings.confirm", result={"meeting": meeting.id})
        said = turn.phrase("confirmed_gone" if gone else "confirmed", meeting=meeting.title)
        return Reply(say=said, receipts=(receipt,))

    @intent("delete")
    async def delete(self, turn: Turn, topic: str | None = None) -> Answer:
        """Delete everything of a meeting, once that is confirmed."""
        meeting = self.latest(topic, turn.text)
        if meeting is None:
            return self.absent(turn)
        if self.sitting and self.sitting.meeting and self.sitting.meeting.id == meeting.id:
            return turn.phrase("already", title=meeting.title)
        question = turn.phrase("sure", meeting=meeting.title, day=meeting.day)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        self.archive.delete(meeting)
        self.found = None
        receipt = Receipt(action="meetings.delete", result={"meeting": meeting.id})
        return Reply(say=turn.phrase("deleted", meeting=meeting.title), receipts=(receipt,))


def _counted(count: int, language: str) -> str:
    return say_count(count, "项待办" if language == "zh" else "to-do", language)


def _task(todo: Todo) -> str:
    """A to-do for a list."""
    owner = "" if not todo.owner or todo.text.startswith(todo.owner) else f"{todo.owner}: "
    return f"{owner}{todo.text}".rstrip(".。")
