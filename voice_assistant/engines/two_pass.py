"""Two recognisers on one utterance: a quick one while it is said, a better one for its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from voice_assistant.audio.frames import Frame
from voice_assistant.engines import NEARLY, Recognition, Recognizer, Transcript


class TwoPassRecognizer:
    """`streaming` gives the partial texts, by which the ears see that a sentence goes on, and
    `writing` the final ones. Both must hear the same language."""

    def __init__(self, streaming: Recognizer, writing: Recognizer) -> None:
        self._streaming = streaming
        self._writing = writing
        self.languages = writing.languages

    @property
    def sharpness(self) -> float:
        """That of the better one."""
        return self._writing.sharpness

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._streaming.__exit__(*problem)
        self._writing.__exit__(*problem)

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> TwoPassRecognition:
        """A new utterance; the hints are for the final text."""
        return TwoPassRecognition(self._streaming.start(), self._writing.start(hints, language))


class TwoPassRecognition:
    """One utterance, heard by both."""

    def __init__(self, streaming: Recognition, writing: Recognition) -> None:
        self._streaming = streaming
        self._writing = writing

    def feed(self, frame: Frame) -> str | None:
        """Take a frame; the quick one's text when it changed."""
        self._writing.feed(frame)
        return self._streaming.feed(frame)

    def finish(self) -> Transcript:
        """The whole utterance by the better one."""
        return self._writing.finish()

    def weigh(self, texts: Sequence[str], less: float = NEARLY) -> Transcript:
        """What the better one makes of some texts."""
        return self._writing.weigh(texts, less)
