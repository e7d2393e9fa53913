"""A loudspeaker without a device: it is pulled by the frames that are heard.

For `hear`, where a file is the microphone: for every frame of input exactly one frame of output
passes, through the very mixer that a sound card would pull.
"""

from __future__ import annotations

from collections.abc import Callable

from voice_assistant.audio.frames import FRAME_SECONDS, Samples
from voice_assistant.audio.player import MixerPlayer

TAPE_RATE = 48_000


class TapePlayer(MixerPlayer):
    """`advance` it once a frame; `sink` gets what would have been heard, shape (n, 2)."""

    def __init__(
        self, rate: int = TAPE_RATE, *, sink: Callable[[Samples], object] | None = None
    ) -> None:
        super().__init__(rate)
        self._sink = sink
        self._frame = round(FRAME_SECONDS * rate)

    @property
    def sounding(self) -> bool:
        """Whether a voice or a ring has more to say."""
        return not (self.mixer.voice.idle and self.mixer.alarms.idle)

    def advance(self) -> None:
        """One frame's time passes."""
        with self._lock:
            block = self.mixer.pull(self._frame)
            self.mixer.heard(block)
        self.reference.write(block.samples)
        if self._sink:
            self._sink(block.samples)
