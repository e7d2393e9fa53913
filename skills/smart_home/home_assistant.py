"""Devices through Home Assistant: states and orders by its REST API, rooms by its WebSocket API.

REST does not tell rooms and aliases; the registries that do are open to WebSocket clients only.
Without them (an account without those rights, an old version) devices are found by name alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from voice_assistant.http import SECONDS, Http, Unreachable
from voice_assistant.skill import Clock

from .device import Device

FRESH = timedelta(minutes=10)
"""How long rooms and aliases are not asked for anew."""

REGISTRIES = ("area", "device", "entity", "floor")


class HomeAssistant:
    """One Home Assistant, at `url`, with a long-lived access token."""

    def __init__(self, http: Http, clock: Clock, url: str, token: str) -> None:
        self.host = urlsplit(url).hostname or ""
        self._http, self._clock = http, clock
        self._url = url.rstrip("/")
        self._token = token
        self._registered: dict[str, list[dict[str, Any]]] = {}
        self._asked: datetime | None = None

    async def devices(self) -> Sequence[Device]:
        """Everything in the house, as it is now."""
        states = await self._http.json(f"{self._url}/api/states", headers=self._headers)
        registered = await self._registries()
        return [_placed(_device(state), registered) for state in states]

    async def call(self, device: Device, service: str, data: Mapping[str, Any]) -> None:
        """Call a service; Home Assistant answers when it was carried out."""
        url = f"{self._url}/api/services/{device.domain}/{service}"
        await self._http.json(url, headers=self._headers, data={"entity_id": device.id, **data})

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    async def _registries(self) -> dict[str, list[dict[str, Any]]]:
        now = self._clock.now()
        if self._asked is None or now - self._asked > FRESH:
            address = f"ws{self._url.removeprefix('http')}/api/websocket"
            try:
                self._registered = await self._http.converse(
                    self.host, read_registries, address, self._token
                )
            except Unreachable:
                self._registered = {}
            self._asked = now
        return self._registered


def read_registries(address: str, token: str) -> dict[str, list[dict[str, Any]]]:
    """Areas, devices and entities of a Home Assistant. Blocks; raises OSError."""
    from websockets.exceptions import WebSocketException
    from websockets.sync.client import connect

    try:
        with connect(
            address, proxy=None, open_timeout=SECONDS, close_timeout=1, max_size=2**24
        ) as socket:
            socket.recv(SECONDS)  # "auth_required"
            socket.send(json.dumps({"type": "auth", "access_token": token}))
            if json.loads(socket.recv(SECONDS)).get("type") != "auth_ok":
                return {}
            for number, name in enumerate(REGISTRIES, start=1):
                socket.send(json.dumps({"id": number, "type": f"config/{name}_registry/list"}))
            answers = [json.loads(socket.recv(SECONDS)) for _ in REGISTRIES]
    except (WebSocketException, ValueError) as error:
        raise OSError(str(error)) from error
    return {REGISTRIES[each["id"] - 1]: each.get("result") or [] for each in answers}


def _device(state: Mapping[str, Any]) -> Device:
    attributes = state.get("attributes") or {}
    return Device(
        id=state["entity_id"],
        name=attributes.get("friendly_name") or "",
        state=str(state.get("state") or ""),
        attributes=attributes,
    )


def _placed(device: Device, registered: Mapping[str, list[dict[str, Any]]]) -> Device:
    """The device with its aliases and the names of its room."""
    entities = registered.get("entity", ())
    entity = next((each for each in entities if each["entity_id"] == device.id), {})
    devices = registered.get("device", ())
    of = next((each for each in devices if each["id"] == entity.get("device_id")), {})
    where = entity.get("area_id") or of.get("area_id")
    areas = registered.get("area", ())
    area = next((each for each in areas if each["area_id"] == where), None)
    rooms = (area["name"], *area.get("aliases", ()), *_floor(area, registered)) if area else ()
    # An alias may be null: Home Assistant keeps one for the entity's own name.
    aliases = tuple(filter(None, entity.get("aliases") or ()))
    return replace(device, aliases=aliases, rooms=rooms)


def _floor(area: Mapping[str, Any], registered: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """The names of a room's floor, and whether that is upstairs or downstairs: Home Assistant
    counts a floor's level from the ground, where 0 (in some houses 1) is."""
    floors = registered.get("floor", ())
    floor = next((each for each in floors if each["floor_id"] == area.get("floor_id")), None)
    if floor is None:
        return []
    names = [floor["name"], *floor.get("aliases", ())]
    levels = [each["level"] for each in floors if each.get("level") is not None]
    ground = min((level for level in levels if level >= 0), default=0)
    if (level := floor.get("level")) is not None and level >= 0:
        names.append("upstairs" if level > ground else "downstairs")
    return names
