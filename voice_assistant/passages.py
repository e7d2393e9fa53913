"""The pieces of what is written on this machine: articles of a pack, and paragraphs of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voice_assistant.markup import plain
from voice_assistant.terms import terms

PASSAGE = 900
"""Characters of a passage that a note is cut into, at its paragraphs."""
READ = "2"
"""The way in which sources are read: with another one, they are read anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a source."""

    source: str
    """Whose words these are: "Wikipedia", or the name of a note."""
    title: str
    about: str = ""
    """What the title is, in a few words."""
    text: str


def article(article: dict[str, str], source: str) -> Passage:
    """The passage of a pack's article."""
    return Passage(
        source=source,
        title=article["title"],
        about=article.get("description") or "",
        text=article["extract"].replace("\xa0", " "),
    )


def note(title: str, text: str, source: str) -> Iterator[Passage]:
    """A note in passages that are not too long, cut between paragraphs."""
    passage = ""
    for paragraph in re.split(r"\n\s*\n", plain(text).replace("\n", "\n\n")):
        if passage and len(passage) + len(paragraph) > PASSAGE:
            yield Passage(source=source, title=title, text=passage)
            passage = ""
        passage = f"{passage}\n{paragraph.strip()}".strip()
    if passage:
        yield Passage(source=source, title=title, text=passage)


def stamp(file: Path) -> str:
    """What changes when a file does, or how it is read."""
    return f"{READ} {file.stat().st_size} {file.stat().st_mtime_ns}"


def title_key(title: str) -> str:
    """By what a title is looked up."""
    return " ".join(terms(re.sub(r"\s*\([^)]*\)$", "", title)))
