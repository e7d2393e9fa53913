"""The loudspeaker: one output stream that plays the mixer."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import numpy as np

from voice_assistant.audio import devices
from voice_assistant.audio.mixer import Block
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.errors import DeviceError
from voice_assistant.workers import Worker

BLOCK_SECONDS = 0.01
"""What one callback takes: the step in which silence and ducking can act."""
AHEAD_BLOCKS = 8
"""Blocks mixed before the callback wants them: 80 ms, for when the computer is busy."""
PATIENCE = 0.5
"""Seconds without a callback after which the loudspeaker counts as gone."""
RETRY_BLOCKS = 200
"""Between two tries to open it again: two seconds."""


class Speaker(MixerPlayer):
    """`with Speaker() as player:`; raises DeviceError when there is no loudspeaker.

    One that is unplugged later is told of through `notify`, tried again every two seconds, and
    taken back. Meanwhile the sound goes by unheard, so that no turn hangs on it.
    """

    def __init__(
        self, name: str | None = None, *, notify: Callable[[str], object] = lambda _: None
    ) -> None:
        self._device = devices.choose("output", name)
        super().__init__(self._device.rate)
        self.underruns = 0
        """Callbacks that found nothing mixed."""
        self._name = name
        self._notify = notify
        self._size = round(BLOCK_SECONDS * self.rate)
        self._ring: deque[Block] = deque()
        self._played: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._cards = devices.Cards()
        self._stream: Any = None
        self._worker = Worker("loudspeaker")
        self._closing = False

    def __enter__(self) -> Self:
        with self._changed():
            pass
        self._stream = self._opened()
        self._worker.post(self._feed)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        self._played.put(None)
        self._worker.close()
        self._close_stream()

    @property
    def latency(self) -> float:
        """Seconds between the callback and the ear, as the device states it."""
        return float(self._stream.latency) if self._stream else 0.0

    def _callback(self, out: Any, _frames: int, _time: object, _status: object) -> None:
        """Copy and return. The sound card calls this from its own thread with a deadline of
        milliseconds: a lock, a log line or a model here would be heard as a gap."""
        try:
            block = self._ring.popleft()
        except IndexError:
            out.fill(0)
            self.underruns += 1
            return
        out[:] = block.samples if out.shape[1] == 2 else block.samples.mean(axis=1, keepdims=True)
        self._played.put(block)

    @contextmanager
    def _changed(self) -> Iterator[None]:
        """Take back what the callback has not taken, change the mixer, and mix again."""
        with self._lock:
            self._take_back()
            yield
            self._fill()

    def _take_back(self) -> None:
        earliest = None
        while self._ring:
            try:
                earliest = self._ring.pop()
            except IndexError:  # the callback was quicker
                break
        if earliest is not None:
            self.mixer.rewind(earliest)

    def _fill(self) -> None:
        while len(self._ring) < AHEAD_BLOCKS:
            self._ring.append(self.mixer.pull(self._size))

    def _feed(self) -> None:
        """On the worker: mix as much as was played."""
        lost = 0.0
        while not self._closing:
            try:
                block = self._played.get(timeout=BLOCK_SECONDS if lost else PATIENCE)
            except queue.Empty:
                lost = self._without_device(lost)
                continue
            if block is None:
                return
            self._heard(block)

    def _heard(self, block: Block) -> None:
        with self._lock:
            self.mixer.heard(block)
            self._fill()
        self.reference.write(block.samples)

    def _without_device(self, lost: float) -> float:
        """Let a block go by unheard; now and then try to open a device. The new seconds lost."""
        if not lost:
            self._close_stream()
            self._notify("The loudspeaker is gone; I go on as soon as it is back.")
        elif round(lost / BLOCK_SECONDS) % RETRY_BLOCKS == 0 and self._try_again():
            self._notify("The loudspeaker is back.")
            return 0.0
        if self._ring:
            self._heard(self._ring.popleft())
        return lost + BLOCK_SECONDS

    def _try_again(self) -> bool:
        if self._cards.changed():
            devices.look_again()
        try:
            self._device = devices.choose("output", self._name)
            self._stream = self._opened()
        except DeviceError:
            return False
        return True

    def _opened(self) -> Any:
        """A stream at the mixer's rate, which is the first device's own."""
        import sounddevice as sd

        try:
            stream = sd.OutputStream(
                device=self._device.index,
                samplerate=self.rate,
                channels=min(self._device.channels, 2),
                dtype=np.float32,
                blocksize=self._size,
                latency="low",
                callback=self._callback,
            )
            stream.start()
        except sd.PortAudioError as error:
            raise devices.explain(self._device, error) from error
        devices.opened(stream)
        return stream

    def _close_stream(self) -> None:
        if self._stream is not None:
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)
            devices.closed(self._stream)
            self._stream = None
