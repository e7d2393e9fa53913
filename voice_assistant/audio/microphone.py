"""The microphone: any device at its own rate and channels, as frames."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any, Self

import numpy as np
import soxr
from numpy.typing import NDArray

from voice_assistant.audio.devices import Device
from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, RATE, Frame
from voice_assistant.audio.line import Line

LATENCY = 0.1
"""Seconds the device may buffer: sound is lost when we are held up for longer."""
PATIENCE = 2.0
"""Seconds without sound after which the microphone counts as gone."""
RETRY_SECONDS = 2.0
MOST_CHANNELS = 2
"""Arrays offer more, some of which are not microphones: the first two are averaged."""

_CLOSE = None
Recorded = NDArray[np.int16]


class Framer:
    """Sound of any rate in pieces of any length, as frames."""

    def __init__(self, rate: int) -> None:
        self._resampler = (
            soxr.ResampleStream(rate, RATE, 1, dtype="int16") if rate != RATE else None
        )
        self._rest: Recorded = np.zeros(0, np.int16)

    def feed(self, recorded: Recorded) -> Iterator[Frame]:
        """The frames that are whole now; `recorded` has shape (n, channels)."""
        mono = recorded.mean(axis=1).astype(np.int16) if recorded.shape[1] > 1 else recorded[:, 0]
        if self._resampler:
            mono = self._resampler.resample_chunk(mono)
        pcm = np.concatenate((self._rest, mono))
        whole = len(pcm) - len(pcm) % FRAME
        self._rest = pcm[whole:]
        yield from pcm[:whole].reshape(-1, FRAME)


class Microphone:
    """`with Microphone() as microphone:`, then `for frame in microphone.frames():`.

    `frames` blocks: it belongs to the ear thread. `close` may be called from any thread and ends
    it. A microphone that is unplugged is told of through `notify`, tried again, and taken back.
    """

    def __init__(
        self, name: str | None = None, *, notify: Callable[[str], object] = lambda _: None
    ) -> None:
        self.overruns = 0
        """Times that the sound system dropped sound because we were late (xruns)."""
        self._notify = notify
        self._line = Line("input", name, self._stream)
        self._recorded: queue.SimpleQueue[Recorded | None] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._line.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._line.close()

    def close(self) -> None:
        """End `frames`."""
        self._recorded.put(_CLOSE)

    def frames(self) -> Iterator[Frame]:
        """Frame after frame, until `close`."""
        framer = Framer(self._line.device.rate)
        while True:
            try:
                recorded = self._recorded.get(timeout=PATIENCE)
            except queue.Empty:
                if not self._wait_for_device():
                    return
                framer = Framer(self._line.device.rate)
                continue
            if recorded is _CLOSE:
                return
            yield from framer.feed(recorded)

    def _callback(self, recorded: Recorded, _frames: int, _time: object, status: Any) -> None:
        """Copy and return. The sound card calls this from its own thread with a deadline of
        milliseconds: whatever takes longer here makes it drop sound."""
        if status.input_overflow:
            self.overruns += 1
        self._recorded.put(recorded.copy())

    def _wait_for_device(self) -> bool:
        """Try until a microphone is there; False when closed meanwhile."""
        self._notify("The microphone is gone; I listen again as soon as it is back.")
        self._line.close()
        while not self._line.reopen():
            try:
                if self._recorded.get(timeout=RETRY_SECONDS) is _CLOSE:
                    return False
            except queue.Empty:
                continue
        self._notify("The microphone is back.")
        return True

    def _stream(self, sd: Any, device: Device) -> Any:
        return sd.InputStream(
            device=device.index,
            samplerate=device.rate,
            channels=min(device.channels, MOST_CHANNELS),
            dtype=np.int16,
            blocksize=round(FRAME_SECONDS * device.rate),
            latency=LATENCY,
            callback=self._callback,
        )
