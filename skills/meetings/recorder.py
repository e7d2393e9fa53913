"""A meeting being recorded: frames in, a WAV file out that a power cut leaves readable.

Frames are written as they come and synced every SYNC_SECONDS, so that no more than these are lost.
While the file grows its header says "until the end"; the true length is put in at the end, or when
a recording that was cut off is taken up again.
"""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE, Frame
from voice_assistant.errors import StoreError, VoiceAssistantError

SYNC_SECONDS = 2.0
"""What a power cut costs at most."""

BYTES_SECOND = 2 * RATE
"""115 MB an hour, uncompressed: nothing to repair, nothing to compute on a small machine."""

WANTED_HOURS = 1.0
"""There must be room for so much when a recording begins ..."""

RESERVE = 200_000_000
"""... and so many bytes are always left to the rest of the machine."""

_HEADER = 44
_OPEN_END = 0xFFFF_FFFF - _HEADER


def free_bytes(folder: Path) -> int:
    """Room on the disk that a folder is on."""
    return shutil.disk_usage(folder).free


class Recording:
    """The file of one recording, which goes on where there is one. `run` belongs to one thread;
    `paused` may be set and `seconds` read from another; `synced` is told each time more is on disk."""

    def __init__(
        self,
        path: Path,
        free: Callable[[Path], int] = free_bytes,
        synced: Callable[[], None] = lambda: None,
    ) -> None:
        self.path = path
        self.paused = False
        self.full = False
        """Whether it ended because the disk did."""
        self._free = free
        self._synced = synced
        self._unsynced = 0
        try:
            self._file = path.open("r+b" if path.exists() else "x+b", buffering=1 << 16)
            self._file.seek(0, os.SEEK_END)
            self._samples = max(self._file.tell() - _HEADER, 0) // 2
            self._file.seek(0)
            self._file.write(_header(_OPEN_END))
            self._file.seek(_HEADER + 2 * self._samples)
            self._sync()
        except OSError as error:
            raise StoreError(f"The recording cannot be kept ({error.strerror}).") from error

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self._samples / RATE

    def run(self, frames: Iterable[Frame]) -> None:
        """Record until the frames end or the disk is full; the file is whole when this returns."""
        try:
            for frame in frames:
                self.take(frame)
                if self.full:
                    return
        finally:
            self.close()

    def take(self, frame: Frame) -> None:
        """Write a frame, unless paused."""
        if self.paused:
            return
        try:
            self._file.write(frame.tobytes())
        except OSError as error:
            raise StoreError(f"The recording cannot go on ({error.strerror}).") from error
        self._samples += len(frame)
        self._unsynced += len(frame)
        if self._unsynced >= SYNC_SECONDS * RATE:
            self._sync()
            self._synced()
            self.full = self._free(self.path.parent) < RESERVE

    def close(self) -> None:
        """Put the true length in; the file is on disk when this returns."""
        if self._file.closed:
            return
        self._file.seek(0, os.SEEK_END)
        length = self._file.tell() - _HEADER
        self._file.seek(0)
        self._file.write(_header(length))
        self._sync()
        self._file.close()

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0


def require_room(folder: Path, free: Callable[[Path], int] = free_bytes) -> None:
    """Raise unless an hour fits on the disk beside what the machine needs."""
    left = free(folder) - RESERVE
    if left < WANTED_HOURS * 3600 * BYTES_SECOND:
        minutes = max(left / BYTES_SECOND / 60, 0)
        raise VoiceAssistantError(
            f"There is room for {minutes:.0f} minutes of recording only: delete something first."
        )


def recorded(path: Path, first: int = 0) -> Iterator[Frame]:
    """The frames of a recording from number `first` on, as far as it is written."""
    with path.open("rb") as file:
        file.seek(_HEADER + 2 * FRAME * first)
        while len(block := file.read(2 * FRAME)) == 2 * FRAME:
            yield np.frombuffer(block, "<i2")


def mend(path: Path) -> None:
    """Put the true length into a file that was cut off."""
    size = path.stat().st_size
    if size < _HEADER:
        return
    with path.open("r+b") as file:
        file.write(_header(size - _HEADER))


def _header(length: int) -> bytes:
    """A WAV header for mono 16-bit sound at RATE."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    riff = struct.pack("<4sI4s", b"RIFF", length + _HEADER - 8, b"WAVE")
    return riff + form + struct.pack("<4sI", b"data", length)
