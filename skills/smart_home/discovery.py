"""What devices tell about themselves over MQTT: Home Assistant's discovery topics, as zigbee2mqtt,
Tasmota, ESPHome and others publish them (home-assistant.io/integrations/mqtt, "discovery")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .device import Device

SHORT = {
    "avty_t": "availability_topic",
    "avty": "availability",
    "pl_avail": "payload_available",
    "pl_not_avail": "payload_not_available",
    "bri_cmd_t": "brightness_command_topic",
    "bri_scl": "brightness_scale",
    "bri_stat_t": "brightness_state_topic",
    "cmd_t": "command_topic",
    "curr_temp_t": "current_temperature_topic",
    "curr_temp_tpl": "current_temperature_template",
    "dev": "device",
    "dev_cla": "device_class",
    "mode_cmd_t": "mode_command_topic",
    "mode_stat_t": "mode_state_topic",
    "p": "platform",
    "cmps": "components",
    "pl_cls": "payload_close",
    "pl_lock": "payload_lock",
    "pl_off": "payload_off",
    "pl_on": "payload_on",
    "pl_open": "payload_open",
    "pl_stop": "payload_stop",
    "pl_unlk": "payload_unlock",
    "pl_prs": "payload_press",
    "pos_t": "position_topic",
    "set_pos_t": "set_position_topic",
    "rgb_cmd_t": "rgb_command_topic",
    "sa": "suggested_area",
    "stat_cla": "state_class",
    "stat_t": "state_topic",
    "t": "topic",
    "temp_cmd_t": "temperature_command_topic",
    "temp_stat_t": "temperature_state_topic",
    "uniq_id": "unique_id",
    "unit_of_meas": "unit_of_measurement",
    "val_tpl": "value_template",
}
"""Abbreviations of the discovery messages, those that are used here."""

_VALUE = re.compile(r"{{\s*value_json((?:\.\w+|\[['\"][^'\"]+['\"]\])+)")
_STEP = re.compile(r"\.(\w+)|\[['\"]([^'\"]+)['\"]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A device as it described itself: what kind it is, and its topics and payloads."""

    id: str
    config: Mapping[str, Any]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that tell how it is."""
        keys = ("state_topic", "position_topic", "current_temperature_topic")
        more = ("temperature_state_topic", "mode_state_topic", "brightness_state_topic")
        found = [self.config.get(key) for key in (*keys, *more)]
        return tuple(str(each) for each in (*found, *self._availability) if each)

    @property
    def _availability(self) -> list[str]:
        many = [_long(each).get("topic") for each in self.config.get("availability", ())]
        return [each for each in (self.config.get("availability_topic"), *many) if each]

    def device(self, said: Mapping[str, str]) -> Device:
        """The device, from what its topics said."""
        about = _long(self.config.get("device", {}))
        own, of = str(self.config.get("name") or ""), str(about.get("name") or "")
        whole = f"{of} {own}".strip() if not own.startswith(of) else own
        area = about.get("suggested_area")
        return Device(
            id=self.id,
            name=whole or self.id.partition(".")[2].replace("_", " "),
            state=self._state(said),
            attributes=self._attributes(said),
            aliases=(own,) if own and own != whole else (),
            rooms=(str(area),) if area else (),
        )

    def _state(self, said: Mapping[str, str]) -> str:
        away = self.config.get("payload_not_available", "offline")
        if any(_plain(said.get(topic, ""), "state") == away for topic in self._availability):
            return "unavailable"
        topic = self.config.get("state_topic") or self.config.get("mode_state_topic")
        state = said.get(str(topic))
        if state is None:
            return "unknown"
        state = self._read("value_template", state)
        words = {
            str(self.config.get(f"payload_{each}", each.upper())): each for each in ("on", "off")
        }
        return words.get(state, state.lower() if self.id.partition(".")[0] != "sensor" else state)

    def _attributes(self, said: Mapping[str, str]) -> dict[str, Any]:
        kept = ("device_class", "unit_of_measurement")
        found = {key: self.config[key] for key in kept if key in self.config}
        for name, topic, template in (
            ("current_temperature", "current_temperature_topic", "current_temperature_template"),
            ("temperature", "temperature_state_topic", "temperature_state_template"),
            ("brightness", "brightness_state_topic", "brightness_value_template"),
        ):
            if (value := said.get(str(self.config.get(topic)))) is not None:
                found[name] = _number(self._read(template, value))
        if self.config.get("schema") == "json" and "state_topic" in self.config:
            bright = _plain(said.get(str(self.config["state_topic"]), ""), "brightness")
            found |= {"brightness": _number(bright)} if bright else {}
        return {key: value for key, value in found.items() if value is not None}

    def _read(self, template: str, value: str) -> str:
        """A value through its template, where that only picks a field of JSON."""
        found = _VALUE.search(str(self.config.get(template, "")))
        if found:
            return _plain(value, *(a or b for a, b in _STEP.findall(found[1])))
        return _plain(value, "state") if self.config.get("schema") == "json" else value


def described(topic: str, payload: str, prefix: str) -> Iterator[Described]:
    """The devices of one discovery message."""
    try:
        config = json.loads(payload)
    except ValueError:
        return
    parts = topic.removeprefix(f"{prefix}/").split("/")
    if not isinstance(config, dict) or len(parts) < 3 or parts[-1] != "config":
        return
    config = _long(config)
    name = "_".join(parts[1:-1])
    if parts[0] != "device":
        yield Described(id=f"{parts[0]}.{name}", config=config)
        return
    shared = {key: value for key, value in config.items() if key != "components"}
    for key, part in config.get("components", {}).items():
        each = {**shared, **_long(part, str(config.get("~", "")))}
        if "platform" in each:
            yield Described(id=f"{each['platform']}.{name}_{key}", config=each)


def _long(config: Mapping[str, Any], base: str = "") -> dict[str, Any]:
    """A message with its abbreviations written out; `~` at an end of a topic is the base topic."""
    base = str(config.get("~", base))
    return {SHORT.get(key, key): _based(value, base) for key, value in config.items()}


def _based(value: Any, base: str) -> Any:
    if not isinstance(value, str) or not base or len(value) < 2:
        return value
    if value.startswith("~"):
        return base + value[1:]
    return value[:-1] + base if value.endswith("~") else value


def _plain(text: str, *path: str) -> str:
    """The value at a path in a JSON text; the text itself where it is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    for step in path:
        if not isinstance(value, dict):
            break
        value = value.get(step, "")
    return text if isinstance(value, dict | list) else str(value)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
