"""The lists there are, which one is meant, and how a change of one is told."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from voice_assistant.skill import Home, Receipt, Reply, Turn

from . import items
from .book import Book, Entry, TodoList
from .dictation import Dictation

_MINE = re.compile(r"\bmy list\b|我的(?:清单|单子|列表)")
_MY_OWN = re.compile(r"\bmy (?:own|personal|private) list\b|我(?:自己|个人)的?(?:清单|单子|列表)")
_OWN = frozenset({"own", "personal", "private", "我自己的", "我自己", "我个人的", "自己的"})


class Kept(Dictation):
    """The ground that the parts of the skill stand on."""

    _name: str | None = None
    """The list that was spoken of last, for what follows at once."""
    _last: str = ""
    """What was put on it last."""
    _undo: Callable[[], Awaitable[str]] | None = None
    """How the last change is taken back."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.book = Book(home.folder)

    def put(self, todo: TodoList, text: str, language: str) -> str:
        """Add one thing, to what there is of it already; what is on the list now."""
        new = items.read(text, language)
        key = items.singular(new.name)
        for entry in todo.entries:
            if entry.done or key not in entry.text.lower():
                continue
            there = items.read(entry.text, language)
            if there.amount is None and new.amount is not None:
                if items.singular(there.name) == key:  # now it is said how many
                    entry.text = str(new)
                    return entry.text
            both = there.plus(new)
            if both is not None:
                entry.text = str(both)
                return str(both)
        todo.entries.append(Entry(str(new)))
        return str(new)

    def _changed(
        self, turn: Turn, key: str, todo: TodoList, before: str | None, **values: str
    ) -> Reply:
        """The confirmation of a change, and how to take it back."""

        async def undo() -> str:
            todo.restore(before)
            return turn.phrase("undone", list=self._call(todo, turn))

        result = {"list": todo.name, **values}
        self._name, self._undo, self._noted = todo.name, undo, False
        if before is None or key == "deleted":
            self.home.renamed()
        receipt = Receipt(action=f"lists.{key}", result=result, undo=undo)
        return Reply(say=turn.phrase(key, **values), receipts=(receipt,))

    async def _taken_back(self, turn: Turn) -> str:
        """The last change taken back, and what is told of it."""
        undo, self._undo = self._undo, None
        return await undo() if undo else turn.phrase("kept")

    def _list(self, turn: Turn, name: str | None) -> TodoList:
        """The named list; where none is named the own one of who speaks, that which was just
        spoken of, or the shopping list."""
        if own := self._own(turn, name):
            return own
        before = turn.session.context
        going_on = before is not None and before.route.skill == self.home.name
        return self.book.get(name or (going_on and self._name) or turn.phrase("default"))

    def _known(self, turn: Turn, name: str | None) -> TodoList | None:
        """The named list, where there is one; else as `_list`."""
        found = self._own(turn, name) or (self.book.find(name) if name else None)
        return found or (None if name else self._list(turn, None))

    def _own(self, turn: Turn, name: str | None) -> TodoList | None:
        """The list of the person who says "my own list"; "my list" too, once there is one."""
        speaking: Callable[[], str | None] | None = self.home.services.get("speaking")
        who = speaking() if speaking else None
        heard = turn.asked.lower()
        if who and (name in _OWN or _MY_OWN.search(heard)):
            return self.book.get(who)
        return self.book.find(who) if who and name is None and _MINE.search(heard) else None

    def _call(self, todo: TodoList, turn: Turn) -> str:
        """A list's name in a sentence."""
        name = todo.name.lower() if todo.name.isascii() else todo.name
        bare = name.removesuffix(" list").removesuffix("清单")
        return turn.phrase("call", name=bare)

    def _holding(self, turn: Turn, item: str, name: str | None) -> TodoList:
        """The named list, else the default one, else any that has the item."""
        todo = self._list(turn, name)
        if name is None and todo.named(item) is None:
            for other in self.book.names():
                found = self.book.find(other)
                if found is not None and found.named(item) is not None:
                    return found
        return todo
