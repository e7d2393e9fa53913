"""What devices are doing, as a sentence says it, and which of them do what was asked about."""

from __future__ import annotations

from voice_assistant.skill import Turn
from voice_assistant.speaking import say_number

from .device import Device

ACTIVE = frozenset(
    {"on", "open", "opening", "playing", "heat", "cool", "auto", "heat_cool", "cleaning"}
)
OPENINGS = frozenset({"door", "garage_door", "opening", "window"})
"""Classes of sensors whose "on" is an open door or window."""

SAID = frozenset(
    {"on", "off", "open", "opening", "closed", "closing", "locked", "unlocked", "playing"}
    | {"paused", "idle", "heat", "cool", "auto", "cleaning", "docked", "unknown"}
)
"""States that have a phrase, `is_...`; any other is read as it is."""


def state(device: Device) -> str:
    """What a device is doing, in one word."""
    if device.domain == "binary_sensor" and device.attributes.get("device_class") in OPENINGS:
        return {"on": "open", "off": "closed"}.get(device.state, device.state)
    return device.state


def is_so(device: Device, wanted: str) -> bool:
    """Whether a device is `active` (on, open), `inactive`, `locked` or `unlocked`."""
    if device.silent or device.state == "unknown":
        return False
    if wanted in ("locked", "unlocked"):
        return device.state == wanted
    active = state(device) in ACTIVE or device.state == "unlocked"
    return active == (wanted == "active")


def describe(turn: Turn, device: Device) -> str:
    """A device and what it is doing: "Kitchen is on at 40 percent"."""
    name = device.called(turn.language)
    if device.silent:
        return turn.phrase("is_silent", name=name)
    doing = state(device)
    if device.domain == "sensor":
        return turn.phrase("measures", name=name, value=value(turn, device))
    said = turn.phrase(f"is_{doing}", name=name) if doing in SAID else f"{name}: {doing}"
    more = _more(turn, device)
    return said + more


def value(turn: Turn, device: Device) -> str:
    """What a sensor measures, with its unit."""
    unit = str(device.attributes.get("unit_of_measurement", ""))
    try:
        number = say_number(round(float(device.state), 1), turn.language)
    except ValueError:
        number = device.state
    if unit in ("°C", "°F"):
        return turn.phrase("degrees", number=number)
    return turn.phrase("percent", number=number) if unit == "%" else f"{number} {unit}".strip()


def _more(turn: Turn, device: Device) -> str:
    """How bright a light is, how warm a room is."""
    bright, warm = device.attributes.get("brightness"), device.attributes.get("current_temperature")
    if device.domain == "light" and device.state == "on" and isinstance(bright, int | float):
        share = say_number(round(bright / 255 * 100), turn.language)
        return turn.phrase("at_percent", number=share)
    goal = device.attributes.get("temperature")
    if device.domain == "climate" and isinstance(warm, int | float):
        set_to = say_number(goal, turn.language) if isinstance(goal, int | float) else ""
        key = "warm_set" if set_to else "warm"
        return turn.phrase(key, now=say_number(warm, turn.language), goal=set_to)
    return ""
