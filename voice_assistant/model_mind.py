"""A language model as a mind: loaded behind the running assistant, watched over, started again."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from functools import partial
from typing import Protocol

from voice_assistant.engines import LanguageModel, Message
from voice_assistant.errors import ModelCrashed, ModelError
from voice_assistant.guard import Guard
from voice_assistant.mind import excuse
from voice_assistant.sentences import Splitter
from voice_assistant.workers import Worker

SLACK = 48
"""Tokens beyond the limit in which the model may end its sentence."""
EARLIER = 4
"""Replies back in which a sentence counts as said already."""
CRASHES = 2
"""How often a model that crashed is started again before it is given up."""

_log = logging.getLogger(__name__)


class Keeper(LanguageModel, Protocol):
    """A language model that can keep the start of a chat at hand."""

    def keep(self, chat: Sequence[Message]) -> None:
        """Read these leading messages now, and remember them across restarts."""
        ...


class ModelMind:
    """One engine, loaded in the background from the first moment on.

    `allows(sentence, language)` gives the sentence to say in the place of one that this household
    does not want to hear, and None for all others.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], Keeper],
        worker: Worker,
        *,
        instead: Callable[[str, str], str | None] = lambda sentence, language: None,
    ) -> None:
        self.name = name
        self._load = load
        self._worker = worker
        self._instead = instead
        self._kept: list[Sequence[Message]] = []
        self._crashes = 0
        self._reading: _Wish | None = None
        """What is being read ahead; an answer does not wait for it."""
        self._model: Future[Keeper] = worker.submit(load)

    @property
    def ready(self) -> bool:
        """Whether the engine is loaded."""
        return self._model.done() and self._model.exception() is None

    def excuse(self, language: str) -> str:
        """Why it is not ready: one sentence to say."""
        return excuse("failed" if self._model.done() else "loading", language)

    @property
    def problem(self) -> str:
        """Why the engine could not be loaded; empty when it was, or still is being loaded."""
        return str(self._model.exception() or "") if self._model.done() else ""

    async def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        """The model's raw pieces."""
        if not self.ready:
            raise ModelError(self.excuse("en"))
        if self._reading:
            self._reading.over = True
        wish = _Wish()
        pieces = self._model.result().generate(
            chat, limit=limit, grammar=grammar, abort=lambda: wish.over
        )
        try:
            async with aclosing(self._worker.iterate(pieces)) as stream:
                async for piece in stream:
                    yield piece
        except ModelCrashed:
            self._restart()
            raise
        finally:
            wish.over = True

    async def speak(
        self, chat: Sequence[Message], *, language: str, limit: int = 200, sentences: int = 4
    ) -> AsyncGenerator[str, None]:
        """Sentences fit to be said. Each ends in a line feed: it is whole, whatever follows."""
        instructions = " ".join(m.content for m in chat if m.role == "system")
        guard = Guard(
            language=language,
            most=sentences,
            asked=chat[-1].content,
            instructions=instructions,
            earlier=self._earlier(chat),
        )
        if instead := guard.beforehand():
            yield instead + "\n"
            return
        splitter, tokens = Splitter(), 0
        async with aclosing(self.think(chat, limit=limit + SLACK)) as pieces:
            async for piece in pieces:
                tokens += 1
                if tokens == limit:
                    guard.most = 0  # the sentence that is being made is the last
                for sentence in splitter.feed(piece):
                    for said in self._allowed(guard, sentence, language, splitter.unfinished):
                        yield said
                if guard.done:
                    return
        rest = " ".join(splitter.finish())
        cut = tokens >= limit + SLACK
        if rest and not cut:
            for said in self._allowed(guard, rest, language):
                yield said
        for said in guard.finish(cut=rest if cut else ""):
            yield said + "\n"

    def _earlier(self, chat: Sequence[Message]) -> list[str]:
        """The sentences of the last replies of this talk, without the prompt's examples."""
        begun = max((len(k) for k in self._kept if list(chat[: len(k)]) == list(k)), default=0)
        replies = [m.content for m in chat[begun:] if m.role == "assistant"]
        splitter = Splitter(early=False)
        text = "\n".join(replies[-EARLIER:])
        return [*splitter.feed(text), *splitter.finish()]

    def _allowed(
        self, guard: Guard, sentence: str, language: str, unfinished: bool = False
    ) -> Iterator[str]:
        for said in guard.take(sentence, unfinished=unfinished):
            if instead := self._instead(said, language):
                guard.done = True
                yield instead + "\n"
                return
            yield said + "\n"

    async def prepare(self, chat: Sequence[Message]) -> None:
        """Read ahead, unless and until something is to be answered."""
        if not self.ready or self._reading:
            return
        self._reading = wish = _Wish()
        reading = self._model.result().generate(chat, limit=0, abort=lambda: wish.over)
        try:
            await self._worker.call(list, reading)
        except ModelCrashed:
            self._restart()
        finally:
            wish.over = True
            self._reading = None

    def keep(self, chat: Sequence[Message]) -> None:
        """Have the engine read these leading messages as soon as it is loaded."""
        if chat not in self._kept:
            self._kept.append(chat)
            self._post_keep(chat)

    def close(self) -> None:
        """Free the engine behind what it is doing."""
        if self._reading:
            self._reading.over = True

        def free() -> None:
            if self.ready:
                self._model.result().__exit__(None, None, None)

        self._worker.post(free)
        self._worker.close()

    def _post_keep(self, chat: Sequence[Message]) -> None:
        def read() -> None:
            if self.ready:
                self._model.result().keep(chat)

        self._worker.post(read)

    def _restart(self) -> None:
        """A new process in the place of the one that crashed."""
        self._crashes += 1
        self._worker.post(partial(self._model.result().__exit__, None, None, None))
        if self._crashes > CRASHES:
            failed: Future[Keeper] = Future()
            failed.set_exception(ModelError("The language model keeps crashing."))
            self._model = failed
            return
        _log.warning("the language model crashed and is started again")
        self._model = self._worker.submit(self._load)
        for chat in self._kept:
            self._post_keep(chat)


class _Wish:
    """Whether anybody still wants what is being made. Read by the worker's thread."""

    over = False
