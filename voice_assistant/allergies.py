"""What people of the household must not eat: one truth, whichever skill was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voice_assistant.store import Database, Store

SOMEBODY = ""
"""The name for whoever it was that did not say who they are."""


class Allergies:
    """Foods by person, in the words that name them; on disk when a method returns."""

    def __init__(self, database: Database) -> None:
        self._store = Store(database, "allergies")

    def everybody(self) -> Mapping[str, list[str]]:
        """The foods of everybody who has some."""
        return {person: self.of(person) for person in self._store.keys("")}

    def of(self, person: str) -> list[str]:
        """What a person must not eat, as it was noted."""
        return list(self._store.get(person, []))

    def add(self, person: str, foods: Iterable[str]) -> None:
        """Note foods that a person must not eat."""
        self.keep(person, [*self.of(person), *foods])

    def remove(self, person: str, foods: Iterable[str]) -> None:
        """Take foods back."""
        gone = set(foods)
        self.keep(person, [food for food in self.of(person) if food not in gone])

    def keep(self, person: str, foods: Iterable[str]) -> None:
        """Put foods in the place of those noted."""
        if kept := list(dict.fromkeys(foods)):
            self._store.set(person, kept)
        else:
            self._store.delete(person)
