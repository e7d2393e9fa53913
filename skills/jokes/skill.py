"""Jokes of our own, fit for children; none comes again for at least fifty tellings."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from voice_assistant.skill import Answer, Piece, Pieces, Reply, Skill, Turn, intent

DATA = Path(__file__).parent / "data"

BEAT = 0.7
"""Seconds before the punch line."""

REST = 50
"""Other jokes that are told before one comes again."""


@cache
def jokes(language: str) -> list[tuple[str, str]]:
    """Set-up and punch line of every joke."""
    text = (DATA / f"{language}.txt").read_text(encoding="utf-8")
    pairs = [line.split(" | ", 1) for line in text.splitlines() if line.strip()]
    return [(setup, punch) for setup, punch in pairs]


class Jokes(Skill):
    """Tells jokes."""

    @intent("tell")
    async def tell(self, turn: Turn) -> Answer:
        """One joke."""
        setup, punch = self._next(turn.language)
        return Reply(say=_told(setup, punch))

    @intent("another")
    async def another(self, turn: Turn) -> Answer:
        """One more."""
        return await self.tell(turn)

    def _next(self, language: str) -> tuple[str, str]:
        """The next of a row kept across restarts; told, it goes back in at some place far behind."""
        known = jokes(language)
        row = [at for at in self.home.store.get(f"row.{language}", []) if at < len(known)]
        new = sorted(set(range(len(known))) - set(row))
        row += random.sample(new, len(new))
        at = row.pop(0)
        row.insert(random.randint(min(REST, len(row)), len(row)), at)
        self.home.store.set(f"row.{language}", row)
        setup, punch = known[at]
        return setup, punch


async def _told(setup: str, punch: str) -> Pieces:
    yield Piece(text=setup, pause=BEAT)
    yield Piece(text=punch)
