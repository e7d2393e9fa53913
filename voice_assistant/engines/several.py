"""Several wake word engines side by side; and a recogniser held to one of its languages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Self

from voice_assistant.audio.frames import Frame
from voice_assistant.engines import Recognition, Recognizer, WakeWord


class SeveralWakeWords:
    """The first of some engines that notices something; the others forget it then."""

    def __init__(self, engines: Sequence[WakeWord]) -> None:
        self._engines = engines
        self._stack = ExitStack()
        self.late = 0.0

    @property
    def sensitivity(self) -> float:
        """That of all of them."""
        return self._engines[0].sensitivity

    @sensitivity.setter
    def sensitivity(self, value: float) -> None:
        for engine in self._engines:
            engine.sensitivity = value

    def __enter__(self) -> Self:
        for engine in self._engines:
            self._stack.enter_context(engine)
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        for engine in self._engines:
            if heard := engine.feed(frame):
                self.late = engine.late
                for other in self._engines:
                    if other is not engine:
                        other.reset()
                return heard
        return None

    def reset(self) -> None:
        """Forget the sound so far."""
        for engine in self._engines:
            engine.reset()


class InLanguage:
    """A recogniser that expects one language, whoever else uses it for others."""

    def __init__(self, recognizer: Recognizer, language: str) -> None:
        self._recognizer = recognizer
        self.languages: tuple[str, ...] = (language,)

    @property
    def sharpness(self) -> float:
        """As that of the recogniser itself."""
        return self._recognizer.sharpness

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Recognition:
        """A new utterance in that language."""
        return self._recognizer.start(hints, self.languages[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """The recogniser stays: it is not ours."""
