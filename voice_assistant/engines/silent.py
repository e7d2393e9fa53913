"""The voice of text mode: it says nothing, and takes no time over it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from voice_assistant.audio.frames import Clip, silence
from voice_assistant.engines import Prosody


class SilentVoice:
    """A `Synthesizer` without sound, for every language."""

    languages: tuple[str, ...] = ()

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        """One empty clip."""
        yield silence(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...
