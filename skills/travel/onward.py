"""Going on about a place: another question, another place, another month."""

from __future__ import annotations

from voice_assistant.skill import Answer, Turn, intent

from .asking import named_in
from .going import Going

ASKED_AGAIN = frozenset(
    "when arrive around wet children safety scams food quarters outings sights plug money tip "
    "emergency drives tongues manners holidays climate daylight distance hours entry pack costs "
    "nights plan".split()
)
"""Questions that "and in Lisbon?" puts again."""

BY_MONTH = frozenset({"daylight", "holidays", "pack"})
"""Questions that "and in July?" puts again; the others become one about the weather."""


class Onward(Going):
    """Short questions that stand on the turn before."""

    @intent("another_month")
    async def another_month(self, turn: Turn, month: str) -> Answer:
        """The same question about another month."""
        asked = self._asked(turn)
        if asked == "find":
            return await self.refine(turn, month=month)
        if self.awaited_trip(turn):
            return await self.trip_when(turn, month=month)
        self.keep(going=None)
        if asked in BY_MONTH:
            before = turn.session.previous.route  # type: ignore[union-attr]
            slots = dict(before.slots) if before.intent == asked else {}
            slots.pop("month", None)
            return await getattr(self, asked)(turn, month=month, **slots)  # type: ignore[no-any-return]
        return await self.climate(turn, None, month)

    @intent("another_place")
    async def another_place(self, turn: Turn, destination: str) -> Answer:
        """The same question about another place."""
        asked = self._asked(turn)
        handler = getattr(self, asked if asked in ASKED_AGAIN else "tips")
        return await handler(turn, destination)  # type: ignore[no-any-return]

    @intent("topic")
    async def topic(self, turn: Turn, topic: str, destination: str | None = None) -> Answer:
        """Another question about the same place: "and the food?", "is it expensive?"; or about the
        place that is named in it."""
        self.keep(topic=topic)
        destination = destination or named_in(turn.asked)
        return await getattr(self, topic)(turn, destination)  # type: ignore[no-any-return]

    def _asked(self, turn: Turn) -> str:
        """What the turn before asked of this skill; an empty word if it was for another."""
        last = turn.session.previous
        if last is None or last.route.skill != self.name:
            return ""
        stands_for = {
            "another_month": "climate",
            "topic": str(self.talk().get("topic") or ""),
            "pack_more": "pack",
            "plan_again": "plan",
            "refine": "find",
            "others": "find",
        }
        intent_before: str = last.route.intent
        return stands_for.get(intent_before, intent_before)

    async def refine(self, turn: Turn, **more: str) -> Answer:
        """The same search with another wish; see Seeking."""
        raise NotImplementedError

    async def climate(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How warm it is; see Choosing."""
        raise NotImplementedError
