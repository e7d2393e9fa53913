"""Notes by voice: taken, read, found and thrown away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from voice_assistant import answers
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_date

from .notes import Note, Notes

READ = 3
"""Notes read in one go."""


class Dictation(Skill):
    """Keeps notes."""

    _noted = False
    """Whether what was done last was taking a note."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.notes = Notes(home.folder)

    @intent("dictate")
    @intent("note")
    async def keep_note(self, turn: Turn, note: str | None = None) -> Answer:
        """Keep a dictated note."""
        text = note or str(await turn.ask(turn.phrase("note_what"), seconds=15.0))
        undo = self.notes.add(str(text), self.now(), turn.language)
        self._noted = True
        receipt = Receipt(
            action="lists.note", result={"text": text}, undo=_undo(turn, undo, "note_undone")
        )
        return Reply(say=turn.phrase("noted", text=text), receipts=(receipt,))

    async def _amend_note(self, turn: Turn, note: str) -> Answer:
        """The note that was just taken, with a part of it put right."""
        found = self.notes.all()
        if not found:
            return turn.phrase("no_notes")
        text, undo = self.notes.amend(found[-1], note)
        receipt = Receipt(
            action="lists.note", result={"text": text}, undo=_undo(turn, undo, "note_unchanged")
        )
        return Reply(say=turn.phrase("noted", text=text), receipts=(receipt,))

    @intent("read_notes")
    async def read_notes(self, turn: Turn, note: str | None = None) -> Answer:
        """Read the last notes, or those about something."""
        found = self.notes.find(note)
        if not found:
            return turn.phrase("no_notes_about" if note else "no_notes", text=note)
        return self._told(turn, found[-READ:])

    @intent("last_note")
    async def last_note(self, turn: Turn) -> Answer:
        """Read the last note."""
        found = self.notes.all()
        return self._told(turn, found[-1:]) if found else turn.phrase("no_notes")

    @intent("unnote")
    @intent("delete_note")
    async def delete_note(self, turn: Turn, note: str | None = None) -> Answer:
        """Throw the last note away, or the one about something."""
        found = self.notes.find(note)
        if not found:
            return turn.phrase("no_notes_about" if note else "no_notes", text=note)
        return self._thrown(turn, "note_deleted", found[-1:])

    @intent("clear_notes")
    async def clear_notes(self, turn: Turn) -> Answer:
        """Throw all notes away, once that is confirmed."""
        found = self.notes.all()
        if not found:
            return turn.phrase("no_notes")
        count = say_count(len(found), turn.phrase("noun_note"), turn.language)
        if not await turn.ask(turn.phrase("sure_notes", count=count), answers.yes_no):
            return turn.phrase("kept")
        return self._thrown(turn, "notes_deleted", found)

    def _thrown(self, turn: Turn, key: str, gone: Sequence[Note]) -> Reply:
        undo = self.notes.remove(gone)
        receipt = Receipt(
            action="lists.delete_note",
            result={"texts": [each.text for each in gone]},
            undo=_undo(turn, undo, "notes_undone"),
        )
        return Reply(say=turn.phrase(key, text=gone[-1].text), receipts=(receipt,))

    def _told(self, turn: Turn, notes: Sequence[Note]) -> Reply:
        today = self.now().date()
        return Reply(
            say=" ".join(
                turn.phrase(
                    "note_item", date=say_date(each.day, turn.language, today=today), text=each.text
                )
                for each in notes
            )
        )


def _undo(turn: Turn, undo: Callable[[], None], key: str) -> Callable[[], Awaitable[str]]:
    async def take_back() -> str:
        undo()
        return turn.phrase(key)

    return take_back
