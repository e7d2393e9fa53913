"""Devices straight over MQTT, for a house without Home Assistant: found by their discovery topics,
ordered by their command topics."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from voice_assistant.http import Http

from .broker import Broker
from .device import Device, Unconfirmed
from .discovery import Described, described
from .naming import rgb

PREFIX = "homeassistant"
"""The discovery prefix everybody uses unless told otherwise."""

CONFIRM = 40
"""Looks (two seconds) that a device may take to say that it did as told."""

_VERBS = {
    "turn_on": ("payload_on", "ON"),
    "turn_off": ("payload_off", "OFF"),
    "open_cover": ("payload_open", "OPEN"),
    "close_cover": ("payload_close", "CLOSE"),
    "lock": ("payload_lock", "LOCK"),
    "unlock": ("payload_unlock", "UNLOCK"),
    "press": ("payload_press", "PRESS"),
    "start": ("payload_start", "start"),
    "return_to_base": ("payload_return_to_base", "return_to_base"),
}
"""The payload of each order that has none of its own data, and its usual value."""


class Mqtt:
    """The devices behind one broker."""

    def __init__(self, http: Http, url: str, prefix: str = PREFIX) -> None:
        self.host = urlsplit(url).hostname or ""
        self._http = http
        self._url, self._prefix = url, prefix
        self._described: dict[str, Described] = {}

    async def devices(self) -> Sequence[Device]:
        """Everything that described itself, as it is now."""
        found, said = await self._http.converse(self.host, look, self._url, self._prefix)
        self._described = {each.id: each for each in found}
        return [each.device(said) for each in found]

    async def call(self, device: Device, service: str, data: Mapping[str, Any]) -> None:
        """Send an order; it is done when the device says so."""
        config = self._described[device.id].config
        orders = list(commands(device, config, service, data))
        answer = config.get("state_topic") if service != "set_temperature" else None
        done = await self._http.converse(self.host, give, self._url, orders, answer)
        if not done:
            raise Unconfirmed(device.name)


def look(url: str, prefix: str) -> tuple[list[Described], Mapping[str, str]]:
    """The devices and what their topics said last. Blocks."""
    with Broker(url) as broker:
        kept = dict(broker.kept(f"{prefix}/+/+/config", f"{prefix}/+/+/+/config"))
        found = [
            each for topic, text in sorted(kept.items()) for each in described(topic, text, prefix)
        ]
        topics = dict.fromkeys(topic for each in found for topic in each.topics)
        return found, dict(broker.kept(*topics))


def give(url: str, orders: Sequence[tuple[str, str]], answer: str | None) -> bool:
    """Send orders; whether the device said that it followed (True where it never says). Blocks."""
    with Broker(url) as broker:
        if answer:
            broker.kept(answer)
        said = [broker.order(topic, text, answer, CONFIRM) for topic, text in orders]
    return answer is None or any(each is not None for each in said)


def commands(
    device: Device, config: Mapping[str, Any], service: str, data: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The topics and payloads of an order."""
    if service == "set_temperature":
        return [(config["temperature_command_topic"], f"{data['temperature']:g}")]
    if service == "set_cover_position":
        return [(config["set_position_topic"], f"{data['position']:g}")]
    if device.domain == "climate":
        mode = "off" if service == "turn_off" else "heat"
        return [(config["mode_command_topic"], mode)]
    if device.domain == "light" and config.get("schema") == "json":
        return [(config["command_topic"], json.dumps(_light(service, data)))]
    if "brightness_pct" in data:
        scale = float(config.get("brightness_scale", 255))
        level = round(data["brightness_pct"] / 100 * scale)
        return [(config["brightness_command_topic"], str(level))]
    if "color_name" in data:
        return [(config["rgb_command_topic"], ",".join(map(str, rgb(data["color_name"]))))]
    key, usual = _VERBS[service]
    return [(config["command_topic"], str(config.get(key, usual)))]


def _light(service: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """An order to a light that takes JSON."""
    order: dict[str, Any] = {"state": "OFF" if service == "turn_off" else "ON"}
    if "brightness_pct" in data:
        order["brightness"] = round(data["brightness_pct"] / 100 * 255)
    if "color_name" in data:
        order["color"] = dict(zip("rgb", rgb(data["color_name"]), strict=True))
    if "color_temp_kelvin" in data:
        order["color_temp"] = round(1_000_000 / data["color_temp_kelvin"])  # mired
    return order
