"""Whether one thing is needed there: a coat, an umbrella, an adapter."""

from __future__ import annotations

from voice_assistant.skill import Answer, Turn, intent

from .packing import packing
from .suitcase import Suitcase, stay_of


class Needing(Suitcase):
    """Looks for one thing on the list that a place and a month make."""

    @intent("need")
    async def need(
        self,
        turn: Turn,
        destination: str | None = None,
        *,
        month: str | None = None,
        item: str | None = None,
    ) -> Answer:
        """Yes, with the reason, or no, with the climate; what to pack where no thing was named."""
        if item is None:
            return await self.pack(turn, destination, month=month)
        place = await self.town(turn, destination)
        stay = stay_of(self.suitcase(place, month, None))
        found = [each for each in packing(stay) if each.key == item]
        climate = self.weather(turn, place, stay.month)
        if not found:
            return self.joined(turn, [turn.phrase("needless"), climate])
        return self.joined(
            turn, [turn.phrase("needed", item=self.reasons(turn, found, stay)), climate]
        )
