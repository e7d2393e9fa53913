"""Several wake word engines listening side by side."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Self

from voice_assistant.audio.frames import Frame
from voice_assistant.engines import WakeWord


class SeveralWakeWords:
    """The first of some engines that notices something."""

    def __init__(self, engines: Sequence[WakeWord]) -> None:
        self._engines = engines
        self._stack = ExitStack()
        self.late = 0.0

    def __enter__(self) -> Self:
        for engine in self._engines:
            self._stack.enter_context(engine)
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        heard = None
        for engine in self._engines:
            phrase = engine.feed(frame)
            if phrase and not heard:
                heard, self.late = phrase, engine.late
        return heard

    def reset(self) -> None:
        """Forget the sound so far."""
        for engine in self._engines:
            engine.reset()
