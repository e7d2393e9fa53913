"""Several minds in order of preference: the server in the house, then the model on this machine."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from voice_assistant.engines import Message
from voice_assistant.errors import ModelError
from voice_assistant.mind import Mind, excuse

_log = logging.getLogger(__name__)


class FirstMind:
    """Several minds in order of preference: the first that is ready and answers is taken. When the
    one before it fails, that is said."""

    def __init__(self, *minds: Mind) -> None:
        self._minds = minds
        self._told = False
        """Whether it was said that the first is not to be had."""

    @property
    def name(self) -> str:
        """The name of the one that would answer."""
        return self._best.name

    @property
    def ready(self) -> bool:
        """Whether one of them would answer."""
        return self._best.ready

    @property
    def loading(self) -> bool:
        """Whether the last of them is on its way."""
        return self._minds[-1].loading

    def excuse(self, language: str) -> str:
        """Why none of them is ready."""
        return self._minds[-1].excuse(language)

    @property
    def _best(self) -> Mind:
        return next((mind for mind in self._minds if mind.ready), self._minds[-1])

    def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        """The raw pieces of the first that answers."""
        return self._first(lambda mind: mind.think(chat, limit=limit, grammar=grammar), "")

    def speak(
        self, chat: Sequence[Message], *, language: str, limit: int = 200, sentences: int = 4
    ) -> AsyncGenerator[str, None]:
        """The sentences of the first that answers."""
        return self._first(
            lambda mind: mind.speak(chat, language=language, limit=limit, sentences=sentences),
            excuse("remote", language) + "\n",
        )

    async def _first(
        self, answer: Callable[[Mind], AsyncGenerator[str, None]], sorry: str
    ) -> AsyncGenerator[str, None]:
        ready = [mind for mind in self._minds if mind.ready] or [self._minds[-1]]
        if sorry and ready[0] is not self._minds[0] and not self._told:
            self._told = True
            yield sorry
        for mind, another in zip(ready, [*ready[1:], None], strict=True):
            begun = False
            try:
                async with aclosing(answer(mind)) as stream:
                    async for item in stream:
                        begun = True
                        yield item
            except ModelError as error:
                if begun or another is None:
                    raise
                _log.warning("%s; %s answers instead", error, another.name)
                if sorry:
                    yield sorry
            else:
                return

    async def prepare(self, chat: Sequence[Message]) -> None:
        """Have the one that would answer read ahead."""
        await self._best.prepare(chat)

    def keep(self, chat: Sequence[Message]) -> None:
        """Have all of them read this."""
        for mind in self._minds:
            mind.keep(chat)

    def close(self) -> None:
        """Free them all."""
        for mind in self._minds:
            mind.close()
