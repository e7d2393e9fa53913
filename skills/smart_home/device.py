"""A device of the house, and what any way of reaching devices offers: Home Assistant, or MQTT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from voice_assistant.skill import VoiceAssistantError

SILENT = frozenset({"unavailable", ""})
"""States of a device that does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Something that can be switched or asked, in the words of Home Assistant."""

    id: str
    """Such as `light.kitchen`."""
    name: str
    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    """Other names, often in the other language."""
    rooms: tuple[str, ...] = ()
    """The names of its room."""

    @property
    def domain(self) -> str:
        """light, switch, climate ..."""
        return self.id.partition(".")[0]

    @property
    def kind(self) -> str:
        """The domain with its device class: `cover.garage`, or `light`."""
        what = self.attributes.get("device_class")
        return f"{self.domain}.{what}" if what else self.domain

    @property
    def silent(self) -> bool:
        """Whether it does not answer."""
        return self.state in SILENT

    def called(self, language: str) -> str:
        """Its name in a language, where it has one there."""
        names = (self.name, *self.aliases)
        return next((each for each in names if each.isascii() != (language == "zh")), self.name)


class Unconfirmed(VoiceAssistantError):
    """The order was given, but the device did not say that it followed it."""


class Hub(Protocol):
    """A way to the devices. Every method raises NotAllowed, Unreachable or Rejected."""

    host: str
    """Whom it talks to."""

    async def devices(self) -> Sequence[Device]:
        """Everything in the house, as it is now."""
        ...

    async def call(self, device: Device, service: str, data: Mapping[str, Any]) -> None:
        """Have a device do something, in Home Assistant's words: `turn_on`, `set_temperature`.
        Returns when it was done; raises Unconfirmed when nobody knows."""
        ...
