"""Going on about a place: another question, another place, another month."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, TypeVar

from voice_assistant.skill import Answer, Turn, intent

from .asking import FURTHER
from .going import Going
from .naming import named_in

ASKED_AGAIN = frozenset(
    "when arrive around wet children safety scams food quarters outings sights plug money tip "
    "emergency drives tongues manners holidays climate daylight distance hours entry pack costs "
    "nights plan souvenirs need".split()
)
"""Questions that "and in Lisbon?" puts again."""

BY_MONTH = frozenset({"daylight", "holidays", "pack", "need", "when"})
"""Questions that "and in July?" puts again; the others become one about the weather."""

_STANDS_FOR = {
    "another_month": "climate",
    "pack_more": "pack",
    "plan_again": "plan",
    "refine": "find",
    "others": "find",
    "which_of_them": "compare",
}

_Handler = TypeVar("_Handler", bound=Callable[..., Any])


def _further(handler: _Handler) -> _Handler:
    """Have a method answer each question that may be asked further about the same place."""
    for asked in sorted(ASKED_AGAIN):
        handler = intent(FURTHER + asked)(handler)
    return handler


class Onward(Going):
    """Short questions that stand on the turn before."""

    @intent("another_month")
    async def another_month(self, turn: Turn, month: str) -> Answer:
        """The same question about another month."""
        asked = self._question(turn)
        if asked == "find":
            return await self.refine(turn, month=month)
        if self.awaited_trip(turn):
            return await self.trip_when(turn, month=month)
        self.keep(going=None)
        if asked not in BY_MONTH:
            return await self.climate(turn, None, month)
        handler = getattr(self, asked)
        slots = self._as_before(turn, handler) | {"month": month}
        return await handler(turn, **slots)  # type: ignore[no-any-return]

    @intent("another_place")
    async def another_place(self, turn: Turn, destination: str) -> Answer:
        """The same question about another place, in all its words: "will my British plug fit?"."""
        asked = self._question(turn)
        handler = getattr(self, asked if asked in ASKED_AGAIN else "tips")
        slots = self._as_before(turn, handler) | {"destination": destination}
        return await handler(turn, **slots)  # type: ignore[no-any-return]

    @intent("topic")
    async def topic(self, turn: Turn, topic: str, destination: str | None = None) -> Answer:
        """Another question about the same place in a word: "and the food?"; or about the place
        that is named in it."""
        self.keep(topic=topic)
        destination = destination or named_in(turn.text)
        return await getattr(self, topic)(turn, destination)  # type: ignore[no-any-return]

    @_further
    async def further(self, turn: Turn, **slots: Any) -> Answer:
        """One question more, in a sentence: "is it expensive?". The intents are named `and_...`."""
        handler = getattr(self, str(turn.route.intent).removeprefix(FURTHER))
        slots.setdefault("destination", named_in(turn.text))
        return await handler(turn, **slots)  # type: ignore[no-any-return]

    def _question(self, turn: Turn) -> str:
        """Which question was asked last, whatever words it was put in."""
        asked = self.asked(turn)
        return _STANDS_FOR.get(asked, asked)

    def _as_before(self, turn: Turn, handler: Callable[..., Any]) -> dict[str, Any]:
        """What the question before said besides the place, as far as the handler takes it."""
        last = turn.session.previous
        if last is None or str(last.route.intent).removeprefix(FURTHER) != handler.__name__:
            return {}
        taken = signature(handler).parameters
        return {key: value for key, value in last.route.slots.items() if key in taken}

    async def refine(self, turn: Turn, **more: str) -> Answer:
        """The same search with another wish; see Seeking."""
        raise NotImplementedError

    async def climate(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How warm it is; see Choosing."""
        raise NotImplementedError
