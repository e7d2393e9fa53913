"""Lists: said, kept as Markdown, read back. Notes are taken in dictation.py."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from voice_assistant import answers
from voice_assistant.folders import write_text
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Home, NeverMind, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list

from . import items
from .book import Book, Entry, TodoList
from .dictation import Dictation

READ = 12
"""Items read in one go."""

_MINE = re.compile(r"\bmy list\b|我的(?:清单|单子|列表)")
_BACK = re.compile(r"\b(?:it|that|them)\b")
"""The list that was spoken of, wherever it is named by no more than that."""
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


_IT = frozenset(
    "it|that|them|those|this|that one|the last one|the last item|last item|the last thing|it again"
    "|它|这个|那个|刚才那个|最后一个|最后一项|最后一样|吧".split("|")
)
"""Words for what was put on a list last."""


class Lists(Dictation):
    """Keeps lists and notes."""

    _name: str | None = None
    """The list that was spoken of last, for what follows at once."""
    _last: str = ""
    """What was put on it last."""
    _undo: Callable[[], Awaitable[str]] | None = None
    """How the last change is taken back."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.book = Book(home.folder)

    # --- changing ------------------------------------------------------------------------

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
    async def remove(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Take things off a list."""
        item = item or str(await turn.ask(turn.phrase("what_off")))
        return self._off(
            turn, item, list_name, "removed", lambda todo, entry: todo.entries.remove(entry)
        )

    @intent("check")
    async def check(
        self, turn: Turn, item: str | None = None, list_name: str | None = None
    ) -> Answer:
        """Check things off."""
        item = item or str(await turn.ask(turn.phrase("what_off")))

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
        item = self._last if item in _IT and self._last else item
        todo = self._holding(turn, item, name)
        if item in _IT and todo.open:
            item = todo.open[-1].text
        before = todo.text()
        gone = []
        for text in items.split(item, turn.asked or item, turn.language):
            if entry := todo.named(text):
                gone.append(entry.text)
                change(todo, entry)
        if not gone:
            missing = "not_on" if name or key == "removed" else "on_none"
            return turn.phrase(missing, item=item, list=self._call(todo, turn))
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
        count = say_count(len(todo.entries), turn.phrase("noun"), turn.language)
        question = turn.phrase("sure", list=self._call(todo, turn), count=count)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        before, todo.entries = todo.text(), []
        todo.save()
        return self._changed(turn, "cleared", todo, before, list=self._call(todo, turn))

    @intent("amount")
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

    @intent("retract")
    async def retract(self, turn: Turn) -> Answer:
        """Not that, after all: the last change is taken back."""
        if self._noted:
            return await self.delete_note(turn)
        undo, self._undo = self._undo, None
        return await undo() if undo else turn.phrase("kept")

    @intent("amend")
    async def amend(self, turn: Turn, better: str) -> Answer:
        """What was just noted or put on a list, put right: "no, oat milk"."""
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
        await self.retract(turn)
        return await self.add(turn, better, self._name)

    @intent("swap")
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
        return self._changed(turn, "added", todo, before, items=put, list=self._call(todo, turn))

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
                heard = normalise(await turn.ask(question), turn.language)
            except NeverMind:
                return Reply(say="", receipts=receipts)
            if re.search(turn.phrase("reads_back"), heard):
                on_it = say_list([entry.text for entry in todo.open], turn.language)
                said = turn.phrase("read", list=self._call(todo, turn), items=on_it)
                question = f"{said} {turn.phrase('what_else')}"
                continue
            if re.fullmatch(turn.phrase("enough"), heard):
                return Reply(say=turn.phrase("filled"), receipts=receipts)
            reply = self._put_on(turn, todo, heard, heard)
            receipts += reply.receipts
            question = f"{reply.say} {turn.phrase('what_else')}"

    @intent("drop")
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
        self._name, self._undo, self._noted = todo.name, undo, False
        if before is None or key == "deleted":
            self.home.renamed()
        receipt = Receipt(action=f"lists.{key}", result=result, undo=undo)
        return Reply(say=turn.phrase(key, **values), receipts=(receipt,))

    # --- going on ------------------------------------------------------------------------

    @intent("more")
    async def more(self, turn: Turn, item: str | None = None, **goods: object) -> Answer:
        """And something else, on the list that was spoken of."""
        return await self.add(turn, item, self._name, **goods)

    @intent("less")
    async def less(self, turn: Turn, item: str) -> Answer:
        """And something off it; or, where it is a kind of what was just put on it, that instead."""
        if self._noted and item in _IT:
            return await self.delete_note(turn)
        put = items.read(self._last, turn.language).name
        if put and item.endswith(put) and item != put and turn.asked.startswith(("no ", "不")):
            return await self.amend(turn, item)
        return await self.remove(turn, item, self._name)

    @intent("back")
    async def back(self, turn: Turn) -> Answer:
        """What is on it; or the note that was just taken."""
        if self._noted:
            return await self.last_note(turn)
        return await self.read(turn, self._name)

    @intent("count_it")
    async def count_it(self, turn: Turn) -> Answer:
        """How much is on it."""
        return await self.count(turn, self._name)

    @intent("clear_it")
    async def clear_it(self, turn: Turn) -> Answer:
        """Empty it."""
        return await self.clear(turn, self._name)

    # --- asking --------------------------------------------------------------------------

    @intent("read")
    async def read(self, turn: Turn, list_name: str | None = None) -> Answer:
        """What is on a list."""
        todo = self._known(turn, list_name or (self._name if _BACK.search(turn.asked) else None))
        if todo is None:
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

    @intent("has")
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

    # --- for other skills ----------------------------------------------------------------

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """What people buy, and the lists there are."""
        bare = (name.removesuffix(" list").removesuffix("清单") for name in self.book.names())
        ours = [name for name in bare if name.isascii() == (language == "en")]
        goods = items.goods(language)
        return {
            "goods": sorted(goods | {items.singular(name) for name in goods}),
            "usual": ours,
            "own": ours,
        }

    def offers(self) -> Mapping[str, object]:
        """`lists`: put things on a list by its name."""
        return {"lists": Putter(self)}

    # --- which one -----------------------------------------------------------------------

    def _list(self, turn: Turn, name: str | None) -> TodoList:
        """The named list; where none is named the shopping list, or the own one of who speaks."""
        if own := self._own(turn, name):
            return own
        return self.book.get(name or turn.phrase("default"))

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


def _heard(turn: Turn, goods: Mapping[str, object]) -> bool:
    """Whether the goods were said, and not only something that sounds like them."""
    text = normalise(turn.asked, turn.language)
    return all(str(each) in text for name, each in goods.items() if name.startswith("goods"))
