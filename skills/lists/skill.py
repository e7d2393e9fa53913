"""Lists: said, kept as Markdown, read back. Notes are taken in dictation.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from . import items
from .reading import Reading
from .removing import Removing
from .whole import Whole


class Putter:
    """The lists as other skills may use them."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def add(self, items: Sequence[str], list_name: str) -> Callable[[], None]:
        """Put items on a list, each to what there is of it already; what is returned takes that
        back."""
        todo = self._lists.book.get(list_name)
        before = todo.path.read_text("utf-8") if todo.path.exists() else None
        for item in items:
            self._lists.put(todo, item, "en" if item.isascii() else "zh")
        todo.save()
        return partial(todo.restore, before)


class Lists(Removing, Whole, Reading):
    """Keeps lists and notes."""

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
