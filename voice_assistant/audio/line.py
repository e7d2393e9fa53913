"""A line in or out: a stream on a chosen device that may go and come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from voice_assistant.audio import devices
from voice_assistant.errors import DeviceError


class Line:
    """One stream, by the device's name. `make` gets sounddevice and the device, and returns a
    stream."""

    def __init__(
        self,
        direction: devices.Direction,
        name: str | None,
        make: Callable[[Any, devices.Device], Any],
    ) -> None:
        self.device = devices.choose(direction, name)
        self.stream: Any = None
        self._direction = direction
        self._name = name
        self._make = make
        self._cards = devices.Cards()

    def open(self) -> None:
        """Start the stream; DeviceError says why not."""
        sd = devices.sounddevice()
        try:
            self.stream = self._make(sd, self.device)
            devices.opened(self)
            self.stream.start()
        except sd.PortAudioError as error:
            self.close()
            raise devices.explain(self.device, error) from error

    def close(self) -> None:
        """End the stream, also one whose device is gone."""
        if self.stream is not None:
            self.stream.abort(ignore_errors=True)
            self.stream.close(ignore_errors=True)
            devices.closed(self)
            self.stream = None

    def reopen(self) -> bool:
        """Try to have a stream again; True when there is one."""
        self.close()
        if self._cards.changed():
            devices.look_again()
        try:
            self.device = devices.choose(self._direction, self._name)
            self.open()
        except DeviceError:
            return False
        return True

    def rest(self) -> None:
        """Stop for a while."""
        self.stream.abort(ignore_errors=True)

    def resume(self) -> bool:
        """End the rest; False when the device is gone."""
        try:
            self.stream.start()
        except devices.sounddevice().PortAudioError:
            return False
        return True
