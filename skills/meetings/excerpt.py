"""A moment of a recording as the media player plays it: a longer source that ends early."""

from __future__ import annotations

from voice_assistant.audio.frames import Samples
from voice_assistant.audio.media import Source


class Excerpt:
    """The next `seconds` of a source."""

    def __init__(self, source: Source, seconds: float, rate: int) -> None:
        self._source = source
        self._samples = round(seconds * rate)

    def read(self, n: int) -> Samples:
        """Up to `n` samples of the moment."""
        read = self._source.read(min(n, self._samples))
        self._samples -= len(read)
        return read

    @property
    def left(self) -> int | None:
        """Samples until its end."""
        rest = self._source.left
        return self._samples if rest is None else min(rest, self._samples)

    @property
    def position(self) -> float:
        """Seconds read since the recording's beginning."""
        return self._source.position

    def seek(self, seconds: float) -> None:
        """A moment stays where it is."""

    def close(self) -> None:
        """Free what it holds."""
        self._source.close()
