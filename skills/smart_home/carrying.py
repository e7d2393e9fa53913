"""Having devices do something, and saying what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from voice_assistant import answers
from voice_assistant.http import Rejected, Unreachable
from voice_assistant.skill import Answer, Receipt, Reply, Turn
from voice_assistant.speaking import say_number

from .device import Device, Unconfirmed
from .orders import LEVELS, WAYS, back, lets_in
from .reach import Reach

Order = Callable[[Device], "tuple[str, Mapping[str, Any]] | None"]
Again = Callable[[Turn, str], Awaitable[Answer]]


class Carrying(Reach):
    """The part of `smart_home` that carries orders out."""

    _again: Again | None = None
    """Does what was done last, or asks what was asked last, of other devices."""

    async def _switch(self, turn: Turn, name: str | None, way: str) -> Answer:
        able = [domain for domain, ways in WAYS.items() if way in ways]
        return await self._order(turn, name, able, lambda each: (WAYS[each.domain][way], {}))

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
        self._again = lambda turn, name: self._order(turn, name, domains, order, said=said)
        found = await self._found(turn, name, domains, default=default)
        if isinstance(found, str):
            return found
        found = self._alike(turn, name, found)
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
        return await self._carry_out(turn, [(each, *told) for each, told in orders], said)

    async def _carry_out(
        self, turn: Turn, orders: Sequence[tuple[Device, str, Mapping[str, Any]]], said: str = ""
    ) -> Reply:
        self._speak_of(turn, [device for device, *_ in orders])
        done, unsure, failed = [], [], ""
        for device, service, data in orders:
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
        undo = self._undoing(turn, [(device, service) for device, service, _ in done])
        receipts = (Receipt(action="smart_home.call", result=result, undo=undo),) if done else ()
        return Reply(say=" ".join(parts), receipts=receipts)

    def _undoing(
        self, turn: Turn, done: Sequence[tuple[Device, str]]
    ) -> Callable[[], Awaitable[str]] | None:
        """What brings devices back to how they were; None where nothing can be."""
        orders = [(device, *order) for device, service in done if (order := back(device, service))]

        async def undo() -> str:
            reply = await self._carry_out(turn, orders)
            names = self._names(turn, [device for device, *_ in orders])
            return turn.phrase("as_before", names=names) if reply.receipts else str(reply.say)

        return undo if orders else None

    def _done(
        self, turn: Turn, done: Sequence[tuple[Device, str, Mapping[str, Any]]], said: str
    ) -> str:
        """The sentence about what was done, from the last of it."""
        device, service, data = done[-1]
        names = self._names(turn, [each for each, *_ in done])
        if not said and "temperature" in data:
            said = turn.phrase("degrees", number=say_number(data["temperature"], turn.language))
        share = next((data[key] for _, key in LEVELS.values() if key in data), None)
        if not said and share is not None:
            number = say_number(float(share), turn.language)
            said = turn.phrase("percent", number=number)
        if said:
            return turn.phrase("set", names=names, value=said)
        key = "scene_set" if device.domain in ("scene", "script") else f"did_{service}"
        return turn.phrase(key, names=names)
