"""What is put on a list, how many of it, and one thing for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice_assistant import answers
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import items
from .book import Entry, TodoList
from .kept import Kept


class Adding(Kept):
    """The part of `lists` that adds to them."""

    @intent("add")
    async def add(
        self,
        turn: Turn,
        item: str | None = None,
        list_name: str | None = None,
        **goods: object,
    ) -> Answer:
        """Put one or several things on a list: any `item`, or `goods` that one buys, with amounts."""
        said = item or items.joined(goods, turn.language)
        if goods and not _heard(turn, goods):
            if not await turn.ask(turn.phrase("sure_add", items=said), answers.yes_no):
                return turn.phrase("kept")
        said = said or str(await turn.ask(turn.phrase("what")))
        return self._put_on(turn, self._list(turn, list_name), said, turn.asked if item else said)

    @intent("more")
    async def more(self, turn: Turn, item: str | None = None, **goods: object) -> Answer:
        """And something else, on the list that was spoken of."""
        return await self.add(turn, item, self._name, **goods)

    def _put_on(self, turn: Turn, todo: TodoList, said: str, heard: str) -> Reply:
        """Add what was said, of what was heard; and tell it."""
        before = todo.text()
        wanted = items.split(said, heard, turn.language) or [said]
        self._last = said
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

    @intent("amount")
    @intent("amount_it")
    async def amount(
        self, turn: Turn, item: str | None = None, list_name: str | None = None, **goods: object
    ) -> Answer:
        """So many of a thing as are said now, whatever was on the list."""
        said = items.joined({**goods, **({"goods": item} if item else {})}, turn.language)
        new = items.read(said, turn.language)
        todo = self._holding(turn, new.name, list_name or self._name)
        before, entry = todo.text(), todo.named(new.name)
        if entry is None:
            todo.entries.append(Entry(str(new)))
        else:
            unit = items.read(entry.text, turn.language).unit
            entry.text = str(replace(new, unit=new.unit or unit))
        todo.save()
        put = str(new) if entry is None else entry.text
        return self._changed(turn, "added", todo, before, items=put, list=self._call(todo, turn))

    @intent("swap")
    @intent("swap_it")
    async def swap(
        self, turn: Turn, item: str, better: str, list_name: str | None = None
    ) -> Answer:
        """One thing for another."""
        todo = self._holding(turn, item, list_name or self._name)
        before, entry = todo.text(), todo.named(item)
        if entry is None:
            return turn.phrase("not_on", item=item, list=self._call(todo, turn))
        todo.entries.remove(entry)
        put = self.put(todo, better, turn.language)
        self._last = put
        todo.save()
        called = self._call(todo, turn)
        return self._changed(turn, "swapped", todo, before, old=entry.text, items=put, list=called)


def _heard(turn: Turn, goods: Mapping[str, object]) -> bool:
    """Whether the goods were said, and not only something that sounds like them."""
    text = normalise(turn.asked, turn.language)
    return all(str(each) in text for name, each in goods.items() if name.startswith("goods"))
