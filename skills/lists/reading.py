"""What is on a list, and which lists there are."""

from __future__ import annotations

import re

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list

from .kept import Kept

READ = 12
"""Items read in one go."""

_BACK = re.compile(r"\b(?:it|that|them)\b")
"""The list that was spoken of, wherever it is named by no more than that."""


class Reading(Kept):
    """The part of `lists` that reads them."""

    @intent("read")
    async def read(self, turn: Turn, list_name: str | None = None) -> Answer:
        """What is on a list."""
        todo = self._known(turn, list_name or (self._name if _BACK.search(turn.asked) else None))
        if todo is None:
            self._name = list_name
            return turn.phrase("no_list", list=list_name)
        self._name = todo.name
        entries = [entry.text for entry in todo.open]
        if not entries:
            return turn.phrase("empty", list=self._call(todo, turn))
        key = "read" if len(entries) <= READ else "read_more"
        said = turn.phrase(
            key,
            list=self._call(todo, turn),
            items=say_list(entries[:READ], turn.language),
            count=say_count(len(entries), turn.phrase("noun"), turn.language),
        )
        return Reply(say=said, display=todo.path.read_text("utf-8"))

    @intent("back")
    async def back(self, turn: Turn) -> Answer:
        """What is on it; or the note that was just taken."""
        if self._noted:
            return await self.last_note(turn)
        return await self.read(turn, self._name)

    @intent("count")
    async def count(self, turn: Turn, list_name: str | None = None) -> Answer:
        """How much is on a list."""
        todo = self._known(turn, list_name)
        if todo is None:
            return turn.phrase("no_list", list=list_name)
        self._name = todo.name
        many = len(todo.open)
        key = "empty" if not many else "counted_one" if many == 1 else "counted"
        count = say_count(many, turn.phrase("noun"), turn.language)
        return turn.phrase(key, list=self._call(todo, turn), count=count)

    @intent("count_it")
    async def count_it(self, turn: Turn) -> Answer:
        """How much is on it."""
        return await self.count(turn, self._name)

    @intent("has")
    @intent("has_it")
    async def has(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Whether something is on a list."""
        if item is None:
            return await self.read(turn, list_name)
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
