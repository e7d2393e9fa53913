"""Lists: said, kept as Markdown, read back. Notes are in notes.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from voice_assistant import answers
from voice_assistant.folders import write_text
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list

from . import items
from .book import Book, Entry, TodoList
from .notes import Notes

READ = 12
"""Items read in one go."""

_MINE = re.compile(r"\bmy list\b|我的(?:清单|单子|列表)")
_MY_OWN = re.compile(r"\bmy (?:own|personal|private) list\b|我(?:自己|个人)的?(?:清单|单子|列表)")
_OWN = frozenset({"own", "personal", "private", "我自己的", "我自己", "我个人的", "自己的"})


class Putter:
    """The lists as other skills may use them."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def add(self, items: Sequence[str], list_name: str) -> None:
        """Put items on a list, each to what there is of it already."""
        todo = self._lists.book.get(list_name)
        for item in items:
            self._lists.put(todo, item, "en" if item.isascii() else "zh")
        todo.save()


class Lists(Skill):
    """Keeps lists and notes."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.book = Book(home.folder)
        self.notes = Notes(home.folder)

    # --- changing ------------------------------------------------------------------------

    @intent("add")
    async def add(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Put one or several things on a list."""
        said = item or str(await turn.ask(turn.phrase("what")))
        todo = self._list(turn, list_name)
        before = todo.text()
        heard = turn.text if item else said
        wanted = items.split(said, heard, turn.language) or [said]
        added = [self.put(todo, text, turn.language) for text in wanted]
        todo.save()
        return self._changed(
            turn,
            "added",
            todo,
            before,
            items=say_list(added, turn.language),
            list=self._call(todo, turn),
        )

    def put(self, todo: TodoList, text: str, language: str) -> str:
        """Add one thing, to what there is of it already; what is on the list now."""
        new = items.read(text, language)
        key = items.singular(new.name)
        for entry in todo.entries:
            if entry.done or key not in entry.text.lower():
                continue
            both = items.read(entry.text, language).plus(new)
            if both is not None:
                entry.text = str(both)
                return str(both)
        todo.entries.append(Entry(str(new)))
        return str(new)

    @intent("remove")
    async def remove(self, turn: Turn, item: str, list_name: str | None = None) -> Answer:
        """Take things off a list."""
        return self._off(
            turn, item, list_name, "removed", lambda todo, entry: todo.entries.remove(entry)
        )

    @intent("check")
    async def check(self, turn: Turn, item: str, list_name: str | None = None) -> Answer:
        """Check things off."""

        def check_off(todo: TodoList, entry: Entry) -> None:
            entry.done = True

        return self._off(turn, item, list_name, "checked", check_off)

    def _off(
        self,
        turn: Turn,
        item: str,
        name: str | None,
        key: str,
        change: Callable[[TodoList, Entry], object],
    ) -> Answer:
        todo = self._holding(turn, item, name)
        before = todo.text()
        gone = []
        for text in items.split(item, turn.text or item, turn.language):
            if entry := todo.named(text):
                gone.append(entry.text)
                change(todo, entry)
        if not gone:
            return turn.phrase("not_on", item=item, list=self._call(todo, turn))
        todo.save()
        return self._changed(
            turn,
            key,
            todo,
            before,
            items=say_list(gone, turn.language),
            list=self._call(todo, turn),
        )

    def _holding(self, turn: Turn, item: str, name: str | None) -> TodoList:
        """The named list, else the default one, else any that has the item."""
        todo = self._list(turn, name)
        if name is None and todo.named(item) is None:
            for other in self.book.names():
                found = self.book.find(other)
                if found is not None and found.named(item) is not None:
                    return found
        return todo

    @intent("clear")
    async def clear(self, turn: Turn, list_name: str | None = None) -> Answer:
        """Empty a list, once that is confirmed."""
        todo = self._list(turn, list_name)
        if not todo.entries:
            return turn.phrase("empty", list=self._call(todo, turn))
        noun = {"zh": "项"}.get(turn.language, "item")
        count = say_count(len(todo.entries), noun, turn.language)
        question = turn.phrase("sure", list=self._call(todo, turn), count=count)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        before, todo.entries = todo.text(), []
        todo.save()
        return self._changed(turn, "cleared", todo, before, list=self._call(todo, turn))

    @intent("create")
    async def create(self, turn: Turn, list_name: str | None = None) -> Answer:
        """Start a new list."""
        name = list_name or str(await turn.ask(turn.phrase("which_name")))
        if self.book.find(name):
            return turn.phrase("exists", list=self._call(self.book.get(name), turn))
        todo = self.book.new(name)
        todo.save()
        return self._changed(turn, "created", todo, None, list=self._call(todo, turn))

    @intent("delete")
    async def delete(self, turn: Turn, list_name: str) -> Answer:
        """Throw a list away, once that is confirmed."""
        todo = self.book.find(list_name)
        if todo is None:
            return turn.phrase("no_list", list=list_name)
        if not await turn.ask(
            turn.phrase("sure_delete", list=self._call(todo, turn)), answers.yes_no
        ):
            return turn.phrase("kept")
        before = todo.text()
        todo.path.unlink()
        return self._changed(turn, "deleted", todo, before, list=self._call(todo, turn))

    def _changed(
        self, turn: Turn, key: str, todo: TodoList, before: str | None, **values: str
    ) -> Reply:
        """The confirmation of a change, and how to take it back."""

        async def undo() -> str:
            if before is None:
                todo.path.unlink(missing_ok=True)
            else:
                write_text(todo.path, before)
            return turn.phrase("undone", list=self._call(todo, turn))

        result = {"list": todo.name, **values}
        receipt = Receipt(action=f"lists.{key}", result=result, undo=undo)
        return Reply(say=turn.phrase(key, **values), receipts=(receipt,))

    # --- asking --------------------------------------------------------------------------

    @intent("read")
    async def read(self, turn: Turn, list_name: str | None = None) -> Answer:
        """What is on a list."""
        todo = self._own(turn, list_name) or (
            self.book.find(list_name) if list_name else self._list(turn, None)
        )
        if todo is None:
            return turn.phrase("no_list", list=list_name)
        entries = [entry.text for entry in todo.open]
        if not entries:
            return turn.phrase("empty", list=self._call(todo, turn))
        key = "read" if len(entries) <= READ else "read_more"
        noun = {"zh": "项"}.get(turn.language, "item")
        said = turn.phrase(
            key,
            list=self._call(todo, turn),
            items=say_list(entries[:READ], turn.language),
            count=say_count(len(entries), noun, turn.language),
        )
        return Reply(say=said, display=todo.path.read_text("utf-8"))

    @intent("has")
    async def has(self, turn: Turn, item: str, list_name: str | None = None) -> Answer:
        """Whether something is on a list."""
        todo = self._holding(turn, item, list_name)
        found = todo.named(item)
        key = "has" if found else "has_not"
        return turn.phrase(key, item=found.text if found else item, list=self._call(todo, turn))

    @intent("lists")
    async def lists(self, turn: Turn) -> Answer:
        """Which lists there are."""
        names = self.book.names()
        if not names:
            return turn.phrase("no_lists")
        noun = {"zh": "个清单"}.get(turn.language, "list")
        return turn.phrase(
            "lists",
            count=say_count(len(names), noun, turn.language),
            names=say_list(names, turn.language),
        )

    # --- notes ---------------------------------------------------------------------------

    @intent("note")
    async def keep_note(self, turn: Turn, note: str | None = None) -> Answer:
        """Keep a dictated note."""
        text = note or str(await turn.ask(turn.phrase("note_what"), seconds=15.0))
        undo = self.notes.add(str(text), self.now(), turn.language)

        async def take_back() -> str:
            undo()
            return turn.phrase("note_undone")

        receipt = Receipt(action="lists.note", result={"text": text}, undo=take_back)
        return Reply(say=turn.phrase("noted", text=text), receipts=(receipt,))

    @intent("read_notes")
    async def read_notes(self, turn: Turn, note: str | None = None) -> Answer:
        """Read the last notes, or those about something."""
        found = self.notes.find(note)
        if not found:
            return turn.phrase("no_notes_about" if note else "no_notes", text=note)
        today = self.now().date()
        said = " ".join(
            turn.phrase(
                "note_item", date=say_date(each.day, turn.language, today=today), text=each.text
            )
            for each in found[-3:]
        )
        return Reply(say=said)

    # --- for other skills ----------------------------------------------------------------

    def offers(self) -> Mapping[str, object]:
        """`lists`: put things on a list by its name."""
        return {"lists": Putter(self)}

    # --- which one -----------------------------------------------------------------------

    def _list(self, turn: Turn, name: str | None) -> TodoList:
        """The named list; where none is named the shopping list, or the own one of who speaks."""
        if own := self._own(turn, name):
            return own
        return self.book.get(name or turn.phrase("default"))

    def _own(self, turn: Turn, name: str | None) -> TodoList | None:
        """The list of the person who says "my own list"; "my list" too, once there is one."""
        speaking: Callable[[], str | None] | None = self.home.services.get("speaking")
        who = speaking() if speaking else None
        heard = turn.text.lower()
        if who and (name in _OWN or _MY_OWN.search(heard)):
            return self.book.get(who)
        return self.book.find(who) if who and name is None and _MINE.search(heard) else None

    def _call(self, todo: TodoList, turn: Turn) -> str:
        """A list's name in a sentence."""
        name = todo.name.lower() if todo.name.isascii() else todo.name
        bare = name.removesuffix(" list").removesuffix("清单")
        return turn.phrase("call", name=bare)
