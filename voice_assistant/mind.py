"""The language model as skills and the router know it: it thinks, and it says what it thinks.

A `Mind` is always there. Without a model it is a `NoMind`, which knows what to say about that; a
`ModelMind` (model_mind.py) is one engine behind its worker; a `FirstMind` (first_mind.py) is
several, of which the first that answers is taken.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from voice_assistant.engines import Message
from voice_assistant.errors import ModelError
from voice_assistant.texts import load


class Mind(Protocol):
    """A language model behind its worker. Consume what it yields in `contextlib.aclosing`: closing
    stops the model within a tenth of a second."""

    @property
    def name(self) -> str:
        """The model's name in the catalogue; empty when there is none."""
        ...

    @property
    def ready(self) -> bool:
        """Whether it would answer now. False also while the model loads."""
        ...

    @property
    def loading(self) -> bool:
        """Whether it is on its way: `speak` waits for it, and says so."""
        ...

    def excuse(self, language: str) -> str:
        """Why it is not ready: one sentence to say."""
        ...

    def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        """The model's raw pieces, at most `limit` tokens. For reading, never for saying."""
        ...

    def speak(
        self, chat: Sequence[Message], *, language: str, limit: int = 200, sentences: int = 4
    ) -> AsyncGenerator[str, None]:
        """Sentences fit to be said aloud and allowed in this household; the last one is whole."""
        ...

    async def prepare(self, chat: Sequence[Message]) -> None:
        """Read `chat` ahead, so that the answer to it (or to a longer one) starts sooner."""
        ...

    def keep(self, chat: Sequence[Message]) -> None:
        """Have these leading messages of many chats read once and for all, also after a restart.
        Returns at once."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


class NoMind:
    """No language model: `why` is a key of data/mind.yaml."""

    name = ""
    ready = False
    loading = False

    def __init__(self, why: str = "missing") -> None:
        self._why = why

    def excuse(self, language: str) -> str:
        """What to say about it."""
        return excuse(self._why, language)

    async def think(
        self,
        chat: Sequence[Message],
        *,
        limit: int = 200,
        grammar: str | None = None,
    ) -> AsyncGenerator[str, None]:
        """Refuse."""
        raise ModelError(self.excuse("en"))
        yield ""

    async def speak(
        self,
        chat: Sequence[Message],
        *,
        language: str,
        limit: int = 200,
        sentences: int = 4,
    ) -> AsyncGenerator[str, None]:
        """Say why there is nothing to say."""
        yield self.excuse(language)

    async def prepare(self, chat: Sequence[Message]) -> None:
        """Nothing to prepare."""

    def keep(self, chat: Sequence[Message]) -> None:
        """Nothing to keep."""

    def close(self) -> None:
        """Nothing to free."""


def excuse(key: str, language: str) -> str:
    """A sentence of data/mind.yaml."""
    phrases = load("mind")
    return str(phrases.get(language, phrases["en"])[key])
