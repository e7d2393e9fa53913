"""A Home Assistant that answers as the real one does: REST and WebSocket on one port, on loopback."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.skills.online import Server

TOKEN = "a-long-lived-token"
SERVICES = {
    "light": {"turn_on": "on", "turn_off": "off"},
    "switch": {"turn_on": "on", "turn_off": "off"},
    "cover": {"open_cover": "open", "close_cover": "closed", "set_cover_position": "open"},
    "climate": {"set_temperature": None, "turn_off": "off"},
    "lock": {"lock": "locked", "unlock": "unlocked"},
    "fan": {"turn_on": "on", "turn_off": "off", "set_percentage": "on"},
    "scene": {"turn_on": None},
    "media_player": {"media_pause": "paused", "media_play": "playing", "media_next_track": None},
    "vacuum": {"start": "cleaning", "return_to_base": "docked"},
}
"""The services there are, and the state each leads to."""


def state(entity: str, name: str, value: str, **attributes: Any) -> dict[str, Any]:
    attributes = {"friendly_name": name, **attributes}
    return {"entity_id": entity, "state": value, "attributes": attributes, "context": {"id": "1"}}


STATES = [
    state("light.kitchen_1", "Kitchen ceiling light", "off", brightness=None),
    state("light.kitchen_2", "Worktop", "off"),
    state("light.living", "客厅吊灯", "on", brightness=128),
    state("light.desk", "Desk lamp", "off"),
    state("light.cellar", "Cellar light", "unavailable"),
    state("switch.coffee", "Coffee machine", "off"),
    state("cover.bedroom", "Bedroom curtain", "closed", device_class="curtain"),
    state("cover.garage", "Garage door", "closed", device_class="garage"),
    state("climate.living", "Living room heating", "heat", temperature=20, current_temperature=18.5),
    state("lock.front", "Front door", "locked"),
    state("scene.movie", "Movie night", "2026-01-01T00:00:00"),
    state("vacuum.robot", "Robby", "docked"),
    state("sensor.bed", "Bedroom temperature", "19.34", device_class="temperature")
    | {"attributes": {"friendly_name": "Bedroom temperature", "device_class": "temperature",
                      "unit_of_measurement": "°C"}},
    state("binary_sensor.window", "Bathroom window", "on", device_class="window"),
    state("binary_sensor.window2", "Kitchen window", "off", device_class="window"),
]  # fmt: skip

FLOORS = [
    {"floor_id": "ground", "name": "Ground floor", "level": 0, "aliases": []},
    {"floor_id": "first", "name": "First floor", "level": 1, "aliases": []},
]
AREAS = [
    {"area_id": "kitchen", "name": "Kitchen", "aliases": ["厨房"], "floor_id": "ground"},
    {"area_id": "living", "name": "Living room", "aliases": [], "floor_id": "ground"},
    {"area_id": "bed", "name": "Bedroom", "aliases": [], "floor_id": "first"},
]
DEVICES = [{"id": "d1", "area_id": "kitchen", "name": "Spot"}]
ENTITIES = [
    {"entity_id": "light.kitchen_1", "device_id": "d1", "area_id": None, "aliases": []},
    {"entity_id": "light.kitchen_2", "device_id": None, "area_id": "kitchen", "aliases": []},
    {
        "entity_id": "light.living",
        "device_id": None,
        "area_id": "living",
        "aliases": ["Chandelier"],
    },
    {"entity_id": "light.desk", "device_id": None, "area_id": None, "aliases": [None, "写字灯"]},
    {"entity_id": "cover.bedroom", "device_id": None, "area_id": "bed", "aliases": []},
]


class Handler(BaseHTTPRequestHandler):
    """One request, as Home Assistant's API documentation has it."""

    protocol_version = "HTTP/1.1"
    server: FakeHomeAssistant

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        if self.path == "/api/websocket":
            self._socket()
        elif self._may() and self.path == "/api/states":
            self._answer(200, list(self.server.states.values()))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._may():
            return
        try:
            data = json.loads(body)
            _, _, _, domain, service = self.path.split("/")
            leads_to = SERVICES[domain][service]
        except (ValueError, KeyError):
            self._answer(400, {"message": "Bad request"})
            return
        self.server.calls.append((f"{domain}.{service}", data))
        changed = []
        if (one := self.server.states.get(data.get("entity_id"))) is not None:
            one["state"] = leads_to or one["state"]
            one["attributes"] |= {k: v for k, v in data.items() if k == "temperature"}
            changed.append(one)
        self._answer(200, changed)

    def _may(self) -> bool:
        self.server.asleep.wait(self.server.delay)
        if self.server.broken:
            self._answer(self.server.broken, {"message": "Internal Server Error"})
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._answer(401, {"message": "401: Unauthorized"})
        else:
            return True
        return False

    def _answer(self, status: int, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    # --- WebSocket (RFC 6455), text frames only --------------------------------------------

    def _socket(self) -> None:
        if not self.server.websocket:
            self._answer(404, {"message": "Not found"})
            return
        magic = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(magic.encode()).digest()).decode()
        self.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        self.server.conversations += 1
        self._send({"type": "auth_required", "ha_version": "2026.11.0"})
        if self._receive().get("access_token") != TOKEN:
            self._send({"type": "auth_invalid", "message": "Invalid access token or password"})
            return
        self._send({"type": "auth_ok", "ha_version": "2026.11.0"})
        lists = {"area": AREAS, "device": DEVICES, "entity": ENTITIES, "floor": FLOORS}
        while asked := self._receive():
            what = asked["type"].removeprefix("config/").removesuffix("_registry/list")
            found = {"success": what in lists, "result": lists.get(what)}
            self._send({"id": asked["id"], "type": "result", **found})

    def _send(self, data: Any) -> None:
        text = json.dumps(data).encode()
        size = bytes([len(text)]) if len(text) < 126 else b"\x7e" + struct.pack(">H", len(text))
        self.wfile.write(b"\x81" + size + text)

    def _receive(self) -> dict[str, Any]:
        head = self.rfile.read(2)
        if len(head) < 2 or head[0] & 15 == 8:
            return {}
        size = head[1] & 127
        if size == 126:
            (size,) = struct.unpack(">H", self.rfile.read(2))
        mask = self.rfile.read(4)
        text = bytes(b ^ mask[i % 4] for i, b in enumerate(self.rfile.read(size)))
        return dict(json.loads(text))


class FakeHomeAssistant(Server):
    """The server; `broken` is a status it answers everything with, `delay` seconds it takes."""

    def __init__(self) -> None:
        super().__init__(Handler)
        self.states = {each["entity_id"]: json.loads(json.dumps(each)) for each in STATES}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.asleep = threading.Event()
        self.broken, self.delay, self.websocket, self.conversations = 0, 0.0, True, 0
