"""Whole lists: made, filled, named anew, thrown away; and things moved from one to another."""

from __future__ import annotations

import re
from functools import partial

from voice_assistant import answers
from voice_assistant.folders import write_text
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, NeverMind, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from .adding import Adding
from .book import Entry, TodoList


class Whole(Adding):
    """The part of `lists` that makes them."""

    @intent("create")
    async def create(self, turn: Turn, list_name: str | None = None) -> Answer:
        """Start a new list, and fill it with what comes at once."""
        name = list_name or str(await turn.ask(turn.phrase("which_name")))
        if self.book.find(name):
            return turn.phrase("exists", list=self._call(self.book.get(name), turn))
        todo = self.book.new(name)
        todo.save()
        made = self._changed(turn, "created", todo, None, list=self._call(todo, turn))
        return await self._fill(turn, todo, made)

    async def _fill(self, turn: Turn, todo: TodoList, made: Reply) -> Reply:
        """Put on a new list what is said, until it is enough or nothing is said any more."""
        question = f"{made.say} {turn.phrase('what')}"
        receipts = made.receipts
        while True:
            try:
                heard = await turn.ask(question, partial(_item, turn, todo))
            except NeverMind:
                return Reply(say="", receipts=receipts)
            if re.search(turn.phrase("reads_back"), heard):
                on_it = say_list([entry.text for entry in todo.open], turn.language)
                said = turn.phrase("read", list=self._call(todo, turn), items=on_it)
                question = f"{said} {turn.phrase('what_else')}"
                continue
            if re.fullmatch(turn.phrase("takes_back"), heard) and receipts != made.receipts:
                question = f"{await self._taken_back(turn)} {turn.phrase('what_else')}"
                todo, receipts = self.book.get(todo.name), receipts[:-1]
                continue
            if re.fullmatch(turn.phrase("enough"), heard):
                return Reply(say=turn.phrase("filled"), receipts=receipts)
            if entry := _refused(turn, todo, heard):
                before = todo.text()
                todo.entries.remove(entry)
                todo.save()
                on = self._call(todo, turn)
                reply = self._changed(turn, "removed", todo, before, items=entry.text, list=on)
            else:
                reply = self._put_on(turn, todo, heard, heard)
            receipts += reply.receipts
            question = f"{reply.say} {turn.phrase('what_else')}"

    @intent("rename")
    async def rename(self, turn: Turn, list_name: str, new_name: str) -> Answer:
        """Another name for a list."""
        todo = self.book.find(list_name)
        if todo is None:
            return turn.phrase("no_list", list=list_name)
        if self.book.find(new_name):
            return turn.phrase("exists", list=self._call(self.book.get(new_name), turn))
        new = self.book.new(new_name)
        new.entries = todo.entries
        new.save()
        todo.path.unlink()
        made = self._changed(turn, "created", new, None, list=self._call(new, turn))

        async def undo() -> str:
            todo.save()
            new.path.unlink(missing_ok=True)
            self.home.renamed()
            return turn.phrase("undone", list=self._call(todo, turn))

        self._undo = undo
        receipt = Receipt(action="lists.renamed", result=made.receipts[0].result, undo=undo)
        said = turn.phrase("list_renamed", list=self._call(new, turn))
        return Reply(say=said, receipts=(receipt,))

    @intent("drop")
    @intent("delete")
    async def delete(self, turn: Turn, list_name: str = "") -> Answer:
        """Throw a list away, the one just spoken of where none is named, once that is confirmed."""
        list_name = list_name or self._list(turn, self._name).name
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

    @intent("move")
    async def move(
        self, turn: Turn, item: str, list_name: str, source_name: str | None = None
    ) -> Answer:
        """A thing from the list it is on to another."""
        source, target = self._holding(turn, item, source_name), self._list(turn, list_name)
        entry = source.named(item)
        if entry is None:
            return turn.phrase("not_on", item=item, list=self._call(source, turn))
        before = source.text()
        source.entries.remove(entry)
        put = self.put(target, entry.text, turn.language)
        target.save()
        source.save()
        moved = self._changed(
            turn, "added", target, target.text(), items=put, list=self._call(target, turn)
        )

        async def undo() -> str:
            write_text(source.path, before)
            if again := self.book.find(target.name):
                again.entries = [each for each in again.entries if each.text != put]
                again.save()
            return turn.phrase("undone", list=self._call(source, turn))

        receipt = Receipt(action="lists.moved", result=moved.receipts[0].result, undo=undo)
        self._undo = undo
        return Reply(say=moved.say, receipts=(receipt,))


def _item(turn: Turn, todo: TodoList, text: str, language: str) -> str | None:
    """What is to go on a list, or what is said of that; None for what asks for something else:
    "take the train to Rome"."""
    heard = normalise(text, language)
    if not re.search(turn.phrase("no_item"), heard) or _refused(turn, todo, heard):
        return heard
    return heard if re.fullmatch(turn.phrase("takes_back"), heard) else None


def _refused(turn: Turn, todo: TodoList, heard: str) -> Entry | None:
    """What is on a list that is being filled, and is to go off it again: "remove the torch"."""
    if not re.search(turn.phrase("no_item"), heard):
        return None
    named = (each for each in todo.open if normalise(each.text, turn.language) in heard)
    return next(named, None)
