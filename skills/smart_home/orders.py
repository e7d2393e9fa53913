"""What to have a device do: the services of Home Assistant, by domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .device import Device
from .naming import words

WAYS: Mapping[str, Mapping[str, str]] = {
    "light": {"on": "turn_on", "off": "turn_off"},
    "switch": {"on": "turn_on", "off": "turn_off"},
    "fan": {"on": "turn_on", "off": "turn_off"},
    "humidifier": {"on": "turn_on", "off": "turn_off"},
    "media_player": {"on": "turn_on", "off": "turn_off"},
    "climate": {"on": "turn_on", "off": "turn_off"},
    "cover": {"on": "open_cover", "off": "close_cover"},
    "lock": {"on": "unlock", "off": "lock", "lock": "lock", "unlock": "unlock"},
    "vacuum": {"on": "start", "off": "return_to_base"},
    "scene": {"on": "turn_on"},
    "script": {"on": "turn_on"},
    "button": {"on": "press"},
}
"""The service for each way of switching; a door is opened by unlocking it."""

SCENES = frozenset({"scene", "script"})

LEVELS: Mapping[str, tuple[str, str]] = {
    "light": ("turn_on", "brightness_pct"),
    "cover": ("set_cover_position", "position"),
    "fan": ("set_percentage", "percentage"),
}
"""The service that takes a share in percent, and its name there."""

GUARDED = frozenset({"unlock"})
GUARDED_COVERS = frozenset({"garage", "gate", "door"})
"""What lets people in is asked about once more: anyone at the window can speak."""


def lets_in(device: Device, service: str) -> bool:
    """Whether an order opens the house."""
    door = device.attributes.get("device_class") in GUARDED_COVERS
    return service in GUARDED or (service == "open_cover" and door)


def tint(name: str) -> dict[str, Any]:
    """The data that colours a light; whites are told in kelvin."""
    kelvin = words()["whites"].get(name)
    return {"color_temp_kelvin": kelvin} if kelvin else {"color_name": name}


def shifted(device: Device, by: float) -> tuple[str, dict[str, float]] | None:
    """The order that makes a light brighter, a cover or a fan go further or a room warmer by so
    much (percent, degrees); None where the device does not tell how it is now."""
    if device.domain == "light":
        now = device.attributes.get("brightness") or (0 if device.state == "off" else 128)
        share = min(max(round(float(now) / 255 * 100) + by, 1), 100)
        return "turn_on", {"brightness_pct": share}
    if device.domain in ("cover", "fan"):
        service, key = LEVELS[device.domain]
        now = device.attributes.get("current_position" if device.domain == "cover" else key)
        return (service, {key: min(max(now + by, 0), 100)}) if now is not None else None
    goal = device.attributes.get("temperature")
    if device.domain != "climate" or not isinstance(goal, int | float):
        return None
    return "set_temperature", {"temperature": goal + by}


def back(device: Device, service: str) -> tuple[str, dict[str, Any]] | None:
    """The order that brings a device back to how it was (`device`) before another order; None
    where there is none, or it would open the house."""
    if device.domain not in WAYS or device.domain in SCENES or device.state == "unknown":
        return None
    was, state = device.attributes, device.state
    if service == "set_temperature" and isinstance(was.get("temperature"), int | float):
        return service, {"temperature": was["temperature"]}
    if device.domain == "light" and state == "on" and (bright := was.get("brightness")):
        return "turn_on", {"brightness_pct": round(bright / 255 * 100)}
    if device.domain == "cover" and (position := was.get("current_position")) is not None:
        order: tuple[str, dict[str, Any]] = "set_cover_position", {"position": position}
    else:
        idle = state in ("off", "closed", "locked", "docked")
        order = WAYS[device.domain].get("off" if idle else "on", ""), {}
    return order if order[0] and not lets_in(device, order[0]) else None
