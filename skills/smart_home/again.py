"""What goes on with the devices that were spoken of: "turn it off again", "a bit more", "the other
one"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from voice_assistant.skill import Answer, NeverMind, Turn, intent
from voice_assistant.speaking import say_list, say_number
from voice_assistant.values.kinds import When

from .device import Device
from .later import Later
from .naming import kinds
from .orders import LEVELS, SCENES, shifted, tint
from .reach import NAMED

SAME = "it"
"""A name that means the devices spoken of last."""

STEP_BRIGHT, STEP_WARM = 20.0, 1.0
"""What "brighter" adds in percent and "warmer" in degrees."""


class Again(Later):
    """The part of `smart_home` that needs to know what was before."""

    _sign = 1
    """Whether it went up or down last."""

    @intent("on_it")
    async def on_it(self, turn: Turn) -> Answer:
        """Switch it on, open it."""
        return await self._switch(turn, SAME, "on")

    @intent("off_it")
    async def off_it(self, turn: Turn) -> Answer:
        """Switch it off, close it."""
        return await self._switch(turn, SAME, "off")

    @intent("lock_it")
    async def lock_it(self, turn: Turn) -> Answer:
        """Lock it."""
        return await self._switch(turn, SAME, "lock")

    @intent("more")
    async def more(self, turn: Turn, degrees: float | None = None) -> Answer:
        """Further in the same direction; by so many degrees, up."""
        return await self._further(turn, 1 if degrees else self._sign, degrees)

    @intent("less")
    async def less(self, turn: Turn, degrees: float | None = None) -> Answer:
        """A step back; by so many degrees, down."""
        return await self._further(turn, -1 if degrees else -self._sign, degrees)

    @intent("higher")
    async def higher(self, turn: Turn) -> Answer:
        """Up, whatever it was."""
        return await self._further(turn, 1)

    @intent("lower")
    async def lower(self, turn: Turn) -> Answer:
        """Down, whatever it was."""
        return await self._further(turn, -1)

    @intent("set_it")
    async def set_it(
        self, turn: Turn, percent: float | None = None, number: float | None = None
    ) -> Answer:
        """To so many percent or degrees, as it takes them."""
        value = float(percent if percent is not None else number or 0)
        if percent is None and await self._is_heating(turn):
            return await self._warm_to(turn, SAME, value)
        return await self._level_to(turn, SAME, value)

    @intent("half_it")
    async def half_it(self, turn: Turn) -> Answer:
        """Half way."""
        return await self._level_to(turn, SAME, 50.0)

    @intent("full_it")
    async def full_it(self, turn: Turn) -> Answer:
        """As far as it goes."""
        return await self._level_to(turn, SAME, 100.0)

    @intent("colour_it")
    async def colour_it(self, turn: Turn, colour: str) -> Answer:
        """In another colour."""
        return await self._tint(turn, SAME, colour)

    @intent("also")
    async def also(self, turn: Turn, room: str) -> Answer:
        """The same in another room."""
        return await self._once_more(turn, room)

    @intent("other")
    async def other(self, turn: Turn) -> Answer:
        """The same with the other one: of its room, or else of its kind."""
        there = await self._all(turn)
        if isinstance(there, str):
            return there
        others = _beside(self._spoken_of(there), there)
        if not others:
            return turn.phrase("no_other")
        name = others[0].name
        if len(others) > 1:
            names = [each.called(turn.language) for each in others[: 2 * NAMED]]
            try:
                said = say_list(names, turn.language, either=True)
                name = str(await turn.ask(turn.phrase("which_other", names=said)))
            except NeverMind:
                return turn.phrase("left")
        return await self._once_more(turn, name)

    async def _once_more(self, turn: Turn, name: str) -> Answer:
        if self._again is None:
            return turn.phrase("unknown", name=name)
        return await self._again(turn, name)

    @intent("later_it")
    async def later_it(
        self,
        turn: Turn,
        way: str = "off",
        duration: timedelta | None = None,
        time: When | None = None,
    ) -> Answer:
        """Switch it when its time has come."""
        return await self.later(turn, SAME, way, duration, time)

    # --- how far -------------------------------------------------------------------------

    async def _shift(self, turn: Turn, name: str | None, domain: str, by: float) -> Answer:
        self._sign = 1 if by > 0 else -1
        return await self._order(
            turn, name, [domain], lambda each: shifted(each, by), default=_DEFAULT[domain]
        )

    async def _further(self, turn: Turn, sign: int, degrees: float | None = None) -> Answer:
        usual = STEP_WARM if await self._is_heating(turn) else STEP_BRIGHT
        by = sign * float(degrees or usual)
        self._sign = sign
        return await self._order(turn, SAME, [*LEVELS, "climate"], lambda each: shifted(each, by))

    async def _is_heating(self, turn: Turn) -> bool:
        there = await self._all(turn)
        spoken = [] if isinstance(there, str) else self._spoken_of(there)
        return bool(spoken) and all(each.domain == "climate" for each in spoken)

    async def _level_to(
        self, turn: Turn, name: str | None, percent: float, default: str | None = None
    ) -> Answer:
        share = float(min(max(percent, 0), 100))

        def order(each: Device) -> tuple[str, dict[str, float]]:
            service, key = LEVELS[each.domain]
            return service, {key: share}

        said = turn.phrase("percent", number=say_number(share, turn.language))
        return await self._order(turn, name, list(LEVELS), order, said=said, default=default)

    async def _warm_to(self, turn: Turn, name: str | None, degrees: float) -> Answer:
        goal = {"temperature": float(degrees)}
        said = turn.phrase("degrees", number=say_number(float(degrees), turn.language))
        return await self._order(
            turn,
            name,
            ["climate"],
            lambda _: ("set_temperature", goal),
            said=said,
            default="heating",
        )

    async def _tint(self, turn: Turn, name: str | None, colour: str) -> Answer:
        data = tint(colour)
        said = turn.phrase(f"colour_{colour.replace(' ', '_')}")
        return await self._order(
            turn, name, ["light"], lambda _: ("turn_on", data), said=said, default="light"
        )


def _beside(spoken: Sequence[Device], there: Sequence[Device]) -> list[Device]:
    """The devices of the same kind that were not spoken of: those of the same room, if there are
    any."""
    ids, domains = {each.id for each in spoken}, {each.domain for each in spoken} - SCENES
    of = frozenset[str]().union(*(kinds(each) for each in spoken))
    others = [
        each
        for each in there
        if each.id not in ids and each.domain in domains and (not of or of & kinds(each))
    ]
    rooms = {room for each in spoken for room in each.rooms}
    shared = [len(rooms & set(each.rooms)) for each in others]
    return [each for each, n in zip(others, shared, strict=True) if n == max(shared)]


_DEFAULT = {"light": "light", "climate": "heating"}
