"""The lists of the household: one Markdown file each, with task boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from voice_assistant.folders import file_name, write_text

_SAME = (
    {
        "shopping",
        "grocery",
        "groceries",
        "shop",
        "supermarket",
        "购物",
        "买菜",
        "采购",
        "超市",
        "买东西",
        "买东西的",
        "要买的东西",
    },
    {"to do", "todo", "to-do", "to dos", "todos", "task", "tasks", "things to do"}
    | {"待办", "待办事项", "任务", "要做的事"},
)
"""Names for the same list, in both languages."""


_ARTICLES = frozenset("the a an my our some".split())

STEM = 4
"""Letters in which forms of one English word are alike: clean, cleaned, cleaning."""

_LINE = re.compile(r"^[ \t]*[-*] (?:\[([ xX])\] )?(.*)$", re.MULTILINE)
"""An item of a list: its box, where it has one, and its text."""


@dataclass(slots=True)
class Entry:
    """One line of a list."""

    text: str
    done: bool = False


@dataclass(slots=True)
class TodoList:
    """A list in memory; `save` puts it on disk."""

    name: str
    path: Path
    entries: list[Entry] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    """Lines of the file that are no items: kept as they are."""

    @property
    def open(self) -> list[Entry]:
        """What is not checked off."""
        return [entry for entry in self.entries if not entry.done]

    def text(self) -> str:
        """The file's text."""
        lines = self.head or [f"# {self.name}", ""]
        lines = lines + [f"- [{'x' if entry.done else ' '}] {entry.text}" for entry in self.entries]
        return "\n".join(lines) + "\n"

    def save(self) -> None:
        """Write the file; it is on disk when this returns."""
        write_text(self.path, self.text())

    def restore(self, before: str | None) -> None:
        """Write the file as it was; None: there was none."""
        if before is None:
            self.path.unlink(missing_ok=True)
        else:
            write_text(self.path, before)

    def named(self, text: str) -> Entry | None:
        """The entry that is meant: the same words, else one that contains them."""
        wanted = _plain(text)
        stems = _stems(wanted)
        entries = [(entry, _plain(entry.text)) for entry in self.entries if not entry.done]
        for match in (
            wanted.__eq__,
            lambda plain: wanted in plain,
            lambda plain: plain in wanted,
            lambda plain: all(stem in plain for stem in stems) and stems <= _stems(plain),
        ):
            for entry, plain in entries:
                if match(plain):
                    return entry
        return None


class Book:
    """All lists in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """The names of the lists, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.md") if path.stem not in NOTES)

    def find(self, name: str) -> TodoList | None:
        """The list of a name, or of another name for the same."""
        wanted = {_plain(each) for each in (*_others(name), name.removesuffix("'s"))}
        for known in self.names():
            if _plain(known) in wanted:
                return self._read(known)
        return None

    def get(self, name: str) -> TodoList:
        """That list; a new one where there is none. Raises ValueError for an unusable name."""
        return self.find(name) or self.new(name)

    def new(self, name: str) -> TodoList:
        """An empty list, not yet on disk."""
        title = file_name(name.removesuffix("'s").removesuffix("的"))
        return TodoList(title, self.folder / f"{title}.md")

    def _read(self, name: str) -> TodoList:
        path = self.folder / f"{name}.md"
        found = TodoList(name, path)
        text = path.read_text("utf-8")
        first = _LINE.search(text)
        found.head = text[: first.start() if first else len(text)].splitlines()
        found.entries = [
            Entry(item.rstrip(), box in "xX" if box else False) for box, item in _LINE.findall(text)
        ]
        return found


NOTES = ("Notes", "笔记")


def _others(name: str) -> set[str]:
    plain = _plain(name)
    return next((group for group in _SAME if plain in group), {name})


def _stems(text: str) -> frozenset[str]:
    """The words of an English text in whatever form: cleaning is clean. Of Chinese, its characters."""
    words = [word for word in text.split() if word not in _ARTICLES]
    return frozenset(word[:STEM] for word in words) if text.isascii() else frozenset(text)


def _plain(text: str) -> str:
    text = text.lower().strip()
    for article in ("the ", "a ", "an ", "some ", "my "):
        text = text.removeprefix(article)
    return text.removesuffix(" list").removesuffix("清单").removesuffix("列表") or text
