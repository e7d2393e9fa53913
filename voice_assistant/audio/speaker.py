"""The loudspeaker: one output stream that plays the mixer."""

from __future__ import annotations

import queue
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, Self

import numpy as np

from voice_assistant.audio.devices import Device
from voice_assistant.audio.line import Line
from voice_assistant.audio.mixer import Block
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.workers import Worker

BLOCK_SECONDS = 0.02
"""What one callback takes: the step in which silence and ducking can act."""
AHEAD_BLOCKS = 6
"""Blocks mixed before the callback wants them: 120 ms, for when the computer is busy, and more than
a device takes at once when it starts."""
KEPT_BLOCKS = 1
"""Of those, what a change leaves: the callback may come while the change is being made."""
LATENCY = 0.06
"""Seconds the device may buffer; all of it still sounds after a flush, which must be silent within
0.15. Less makes ALSA's PulseAudio plugin stutter."""
SWITCH_SECONDS = 0.001
"""How soon Python lets another thread have its turn: with its usual 5 ms, two busy threads make the
callback late however much is buffered."""
PATIENCE = 2.0
"""Seconds without a callback after which the loudspeaker counts as gone."""
REST_BLOCKS = 1000
"""Silent blocks (20 seconds) after which the device rests, for silence too costs 3 % of a core. Not
sooner: when it starts again the echo canceller must learn anew when sound comes back."""
RETRY_BLOCKS = 100
"""Between two tries to open it again: two seconds."""


class _Order(Enum):
    """What the feeder is told beside the blocks that were played."""

    START = auto()
    CLOSE = auto()


class Speaker(MixerPlayer):
    """`with Speaker() as player:`; raises DeviceError when there is no loudspeaker.

    One that is unplugged later is told of through `notify`, tried again every two seconds, and
    taken back. Meanwhile the sound goes by unheard, so that no turn hangs on it.
    """

    def __init__(
        self, name: str | None = None, *, notify: Callable[[str], object] = lambda _: None
    ) -> None:
        self._line = Line("output", name, self._stream)
        super().__init__(self._line.device.rate)
        self.underruns = 0
        """Times that the device or its callback had nothing to play: each is a gap (xruns)."""
        self._notify = notify
        self._size = round(BLOCK_SECONDS * self.rate)
        self._ring: deque[Block] = deque()
        self._played: queue.SimpleQueue[Block | _Order] = queue.SimpleQueue()
        self._worker = Worker("loudspeaker")
        self._silent = 0
        """Blocks since there was anything to hear."""
        self._resting = False
        self._unheard = 0
        """Blocks that went by since the device was lost; 0 while it is there."""

    def __enter__(self) -> Self:
        with self._lock:
            self._fill()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._line.open()
        self._worker.post(self._feed)
        return self

    def __exit__(self, *_: object) -> None:
        self._played.put(_Order.CLOSE)
        self._worker.close()
        self._line.close()

    @property
    def latency(self) -> float:
        """Seconds between the callback and the ear, as the device states it."""
        return float(self._line.stream.latency) if self._line.stream else 0.0

    # --- on the sound card's thread -------------------------------------------------------

    def _callback(self, out: Any, _frames: int, _time: object, status: Any) -> None:
        """Copy and return. The sound card calls this from its own thread with a deadline of
        milliseconds: a lock, a log line or a model here would be heard as a gap."""
        if status.output_underflow:
            self.underruns += 1
        try:
            block = self._ring.popleft()
        except IndexError:
            out.fill(0)
            self.underruns += 1
            return
        out[:] = block.samples if out.shape[1] == 2 else block.samples.mean(axis=1, keepdims=True)
        self._played.put(block)

    # --- on any thread, one at a time -----------------------------------------------------

    @contextmanager
    def _changed(self) -> Iterator[None]:
        """Take back what the callback will not take soon, change the mixer, and mix again."""
        with self._lock:
            self._take_back()
            yield
            if self._resting and not self.mixer.idle:
                self._resting = False
                self._played.put(_Order.START)
            self._fill()

    def _take_back(self) -> None:
        earliest = None
        while len(self._ring) > KEPT_BLOCKS:
            try:
                earliest = self._ring.pop()
            except IndexError:  # the callback was quicker
                break
        if earliest is not None:
            self.mixer.rewind(earliest)

    def _fill(self) -> None:
        while len(self._ring) < AHEAD_BLOCKS:
            self._ring.append(self.mixer.pull(self._size))

    # --- on the worker --------------------------------------------------------------------

    def _feed(self) -> None:
        """Mix as much as was played."""
        while True:
            try:
                played = self._played.get(timeout=self._patience())
            except queue.Empty:
                self._go_by()
                continue
            if played is _Order.CLOSE:
                return
            if played is _Order.START:
                if not self._line.resume():
                    self._go_by()
            else:
                assert isinstance(played, Block)
                self._heard(played)
                self._rest_if_silent()

    def _patience(self) -> float | None:
        if self._unheard:
            return BLOCK_SECONDS
        return None if self._resting else PATIENCE

    def _heard(self, block: Block) -> None:
        with self._lock:
            self.mixer.heard(block)
            self._silent = self._silent + 1 if self.mixer.idle else 0
            self._fill()
        self.reference.write(block.samples)

    def _rest_if_silent(self) -> None:
        with self._lock:
            if self._silent < REST_BLOCKS or self._resting:
                return
            self._resting = True
        self._line.rest()

    def _go_by(self) -> None:
        """There is no device: let a block go by unheard, and now and then look for one."""
        if not self._unheard:
            self._line.close()
            self._notify("The loudspeaker is gone; I go on as soon as it is back.")
        elif self._unheard % RETRY_BLOCKS == 0 and self._line.reopen():
            self._unheard = 0
            self._notify("The loudspeaker is back.")
            return
        self._unheard += 1
        self._heard(self._ring.popleft())

    def _stream(self, sd: Any, device: Device) -> Any:
        return sd.OutputStream(
            device=device.index,
            samplerate=self.rate,  # the first device's own; another one resamples if it must
            channels=min(device.channels, 2),
            dtype=np.float32,
            blocksize=self._size,
            latency=LATENCY,
            callback=self._callback,
        )
