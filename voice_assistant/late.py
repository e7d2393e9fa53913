"""A recogniser that is still being loaded: listening for the wake word need not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Self

from voice_assistant.engines import Recognition, Recognizer
from voice_assistant.workers import Worker


class LateRecognizer:
    """Loads on a worker from now on; the first utterance waits for it, if it must."""

    def __init__(self, worker: Worker, load: Callable[[], Recognizer]) -> None:
        self._loaded: Future[Recognizer] = worker.submit(load)

    @property
    def languages(self) -> tuple[str, ...]:
        """What it hears; nothing before it is loaded."""
        return self._loaded.result().languages if self._loaded.done() else ()

    @property
    def sharpness(self) -> float:
        """How sure it usually is: known when the first utterance was heard."""
        return self._loaded.result().sharpness

    async def ready(self) -> None:
        """Wait until it is loaded; raises what went wrong."""
        await asyncio.wrap_future(self._loaded)

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Recognition:
        """A new utterance."""
        return self._loaded.result().start(hints, language)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._loaded.exception() is None:
            self._loaded.result().__exit__()
