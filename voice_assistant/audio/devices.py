"""Sound devices by name, and what is wrong with them in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from voice_assistant.errors import DeviceError

Direction = Literal["input", "output"]

CARDS = Path("/proc/asound/cards")
"""Linux lists its sound cards here: it changes when one is plugged in or out."""

_NAMES = {"input": "microphone", "output": "loudspeaker"}
_open: set[object] = set()
"""Streams that are open. PortAudio sees new cards only when it starts anew, which ends them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A microphone or a loudspeaker that PortAudio offers."""

    index: int
    name: str
    host: str
    """The sound system: ALSA, Core Audio, Windows WASAPI ..."""
    direction: Direction
    channels: int
    rate: int
    """Samples a second that it runs at by itself."""
    default: bool


def find_all(direction: Direction | None = None) -> list[Device]:
    """Every device of a direction, or of both."""
    sd = sounddevice()
    hosts = sd.query_hostapis()
    defaults = {"input": sd.default.device[0], "output": sd.default.device[1]}
    directions: tuple[Direction, ...] = (direction,) if direction else ("input", "output")
    return [
        Device(
            index=index,
            name=found["name"],
            host=hosts[found["hostapi"]]["name"],
            direction=one,
            channels=channels,
            rate=round(found["default_samplerate"]),
            default=index == defaults[one],
        )
        for index, found in enumerate(sd.query_devices())
        for one in directions
        if (channels := found[f"max_{one}_channels"]) > 0
    ]


def choose(direction: Direction, name: str | None = None) -> Device:
    """The device whose name has `name` in it (an exact match first), or the default one."""
    devices = find_all(direction)
    noun = _NAMES[direction]
    if not devices:
        raise DeviceError(f"No {noun} was found: plug one in.")
    if not name:
        return next((device for device in devices if device.default), devices[0])
    wanted = name.casefold()
    matches = [device for device in devices if wanted in device.name.casefold()]
    if not matches:
        names = ", ".join(f"'{device.name}'" for device in devices)
        raise DeviceError(f"No {noun} is called '{name}': there are {names}.")
    return min(matches, key=lambda device: device.name.casefold() != wanted)


def explain(device: Device, error: Exception) -> DeviceError:
    """PortAudio's error as a sentence."""
    noun, text = _NAMES[device.direction], str(error)
    if "unavailable" in text or "busy" in text.casefold():
        why = "another program is using it: close that program, or choose another"
    elif "sample rate" in text:
        why = f"it does not run at {device.rate} samples a second: choose another"
    elif "channels" in text:
        why = f"it does not offer {device.channels} channels: choose another"
    else:
        why = f"the sound system says '{text.splitlines()[0]}': choose another"
    return DeviceError(
        f"The {noun} '{device.name}' cannot be opened, {why} ('voice-assistant devices list')."
    )


class Cards:
    """Notices that sound cards came or went."""

    def __init__(self) -> None:
        self._seen = self._now()

    def changed(self) -> bool:
        """True once after each change. Where it cannot be known it is always true."""
        seen, self._seen = self._seen, self._now()
        return self._seen is None or seen != self._seen

    @staticmethod
    def _now() -> str | None:
        try:
            return CARDS.read_text()
        except OSError:
            return None


def opened(stream: object) -> None:
    """Keep count of a stream that is open."""
    _open.add(stream)


def closed(stream: object) -> None:
    """It is not open any more."""
    _open.discard(stream)


def look_again() -> None:
    """See devices that came since the program started, unless that would end an open stream."""
    if not _open:
        sd = sounddevice()
        sd._terminate()  # noqa: SLF001 - PortAudio has no other way, and sounddevice no public one
        sd._initialize()  # noqa: SLF001


def sounddevice() -> Any:
    """The library, loaded when it is first wanted."""
    try:
        import sounddevice as sd
    except OSError as error:
        raise DeviceError(
            "Sound needs the PortAudio library: on Debian type 'sudo apt install libportaudio2'."
        ) from error
    return sd
