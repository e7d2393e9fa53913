"""Lights, heating, covers and scenes, through Home Assistant's REST API in the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list, say_number

SWITCHABLE = ("light", "switch", "fan", "cover", "media_player", "climate", "scene", "script")
NEAR = 72
"""Percent of likeness between what was said and a device's name."""


@dataclass(frozen=True, slots=True)
class Device:
    """An entity of Home Assistant."""

    id: str
    name: str
    state: str
    attributes: Mapping[str, Any]

    @property
    def domain(self) -> str:
        """light, switch, climate ..."""
        return self.id.partition(".")[0]


class SmartHome(Skill):
    """Switches and asks the devices of the house."""

    permissions = frozenset({"network"})

    @intent("on")
    async def on(self, turn: Turn, device: str) -> Answer:
        """Switch on."""
        return await self._switch(turn, device, "turn_on", "open_cover", "turned_on")

    @intent("off")
    async def off(self, turn: Turn, device: str) -> Answer:
        """Switch off."""
        return await self._switch(turn, device, "turn_off", "close_cover", "turned_off")

    @intent("brightness")
    async def brightness(self, turn: Turn, percent: float, device: str = "light") -> Answer:
        """Set how bright a light is."""
        share = min(max(percent, 0), 100)
        return await self._call(turn, device, "light", "turn_on", {"brightness_pct": float(share)})

    @intent("colour")
    async def colour(self, turn: Turn, colour: str, device: str = "light") -> Answer:
        """Set the colour of a light."""
        return await self._call(turn, device, "light", "turn_on", {"color_name": colour})

    @intent("temperature")
    async def temperature(self, turn: Turn, degrees: float, device: str = "heating") -> Answer:
        """Set the heating."""
        data = {"temperature": float(degrees)}
        return await self._call(turn, device, "climate", "set_temperature", data)

    @intent("state")
    async def state(self, turn: Turn, device: str) -> Answer:
        """What a device is doing."""
        found = await self._find(turn, device, (*SWITCHABLE, "sensor", "binary_sensor", "lock"))
        if isinstance(found, str):
            return found
        unit = found[0].attributes.get("unit_of_measurement", "")
        states = {"on": turn.phrase("is_on"), "off": turn.phrase("is_off")}
        said = [f"{each.name} {states.get(each.state, each.state)}{unit}" for each in found]
        return turn.phrase("state", states=say_list(said, turn.language))

    async def _switch(self, turn: Turn, name: str, verb: str, cover: str, phrase: str) -> Answer:
        found = await self._find(turn, name, SWITCHABLE)
        if isinstance(found, str):
            return found
        for each in found:
            service = f"cover/{cover}" if each.domain == "cover" else f"{each.domain}/{verb}"
            await self._post(service, {"entity_id": each.id})
        return self._done(turn, phrase, found, {"service": verb})

    async def _call(
        self, turn: Turn, name: str, domain: str, service: str, data: Mapping[str, Any]
    ) -> Answer:
        found = await self._find(turn, name, (domain,))
        if isinstance(found, str):
            return found
        for each in found:
            await self._post(f"{domain}/{service}", {"entity_id": each.id, **data})
        value = next(iter(data.values()))
        said = say_number(value, turn.language) if isinstance(value, float) else value
        return self._done(turn, "set", found, {"service": service, **data}, value=said)

    def _done(
        self, turn: Turn, phrase: str, found: Sequence[Device], result: Any, **values: object
    ) -> Reply:
        names = [each.name for each in found]
        receipt = Receipt(action="smart_home.call", result={"devices": names, **result})
        said = turn.phrase(phrase, names=say_list(names, turn.language), **values)
        return Reply(say=said, receipts=(receipt,))

    async def _find(self, turn: Turn, name: str, domains: Sequence[str]) -> list[Device] | str:
        """The devices that are meant, or the sentence that says why there are none."""
        if not self.home.settings.get("url"):
            return turn.phrase("not_set_up")
        try:
            states = await self._http().json(f"{self._url}/api/states", headers=self._headers)
        except NotAllowed:
            return turn.phrase("not_allowed", host=urlsplit(self._url).hostname)
        except Unreachable:
            return turn.phrase("unreachable")
        devices = [
            Device(
                s["entity_id"],
                s["attributes"].get("friendly_name", ""),
                s["state"],
                s["attributes"],
            )
            for s in states
        ]
        mine = [each for each in devices if each.domain in domains and each.name]
        found = meant(name, mine, turn.language)
        return found or turn.phrase("unknown", name=name)

    async def _post(self, service: str, data: Mapping[str, Any]) -> None:
        url = f"{self._url}/api/services/{service}"
        await self._http().json(url, headers=self._headers, data=dict(data))

    def _http(self) -> Http:
        http: Http = self.home.services["http"]
        return http

    @property
    def _url(self) -> str:
        return str(self.home.settings["url"]).rstrip("/")

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.home.settings.get('token', '')}"}


def meant(said: str, devices: Sequence[Device], language: str) -> list[Device]:
    """The devices that a name means: one by its name, or all of a kind ("the kitchen lights")."""
    said = said.lower().removeprefix("the ").removeprefix("my ").removeprefix("all ")
    exact = [each for each in devices if each.name.lower() == said]
    if exact:
        return exact
    kinds = {
        "lights": "light",
        "light": "light",
        "lamps": "light",
        "灯": "light",
        "所有灯": "light",
    }
    words = said.removeprefix("the ").split()
    kind = kinds.get(said if language == "zh" else (words or [""])[-1])
    if kind and len(words) <= 1:
        return [each for each in devices if each.domain == kind]
    best = process.extract(
        said, [each.name.lower() for each in devices], scorer=fuzz.token_set_ratio, limit=5
    )
    top = best[0][1] if best else 0
    return [devices[at] for _, score, at in best if score >= NEAR and score >= top - 1]
