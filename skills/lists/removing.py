"""What is taken off a list, checked off, or taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from voice_assistant import answers
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_count, say_list
from voice_assistant.values import Those, picked

from . import items
from .adding import Adding
from .book import Entry, TodoList

_IT = frozenset(
    "it|that|them|those|this|that one|the last one|the last item|last item|the last thing|it again"
    "|last one|last thing|one i just added|thing i just added|what i just added|one i just said"
    "|它|这个|那个|刚才那个|刚加的|刚才加的|刚刚加的|最后一个|最后一项|最后一样|最后那个|吧".split(
        "|"
    )
)
"""Words for what was put on a list last."""


class Removing(Adding):
    """The part of `lists` that takes off them."""

    @intent("remove")
    async def remove(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Take things off a list."""
        item = item or str(await turn.ask(turn.phrase("what_off")))
        return self._off(turn, item, list_name, "removed", _remove)

    @intent("less")
    async def less(
        self, turn: Turn, item: str = "", place: int | None = None, those: Those | None = None
    ) -> Answer:
        """And something off it; or, where it is a kind of what was just put on it, that instead."""
        if those is not None:
            return self._off(turn, "", self._name, "removed", _remove, self._those(turn, those))
        item = item or self._at(turn, place)
        if self._noted and item in _IT:
            return await self.delete_note(turn)
        put = items.read(self._last, turn.language).name
        heard = normalise(turn.asked, turn.language)
        better = re.sub(r"^(?:no |不是?)(?:the )?", "", heard)
        if put and better != heard and better.endswith(put) and better != put:
            return await self.amend(turn, better)
        return await self.remove(turn, item, self._name)

    @intent("check")
    async def check(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Check things off."""
        item = item or str(await turn.ask(turn.phrase("what_off")))

        return self._off(turn, item, list_name, "checked", _check)

    @intent("check_it")
    async def check_it(
        self,
        turn: Turn,
        place: int | None = None,
        those: Those | None = None,
        item: str = "",
    ) -> Answer:
        """Check off what was just put on a list, what stands at a place of it, or a thing on it."""
        if item:
            return await self.check(turn, item, self._name)
        if those is not None:
            return self._off(turn, "", self._name, "checked", _check, self._those(turn, those))
        return await self.check(turn, self._at(turn, place) or self._last or None, self._name)

    @intent("at")
    async def at(self, turn: Turn, those: Those) -> Answer:
        """What stands at a place of the list that was spoken of."""
        if found := self._those(turn, those):
            return turn.phrase("at", items=say_list(found, turn.language))
        called = self._call(self._list(turn, self._name), turn)
        return turn.phrase("nothing_at", list=called)

    @intent("check_but")
    async def check_but(self, turn: Turn, item: str) -> Answer:
        """Check off everything that is open but one thing."""
        todo = self._list(turn, self._name)
        before, kept = todo.text(), todo.named(item)
        gone = [entry for entry in todo.open if entry is not kept]
        if kept is None or not gone:
            return turn.phrase("not_on", item=item, list=self._call(todo, turn))
        for entry in gone:
            entry.done = True
        todo.save()
        told = say_list([entry.text for entry in gone], turn.language)
        return self._changed(turn, "checked", todo, before, items=told, list=self._call(todo, turn))

    def _those(self, turn: Turn, those: Those) -> list[str]:
        """What is pointed at on the list that was spoken of: "the first two"."""
        return [entry.text for entry in picked(those, self._list(turn, self._name).open, ())]

    def _at(self, turn: Turn, place: int | None) -> str:
        """What stands at a place of the list that was spoken of: "the first one"."""
        entries = self._list(turn, self._name).open
        here = entries[place - 1 : place] if place and place > 0 else entries[-1:] if place else []
        return here[0].text if here else ""

    def _off(
        self,
        turn: Turn,
        item: str,
        name: str | None,
        key: str,
        change: Callable[[TodoList, Entry], object],
        texts: Sequence[str] = (),
    ) -> Answer:
        """Take these texts off a list, or what an item as it was said stands for."""
        item = self._last if item in _IT and self._last else item
        todo = self._holding(turn, item, name)
        if item in _IT and todo.open:
            item = todo.open[-1].text
        before = todo.text()
        gone = []
        for text in texts or items.split(item, turn.asked or item, turn.language):
            if entry := todo.named(text):
                gone.append(entry.text)
                change(todo, entry)
        if not gone:
            missing = "not_on" if name or key == "removed" else "on_none"
            return turn.phrase(missing, item=item, list=self._call(todo, turn))
        todo.save()
        self._last = ""  # "leeks instead" is put on, and does not bring this back
        return self._changed(
            turn,
            key,
            todo,
            before,
            items=say_list(gone, turn.language),
            list=self._call(todo, turn),
        )

    @intent("clear")
    async def clear(self, turn: Turn, list_name: str | None = None) -> Answer:
        """Empty a list, once that is confirmed."""
        todo = self._list(turn, list_name)
        if not todo.entries:
            return turn.phrase("empty", list=self._call(todo, turn))
        count = say_count(len(todo.entries), turn.phrase("noun"), turn.language)
        question = turn.phrase("sure", list=self._call(todo, turn), count=count)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        before, todo.entries = todo.text(), []
        todo.save()
        return self._changed(turn, "cleared", todo, before, list=self._call(todo, turn))

    @intent("clear_it")
    async def clear_it(self, turn: Turn) -> Answer:
        """Empty it."""
        return await self.clear(turn, self._name)

    @intent("retract")
    async def retract(self, turn: Turn) -> Answer:
        """Not that, after all: the last change is taken back."""
        if self._noted:
            return await self.delete_note(turn)
        return await self._taken_back(turn)

    @intent("amend")
    async def amend(
        self,
        turn: Turn,
        better: str = "",
        count: float | None = None,
        measure: str | None = None,
    ) -> Answer:
        """What was just noted or put on a list, put right: "no, oat milk"; or so many of it."""
        if count is not None:
            put = items.read(self._last, turn.language).name
            return await self.amount(turn, put, self._name, count=count, measure=measure)
        if self._noted:
            return await self._amend_note(turn, better)
        put = items.read(self._last, turn.language).name
        more = items.read(f"{better} {put}" if put.isascii() else f"{better}{put}", turn.language)
        if put and more.amount is not None and more.name == put:
            return await self.amount(
                turn, more.name, self._name, count=more.amount, measure=more.unit
            )
        new = items.read(better, turn.language)
        if new.amount is not None and self._holding(turn, new.name, self._name).named(new.name):
            return await self.amount(turn, better, self._name)
        if self._last:
            await self.retract(turn)
        return await self.add(turn, better, self._name)


def _remove(todo: TodoList, entry: Entry) -> None:
    todo.entries.remove(entry)


def _check(todo: TodoList, entry: Entry) -> None:
    entry.done = True
