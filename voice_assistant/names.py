"""The names that a skill's slots take: from its file, and those it knows besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from voice_assistant.intents import Sentences
from voice_assistant.normal import normalise
from voice_assistant.sounds import Entries

CLOSE = 82
"""How alike (rapidfuzz ratio, 0 to 100) a word must be to an entry of a list to stand for it."""

ARTICLES = ("the ", "my ", "a ", "an ", "some ")
"""Part of no name that was misheard: "the moon" is not Tuen Mun."""


def names_of(
    sentences: Sentences, runtime: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, str]]:
    """The lists of a skill's file, and the names that it knows besides."""
    made = written(sentences)
    for name, entries in runtime.items():
        made[name] = {**made.get(name, {}), **spoken(entries, sentences.language)}
    return made


def written(sentences: Sentences) -> dict[str, dict[str, str]]:
    """The lists of a skill's file, normalised."""
    return {
        name: {normalise(said, sentences.language): meaning for said, meaning in entries.items()}
        for name, entries in sentences.lists.items()
    }


def spoken(entries: Iterable[str], language: str) -> dict[str, str]:
    """Entries of a vocabulary as they are said -> as they are."""
    if isinstance(entries, Mapping):
        return {normalise(said, language): meaning for said, meaning in entries.items()}
    return {normalise(entry, language): entry for entry in entries}


def look_up(said: str, entries: Entries) -> tuple[str, float] | None:
    """What a text stands for in a list, and how alike it is (0 to 100)."""
    article = next(filter(said.startswith, ARTICLES), "")
    for name in (said, said.removeprefix(article)):
        if name in entries:
            return entries[name], 100.0
    found = process.extractOne(said, entries.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    if found:
        return entries[found[0]], found[1]
    return None if article else entries.sounding(said)
