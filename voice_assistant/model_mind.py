"""A language model as a mind: loaded behind the running assistant, watched over, started again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import aclosing, contextmanager
from functools import partial

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
WAITS = (4.0, 15.0, 30.0, 30.0, 30.0)
"""Seconds after which it is said that an answer takes longer, while the model is loaded and reads,
once for all, what talks begin with: on a slow machine that is longer than anybody waits in silence."""

_log = logging.getLogger(__name__)


class ModelMind:
    """One engine, loaded in the background from the first moment on.

    `instead(sentence, language)` gives the sentence to say in the place of one that this household
    does not want to hear, and None for all others.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], LanguageModel],
        worker: Worker,
        *,
        instead: Callable[[str, str], str | None] = lambda sentence, language: None,
    ) -> None:
        self.name = name
        self._load = load
        self._worker = worker
        self._instead = instead
        self._kept: list[Sequence[Message]] = []
        self._unread: list[Sequence[Message]] = []
        """Those of them that the engine has not read yet."""
        self._wanted = 0
        """Requests of now: what is kept for later is read on when there is none."""
        self._crashes = 0
        self._reading: _Wish | None = None
        """What is being read ahead; an answer does not wait for it."""
        self._model: Future[LanguageModel] = worker.submit(load)

    @property
    def ready(self) -> bool:
        """Whether the engine is loaded."""
        return self._model.done() and self._model.exception() is None

    @property
    def loading(self) -> bool:
        """Whether the engine is on its way."""
        return not self._model.done()

    def excuse(self, language: str) -> str:
        """Why it is not ready: one sentence to say."""
        return excuse("loading" if self.loading else "failed", language)

    async def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        """The model's raw pieces."""
        if not self.ready:
            raise ModelError(self.excuse("en"))
        if self._reading:
            self._reading.over = True
        with self._urgent() as wish:
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
        async with aclosing(self._begun(chat, language)) as excuses:
            async for each in excuses:
                yield each + "\n"
        if not self.ready:
            raise ModelError(self.excuse(language))
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
        with self._urgent() as wish:
            self._reading = wish
            reading = self._model.result().generate(chat, limit=0, abort=lambda: wish.over)
            try:
                await self._worker.call(list, reading)
            except ModelCrashed:
                self._restart()
            finally:
                self._reading = None

    def keep(self, chat: Sequence[Message]) -> None:
        """Have the engine read these leading messages as soon as it is loaded and free."""
        if chat not in self._kept:
            self._kept.append(chat)
            self._unread.append(chat)
            self._worker.post(self._read_on)

    def close(self) -> None:
        """Free the engine; what it is reading is given up."""
        self._wanted += 1
        if self._reading:
            self._reading.over = True

        def free() -> None:
            if self.ready:
                self._model.result().__exit__(None, None, None)

        self._worker.post(free)
        self._worker.close()

    @contextmanager
    def _urgent(self) -> Iterator[_Wish]:
        """While something is wanted now: what is read for later gives way."""
        wish = _Wish()
        self._wanted += 1
        try:
            yield wish
        finally:
            wish.over = True
            self._wanted -= 1
            self._worker.post(self._read_on)

    def _read_on(self) -> None:
        """On the engine's thread: read what is kept, as long as nothing is wanted now."""
        for chat in tuple(self._unread):
            self._read(chat, lambda: self._wanted > 0)

    def _read(self, chat: Sequence[Message], abort: Callable[[], bool]) -> None:
        """On the engine's thread: read what is kept, unless and until `abort` says stop."""
        if chat in self._unread and self.ready and not abort():
            try:
                self._model.result().keep(chat, abort=abort)
            except ModelError as error:
                _log.warning("%s", error)  # the answer that needs it will say so
            if not abort():
                self._unread.remove(chat)

    async def _begun(self, chat: Sequence[Message], language: str) -> AsyncGenerator[str, None]:
        """Have the engine loaded, and what is kept of a chat read, before it is answered; meanwhile,
        what to say."""
        kept = next((k for k in self._unread if list(chat[: len(k)]) == list(k)), None)
        if kept is None:
            return
        with self._urgent() as wish:
            job = self._worker.submit(self._read, kept, lambda: wish.over)
            reading = asyncio.wrap_future(job)
            for number, seconds in enumerate(WAITS):
                await asyncio.wait([reading], timeout=seconds)
                if reading.done():
                    return
                yield excuse("slow" if number else "moment", language)

    def _restart(self) -> None:
        """A new process in the place of the one that crashed."""
        self._crashes += 1
        self._worker.post(partial(self._model.result().__exit__, None, None, None))
        if self._crashes > CRASHES:
            failed: Future[LanguageModel] = Future()
            failed.set_exception(ModelError("The language model keeps crashing."))
            self._model = failed
            return
        _log.warning("the language model crashed and is started again")
        self._model = self._worker.submit(self._load)
        self._unread[:] = self._kept
        self._worker.post(self._read_on)


class _Wish:
    """Whether anybody still wants what is being made. Read by the worker's thread."""

    over = False
