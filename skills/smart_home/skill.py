"""Lights, heating, covers, locks and scenes: through Home Assistant, or straight over MQTT."""

from __future__ import annotations

from voice_assistant import answers
from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_list, say_number

from .again import SAME, STEP_BRIGHT, STEP_WARM, Again
from .device import Device
from .naming import ALL
from .orders import SCENES, WAYS
from .reach import NAMED
from .states import describe, is_so, value

TOLD = 8
"""Devices that are told where somebody asks which there are."""

ASKED = ("sensor", "binary_sensor")


class SmartHome(Again):
    """Switches and asks the devices of the house."""

    # --- switching -----------------------------------------------------------------------

    @intent("on")
    async def on(self, turn: Turn, device: str | None = None, room: str = "") -> Answer:
        """Switch on, open, start."""
        return await self._switch(turn, f"{room} {device or ''}".strip() or None, "on")

    @intent("off")
    async def off(
        self, turn: Turn, device: str | None = None, room: str = "", but: str = ""
    ) -> Answer:
        """Switch off, close; all but some."""
        name = f"{room} {device or (ALL if but else '')}".strip()
        name += f" except {but}" if but else ""
        return await self._switch(turn, name or None, "off")

    @intent("lock")
    async def lock(self, turn: Turn, device: str | None = None) -> Answer:
        """Lock a door."""
        return await self._switch(turn, device, "lock")

    @intent("unlock")
    async def unlock(self, turn: Turn, device: str | None = None) -> Answer:
        """Unlock a door, once that is confirmed."""
        return await self._switch(turn, device, "unlock")

    @intent("half")
    async def half(self, turn: Turn, device: str | None = None) -> Answer:
        """Open or close half way."""
        return await self.brightness(turn, 50.0, device)

    @intent("dark")
    async def dark(self, turn: Turn, room: str | None = None) -> Answer:
        """Light for a room that is too dark."""
        if room is None:
            room = self._room or str(await turn.ask(turn.phrase("which_room")))
        return await self._switch(turn, turn.phrase("light_of", room=room), "on")

    @intent("scene")
    async def scene(self, turn: Turn, scene: str | None = None) -> Answer:
        """Set a scene."""
        return await self._order(turn, scene, sorted(SCENES), lambda _: ("turn_on", {}))

    @intent("media")
    async def media(
        self, turn: Turn, act: str = "pause", device: str | None = None, room: str = ""
    ) -> Answer:
        """Pause what plays on a television, let it go on, skip to the next."""
        name = f"{room} {device or ''}".strip() or None
        return await self._order(turn, name, ["media_player"], lambda _: (f"media_{act}", {}))

    # --- setting -------------------------------------------------------------------------

    @intent("brightness")
    async def brightness(
        self,
        turn: Turn,
        percent: float | None = None,
        device: str | None = None,
        room: str = "",
    ) -> Answer:
        """Set how bright a light is, or how far a cover is open."""
        device = f"{room} {device or ''}".strip() or None
        if percent is None:
            percent = await turn.ask(turn.phrase("how_much"), answers.number)
        return await self._level_to(turn, device, percent, None if device else "light")

    @intent("brighter")
    async def brighter(
        self, turn: Turn, device: str | None = None, percent: float = STEP_BRIGHT
    ) -> Answer:
        """More light."""
        return await self._shift(turn, device, "light", float(percent))

    @intent("dimmer")
    async def dimmer(
        self,
        turn: Turn,
        device: str | None = None,
        percent: float = STEP_BRIGHT,
        room: str = "",
    ) -> Answer:
        """Less light."""
        device = f"{room} {device or ''}".strip() or None
        return await self._shift(turn, device, "light", -float(percent))

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

    @intent("colour")
    async def colour(
        self, turn: Turn, colour: str | None = None, device: str | None = None, room: str = ""
    ) -> Answer:
        """Set the colour of a light."""
        if colour is None:
            return turn.phrase("which_colour")
        return await self._tint(turn, f"{room} {device or ''}".strip() or None, colour)

    @intent("temperature")
    async def temperature(
        self, turn: Turn, degrees: float | None = None, device: str | None = None
    ) -> Answer:
        """Set the heating."""
        if degrees is None:
            degrees = await turn.ask(turn.phrase("how_warm"), answers.number)
        return await self._warm_to(turn, device, float(degrees))

    # --- asking --------------------------------------------------------------------------

    @intent("devices")
    async def devices(self, turn: Turn, room: str | None = None) -> Answer:
        """What there is to switch, in the house or in a room."""
        found = await self._found(turn, room, list(WAYS), everything=room is None)
        if isinstance(found, str):
            return found
        names = [each.called(turn.language) for each in found]
        if len(names) <= TOLD:
            return turn.phrase("these_are", names=say_list(names, turn.language))
        return turn.phrase(
            "many_devices",
            count=say_number(len(names), turn.language),
            names=say_list(names[:TOLD], turn.language),
        )

    @intent("state")
    async def state(self, turn: Turn, device: str | None = None, room: str = "") -> Answer:
        """What a device is doing."""
        name = f"{room} {device or ''}".strip() or None
        self._again = self.state
        found = await self._found(turn, name, [*WAYS, *ASKED])
        if isinstance(found, str):
            return found
        found = self._alike(turn, name, found)
        self._speak_of(turn, found)
        said = [describe(turn, each) for each in found[:NAMED]]
        return turn.phrase("state", states=say_list(said, turn.language))

    @intent("state_it")
    async def state_it(self, turn: Turn) -> Answer:
        """What the devices spoken of are doing."""
        return await self.state(turn, SAME)

    @intent("which")
    async def which(
        self, turn: Turn, wanted: str = "active", device: str | None = None, room: str = ""
    ) -> Answer:
        """Which devices of a kind are on, off, open, locked."""
        found = await self._asked_of(turn, device, room)
        if isinstance(found, str):
            return found
        self._speak_of(turn, [each for each in found if is_so(each, wanted)])
        names = [each.called(turn.language) for each in found if is_so(each, wanted)]
        if not names:
            return turn.phrase("none_are")
        return turn.phrase("these_are", names=say_list(names, turn.language))

    @intent("all_are")
    async def all_are(
        self, turn: Turn, wanted: str = "active", device: str | None = None, room: str = ""
    ) -> Answer:
        """Whether all devices of a kind are on, off, open, locked."""
        found = await self._asked_of(turn, device, room)
        if isinstance(found, str):
            return found
        others = [each for each in found if not is_so(each, wanted)]
        self._speak_of(turn, others or found)
        if not others:
            return turn.phrase("all_are")
        said = [describe(turn, each) for each in others[: 2 * NAMED]]
        return turn.phrase("not_all", states=say_list(said, turn.language))

    async def _asked_of(self, turn: Turn, device: str | None, room: str) -> list[Device] | str:
        name = f"{room} {device or ''}".strip() or None
        return await self._found(turn, name, [*WAYS, "binary_sensor"])

    @intent("measure")
    async def measure(
        self, turn: Turn, room: str | None = None, quantity: str = "temperature"
    ) -> Answer:
        """How warm or humid a room is."""
        self._again = lambda turn, name: self.measure(turn, name, quantity)
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
