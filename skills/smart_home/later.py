"""Orders for later: "turn the lamp on in ten minutes", "the fan for half an hour"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from voice_assistant.mentions import after
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_list, say_moment
from voice_assistant.values.kinds import When

from .carrying import Carrying
from .device import Device
from .orders import WAYS, lets_in


class Later(Carrying):
    """The part of `smart_home` that switches by the clock."""

    @intent("later")
    async def later(
        self,
        turn: Turn,
        device: str | None = None,
        way: str = "on",
        duration: timedelta | None = None,
        time: When | None = None,
        room: str = "",
    ) -> Answer:
        """Switch when its time has come."""
        found = await self._switchable(turn, f"{device or ''} {room}".strip() or None, way)
        if isinstance(found, str):
            return found
        due = time.moment if time else after(self.now(), duration or timedelta())
        job = self._remember_to(due, way, found)
        when = (
            turn.phrase("at_time", time=say_moment(due, turn.language, self.now()))
            if time
            else turn.phrase("within", length=say_duration(duration or timedelta(), turn.language))
        )
        said = turn.phrase(f"later_{way}", names=self._names(turn, found), when=when)
        return Reply(say=said, receipts=(self._promise(turn, job),))

    @intent("awhile")
    async def awhile(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        time: When | None = None,
        device: str | None = None,
        room: str = "",
    ) -> Answer:
        """Switch on, and off again after or at a time."""
        length = duration or (time.moment - self.now() if time else timedelta())
        name = f"{device or ''} {room}".strip() or None
        found = await self._switchable(turn, name, "on")
        if isinstance(found, str):
            return found
        answer = await self._carry_out(
            turn, [(each, WAYS[each.domain]["on"], {}) for each in found]
        )
        if not answer.receipts:
            return answer
        job = self._remember_to(after(self.now(), length), "off", found)
        said = turn.phrase("awhile", length=say_duration(length, turn.language))
        return replace(
            answer,
            say=joined((str(answer.say), said), turn.language),
            receipts=(*answer.receipts, self._promise(turn, job)),
        )

    async def _switchable(self, turn: Turn, name: str | None, way: str) -> list[Device] | str:
        """The devices of a name that can be switched this way by themselves: who asked has gone
        when it is done, so nothing that lets people in is among them."""
        able = [domain for domain, ways in WAYS.items() if way in ways]
        found = await self._found(turn, name, able)
        if isinstance(found, str):
            return found
        shut = [each for each in found if not lets_in(each, WAYS[each.domain][way])]
        return shut or turn.phrase("not_alone", names=self._names(turn, found))

    def _remember_to(self, due: datetime, way: str, devices: Sequence[Device]) -> Job:
        return self.home.scheduler.add(due, {"way": way, "devices": [each.id for each in devices]})

    def _promise(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("left")

        result = {**job.data, "due": job.due.isoformat()}
        return Receipt(action="smart_home.later", result=result, undo=undo)

    async def due(self, turn: Turn, job: Job) -> Answer:
        """Switch what was to be switched now."""
        there = await self._all(turn)
        if isinstance(there, str):
            return there
        orders: list[tuple[Device, str, Mapping[str, Any]]] = [
            (each, WAYS[each.domain][job.data["way"]], {})
            for each in there
            if each.id in job.data["devices"] and not each.silent
        ]
        return await self._carry_out(turn, orders) if orders else None

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """What was to be switched while off is told, and left as it is: nobody expects it now."""
        times = [say_moment(job.due, turn.language, self.now()) for job in jobs]
        return turn.phrase("not_switched", times=say_list(times, turn.language))
