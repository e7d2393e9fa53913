"""The household's own words: "when I say movie time, turn off the lights and play jazz"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voice_assistant.normal import core, normalise
from voice_assistant.store import Store


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that stand for a request, as they were said."""

    said: str
    means: str


class Aliases:
    """What was taught, kept on disk. Lives on the event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, language: str) -> list[Alias]:
        """What was taught in a language."""
        return [Alias(said, means) for said, means in self._kept(language).values()]

    def find(self, text: str, language: str) -> Alias | None:
        """The alias that a text is, or None."""
        found = self._kept(language).get(_key(text, language))
        return Alias(*found) if found else None

    def teach(self, alias: Alias, language: str) -> None:
        """Keep an alias, in place of an older one of the same words."""
        kept = dict(self._kept(language))
        kept[_key(alias.said, language)] = (alias.said, alias.means)
        self._store.set(language, kept)

    def forget(self, text: str, language: str) -> Alias | None:
        """Delete an alias; what it was, or None where there is none."""
        alias = self.find(text, language)
        if alias is not None:
            kept = dict(self._kept(language))
            del kept[_key(text, language)]
            self._store.set(language, kept)
        return alias

    def _kept(self, language: str) -> Mapping[str, tuple[str, str]]:
        kept: Mapping[str, tuple[str, str]] = self._store.get(language, {})
        return kept


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Aliases as a service for the skill that is told them."""

    aliases: Aliases
    knows: Callable[[str, str], bool]
    """Whether a text, in a language, is a request word for word."""

    def split(self, words: str, language: str) -> Alias | None:
        """ "movie time turn off the lights" as words and request: where the rest is a request."""
        said, comma, means = words.partition(",")
        if comma and means.strip():
            return Alias(said.strip(), means.strip())
        pieces = words.split()
        for at in range(1, len(pieces)):
            said, means = " ".join(pieces[:at]), " ".join(pieces[at:])
            if self.knows(means, language):
                return Alias(said, means)
        return None


def _key(text: str, language: str) -> str:
    return core(normalise(text, language), language)
