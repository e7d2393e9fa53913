"""Lights, heating, covers, locks and scenes: through Home Assistant, or straight over MQTT."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voice_assistant import answers
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.skill import Answer, Home, NeverMind, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_number

from .device import Device, Hub, Unconfirmed
from .home_assistant import HomeAssistant
from .mqtt import PREFIX, Mqtt
from .naming import meant, mentioned, of_kind
from .orders import LEVELS, WAYS, lets_in, shifted, tint
from .states import describe, is_so, value

STEP_BRIGHT, STEP_WARM = 20.0, 1.0
"""What "brighter" adds in percent and "warmer" in degrees."""

NAMED = 3
"""Devices that are named one by one; more are counted."""

ASKED = ("sensor", "binary_sensor")

Order = Callable[[Device], "tuple[str, Mapping[str, Any]] | None"]


class SmartHome(Skill):
    """Switches and asks the devices of the house."""

    permissions = frozenset({"network"})

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.hub = _hub(home)

    # --- switching -----------------------------------------------------------------------

    @intent("on")
    async def on(self, turn: Turn, device: str | None = None, room: str = "") -> Answer:
        """Switch on, open, start."""
        return await self._switch(turn, f"{room} {device or ''}".strip() or None, "on")

    @intent("off")
    async def off(self, turn: Turn, device: str | None = None, room: str = "") -> Answer:
        """Switch off, close."""
        return await self._switch(turn, f"{room} {device or ''}".strip() or None, "off")

    @intent("lock")
    async def lock(self, turn: Turn, device: str | None = None) -> Answer:
        """Lock a door."""
        return await self._switch(turn, device, "lock")

    @intent("unlock")
    async def unlock(self, turn: Turn, device: str | None = None) -> Answer:
        """Unlock a door, once that is confirmed."""
        return await self._switch(turn, device, "unlock")

    async def _switch(self, turn: Turn, name: str | None, way: str) -> Answer:
        able = [domain for domain, ways in WAYS.items() if way in ways]
        return await self._order(turn, name, able, lambda each: (WAYS[each.domain][way], {}))

    @intent("half")
    async def half(self, turn: Turn, device: str | None = None) -> Answer:
        """Open or close half way."""
        return await self.brightness(turn, 50.0, device)

    @intent("dark")
    async def dark(self, turn: Turn, room: str) -> Answer:
        """Light for a room that is too dark."""
        return await self._switch(turn, turn.phrase("light_of", room=room), "on")

    @intent("scene")
    async def scene(self, turn: Turn, scene: str | None = None) -> Answer:
        """Set a scene."""
        return await self._order(turn, scene, ["scene", "script"], lambda _: ("turn_on", {}))

    # --- setting -------------------------------------------------------------------------

    @intent("brightness")
    async def brightness(
        self, turn: Turn, percent: float | None = None, device: str | None = None
    ) -> Answer:
        """Set how bright a light is, or how far a cover is open."""
        if percent is None:
            percent = await turn.ask(turn.phrase("how_much"), answers.number)
        share = float(min(max(percent, 0), 100))

        def order(each: Device) -> tuple[str, Mapping[str, Any]]:
            service, key = LEVELS[each.domain]
            return service, {key: share}

        said = turn.phrase("percent", number=say_number(share, turn.language))
        default = None if device else "light"
        return await self._order(turn, device, list(LEVELS), order, said=said, default=default)

    @intent("brighter")
    async def brighter(self, turn: Turn, device: str | None = None) -> Answer:
        """More light."""
        return await self._shift(turn, device, "light", STEP_BRIGHT)

    @intent("dimmer")
    async def dimmer(self, turn: Turn, device: str | None = None) -> Answer:
        """Less light."""
        return await self._shift(turn, device, "light", -STEP_BRIGHT)

    @intent("warmer")
    async def warmer(
        self, turn: Turn, degrees: float | None = None, device: str | None = None
    ) -> Answer:
        """More heat."""
        return await self._shift(turn, device, "climate", float(degrees or STEP_WARM))

    @intent("cooler")
    async def cooler(
        self, turn: Turn, degrees: float | None = None, device: str | None = None
    ) -> Answer:
        """Less heat."""
        return await self._shift(turn, device, "climate", -float(degrees or STEP_WARM))

    async def _shift(self, turn: Turn, name: str | None, domain: str, by: float) -> Answer:
        return await self._order(
            turn, name, [domain], lambda each: shifted(each, by), default=_DEFAULT[domain]
        )

    @intent("colour")
    async def colour(
        self, turn: Turn, colour: str | None = None, device: str | None = None
    ) -> Answer:
        """Set the colour of a light."""
        if colour is None:
            return turn.phrase("which_colour")
        data = tint(colour)
        said = turn.phrase(f"colour_{colour.replace(' ', '_')}")
        return await self._order(
            turn, device, ["light"], lambda _: ("turn_on", data), said=said, default="light"
        )

    @intent("temperature")
    async def temperature(
        self, turn: Turn, degrees: float | None = None, device: str | None = None
    ) -> Answer:
        """Set the heating."""
        if degrees is None:
            degrees = await turn.ask(turn.phrase("how_warm"), answers.number)
        goal = {"temperature": float(degrees)}
        said = turn.phrase("degrees", number=say_number(float(degrees), turn.language))
        return await self._order(
            turn,
            device,
            ["climate"],
            lambda _: ("set_temperature", goal),
            said=said,
            default="heating",
        )

    # --- asking --------------------------------------------------------------------------

    @intent("state")
    async def state(self, turn: Turn, device: str | None = None) -> Answer:
        """What a device is doing."""
        found = await self._found(turn, device, [*WAYS, *ASKED])
        if isinstance(found, str):
            return found
        said = [describe(turn, each) for each in found[:NAMED]]
        return turn.phrase("state", states=say_list(said, turn.language))

    @intent("which")
    async def which(self, turn: Turn, wanted: str = "active", device: str | None = None) -> Answer:
        """Which devices of a kind are on, off, open, locked."""
        found = await self._found(turn, device, [*WAYS, "binary_sensor"])
        if isinstance(found, str):
            return found
        names = [each.called(turn.language) for each in found if is_so(each, wanted)]
        if not names:
            return turn.phrase("none_are")
        return turn.phrase("these_are", names=say_list(names, turn.language))

    @intent("measure")
    async def measure(
        self, turn: Turn, room: str | None = None, quantity: str = "temperature"
    ) -> Answer:
        """How warm or humid a room is."""
        found = await self._found(turn, room, ["sensor", "climate"], everything=room is None)
        if isinstance(found, str):
            return found
        said = [
            turn.phrase("measures", name=each.called(turn.language), value=value(turn, each))
            for each in found
            if each.attributes.get("device_class") == quantity and not each.silent
        ]
        if not said and quantity == "temperature":
            said = [describe(turn, each) for each in found if each.domain == "climate"]
        if not said:
            return turn.phrase("not_measured")
        return turn.phrase("state", states=say_list(said[:NAMED], turn.language))

    # --- doing it ------------------------------------------------------------------------

    async def _order(
        self,
        turn: Turn,
        name: str | None,
        domains: Sequence[str],
        order: Order,
        *,
        said: str = "",
        default: str | None = None,
    ) -> Answer:
        """Have the devices that are meant do something, and say what came of it."""
        found = await self._found(turn, name, domains, default=default)
        if isinstance(found, str):
            return found
        awake = [each for each in found if not each.silent]
        orders = [(each, told) for each in awake if (told := order(each))]
        if not orders:
            key = "is_silent" if not awake else "cannot"
            return turn.phrase(key, name=found[0].called(turn.language))
        guarded = [each for each, (service, _) in orders if lets_in(each, service)]
        if guarded and not await turn.ask(
            turn.phrase("sure", names=self._names(turn, guarded)), answers.yes_no
        ):
            return turn.phrase("left")
        return await self._carry_out(turn, orders, said)

    async def _carry_out(
        self, turn: Turn, orders: Sequence[tuple[Device, tuple[str, Mapping[str, Any]]]], said: str
    ) -> Answer:
        done, unsure, failed = [], [], ""
        for device, (service, data) in orders:
            try:
                await self.hub.call(device, service, data)  # type: ignore[union-attr]
                done.append((device, service, data))
            except Unconfirmed:
                unsure.append(device)
            except (Rejected, Unreachable) as error:
                failed = self._failure(turn, error)
                break
        parts = [self._done(turn, done, said)] if done else []
        if unsure:
            parts.append(turn.phrase("unconfirmed", names=self._names(turn, unsure)))
        parts += [failed] if failed else []
        result: dict[str, Any] = {"devices": [each.id for each, *_ in done]}
        for _, service, data in done:
            result |= {"service": service, **data}
        receipts = (Receipt(action="smart_home.call", result=result),) if done else ()
        return Reply(say=" ".join(parts), receipts=receipts)

    def _done(
        self, turn: Turn, done: Sequence[tuple[Device, str, Mapping[str, Any]]], said: str
    ) -> str:
        """The sentence about what was done, from the last of it."""
        device, service, data = done[-1]
        names = self._names(turn, [each for each, *_ in done])
        if not said and "temperature" in data:
            said = turn.phrase("degrees", number=say_number(data["temperature"], turn.language))
        if not said and "brightness_pct" in data:
            number = say_number(float(data["brightness_pct"]), turn.language)
            said = turn.phrase("percent", number=number)
        if said:
            return turn.phrase("set", names=names, value=said)
        key = "scene_set" if device.domain in ("scene", "script") else f"did_{service}"
        return turn.phrase(key, names=names)

    def _names(self, turn: Turn, devices: Sequence[Device]) -> str:
        if len(devices) > NAMED:
            noun = {"zh": "个设备"}.get(turn.language, "device")
            return say_count(len(devices), noun, turn.language)
        return say_list([each.called(turn.language) for each in devices], turn.language)

    # --- which one -----------------------------------------------------------------------

    async def _found(
        self,
        turn: Turn,
        name: str | None,
        domains: Sequence[str],
        *,
        default: str | None = None,
        everything: bool = False,
    ) -> list[Device] | str:
        """The devices that are meant, or the sentence that says why there are none."""
        if self.hub is None:
            return turn.phrase("not_set_up")
        try:
            there = await self.hub.devices()
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)
        able = [each for each in there if each.domain in domains and each.name]
        if everything:
            return able or turn.phrase("not_measured")
        room = str(self.home.settings.get("room", ""))
        if name is None:
            found = mentioned(turn.text, able) or (
                meant(default, able, room=room) if default else []
            )
            name = default
        else:
            found = meant(name, able, room=room)
        if not found and name is None:
            try:
                name = str(await turn.ask(turn.phrase("which_device")))
            except NeverMind:
                return turn.phrase("left")
            found = meant(name, able, room=room)
        # "Open the bedroom curtains" may have come in as the bedroom alone.
        found = [each for each in found if of_kind(turn.text, each)]
        return found or turn.phrase("unknown", name=name)

    def _failure(self, turn: Turn, error: Exception) -> str:
        """Why the house cannot be reached, and what to do."""
        host = self.hub.host if self.hub else ""
        if isinstance(error, NotAllowed):
            return turn.phrase("not_allowed", host=host)
        if isinstance(error, Rejected) and error.status in (401, 403):
            return turn.phrase("wrong_token")
        return turn.phrase("refused" if isinstance(error, Rejected) else "unreachable")


_DEFAULT = {"light": "light", "climate": "heating"}


def _hub(home: Home) -> Hub | None:
    """The way to the devices that the settings name."""
    http: Http | None = home.services.get("http")
    url, broker = home.settings.get("url"), home.settings.get("broker")
    if http is None or not (url or broker):
        return None
    if url:
        return HomeAssistant(http, home.clock, str(url), str(home.settings.get("token", "")))
    return Mqtt(http, str(broker), str(home.settings.get("prefix", PREFIX)))
