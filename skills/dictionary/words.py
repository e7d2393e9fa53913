"""Which word is asked about, and what is installed."""

from __future__ import annotations

from typing import Any

from voice_assistant.normal import normalise
from voice_assistant.skill import Prosody, Skill, Turn

from . import asked

SLOWLY = Prosody(pace=0.75)
"""How a word is said that is to be learned."""


class Words(Skill):
    """The ground that the parts of the skill stand on."""

    _last: str | None = None
    """The word that was asked about before, for "and its opposite?"."""

    async def _word(self, turn: Turn, word: str | None) -> str:
        """The word that is meant; asked for where it was not said."""
        text = normalise(turn.asked, turn.language)
        word = word or asked.word_in(text, turn.language)
        if self._last and asked.points_back(word, text):
            word = self._last
        if word is None:
            word = normalise(await turn.ask(turn.phrase("which")), turn.language)
        self._last = tidied = asked.tidy(word, turn.language)
        return tidied

    def _installed(self, name: str) -> bool:
        catalog: Any = self.home.services.get("catalog")
        return catalog is not None and bool(catalog.installed(name))
