"""Choosing where and when: the climate of a month, somewhere warm, somewhere alike, two compared."""

from __future__ import annotations

from voice_assistant.skill import Answer, NeverMind, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import atlas, choice, countries
from .asking import Asking
from .atlas import Place
from .choice import Wish

FOUND = 4
"""Places that are proposed at a time."""


class Choosing(Asking):
    """Answers from the figures of all places."""

    @intent("climate")
    async def climate(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How warm and wet a month is there."""
        place = await self.town(turn, destination)
        return self.weather(turn, place, self.month(month, place))

    @intent("another_month")
    async def another_month(self, turn: Turn, month: str) -> Answer:
        """The same question about another month."""
        last = turn.session.previous
        asked = last.route.intent if last and last.route.skill == self.name else None
        if asked in ("find", "daylight", "holidays", "pack"):
            slots = {k: v for k, v in last.route.slots.items() if k != "month"}  # type: ignore[union-attr]
            return await getattr(self, asked)(turn, month=month, **slots)  # type: ignore[no-any-return]
        return await self.climate(turn, None, month)

    @intent("another_place")
    async def another_place(self, turn: Turn, destination: str) -> Answer:
        """The same question about another place."""
        last = turn.session.previous
        asked = last.route.intent if last and last.route.skill == self.name else None
        name = {"another_month": "climate", "topic": self.talk().get("topic")}.get(
            asked or "", asked
        )
        handler = getattr(self, name if name in ASKED_AGAIN else "tips")
        return await handler(turn, destination)  # type: ignore[no-any-return]

    @intent("topic")
    async def topic(self, turn: Turn, topic: str, destination: str | None = None) -> Answer:
        """Another question about the same place: "and the food?"."""
        self.keep(topic=topic)
        return await getattr(self, topic)(turn, destination)  # type: ignore[no-any-return]

    @intent("find")
    async def find(
        self,
        turn: Turn,
        *,
        month: str | None = None,
        weather: str | None = None,
        kind: str | None = None,
        continent: str | None = None,
        cheap: str | None = None,
    ) -> Answer:
        """Where it is as one wishes, in a month."""
        number = self.month(month)
        if kind == "skiing":
            kind, weather = "", kind
        wish = Wish(
            month=number, weather=weather or "", kind=kind or "", continent=continent or "",
            cheap=cheap is not None,
        )  # fmt: skip
        found = choice.fitting(atlas.places().values(), wish)[:FOUND]
        said = turn.phrase(f"month_{number}")
        if not found:
            return turn.phrase("found_none", month=said)
        self.keep(place=found[0].key, month=number)
        parts = [
            turn.phrase(
                "found_place",
                place=place.name(turn.language),
                country=countries.countries()[place.country].name(turn.language),
                **self.figures(turn, place, number),
            )
            for place in found
        ]
        return turn.phrase("found", month=said, places=say_list(parts, turn.language))

    @intent("like")
    async def like(self, turn: Turn, destination: str | None = None, wish: str = "") -> Answer:
        """Places like one, but cheaper, warmer, cooler or drier."""
        place = await self.town(turn, destination)
        month = self.month(None)
        found = choice.alike(atlas.places().values(), place, wish, month)[:2]
        name = place.name(turn.language)
        if not found:
            return turn.phrase("like_none", place=name)
        self.keep(place=found[0].key)
        parts = [
            turn.phrase(
                "like_place", place=each.name(turn.language), tags=self._common(turn, place, each)
            )
            for each in found
        ]
        said = turn.phrase(
            "like", place=name, but=turn.phrase(f"but_{wish}") if wish else "",
            places=turn.phrase("semicolon").join(parts),
        )  # fmt: skip
        return said

    def _common(self, turn: Turn, place: Place, other: Place) -> str:
        shared = sorted(place.tags & other.tags, key=choice.TAGS.index)[:3]
        return say_list([turn.phrase(f"tag_{tag}") for tag in shared], turn.language)

    @intent("compare")
    async def compare(
        self,
        turn: Turn,
        destination: str | None = None,
        other: str | None = None,
        month: str | None = None,
    ) -> Answer:
        """Two places side by side; what was not understood is asked for."""
        second = await self.town(turn, other) if other else await self.asked_town(turn)
        first = await self.town(turn, destination)
        if first == second:
            raise NeverMind(turn.phrase("same_place", place=first.name(turn.language)))
        number = self.month(month, first)
        said = [self.weather(turn, each, number) for each in (first, second)]
        cost = (first.cost > second.cost) - (first.cost < second.cost)
        dear, less = (first, second) if cost > 0 else (second, first)
        key = "dearer" if cost else "same_cost"
        said.append(
            turn.phrase(key, place=dear.name(turn.language), other=less.name(turn.language))
        )
        for place, than in ((first, second), (second, first)):
            own = sorted(place.tags - than.tags, key=choice.TAGS.index)[:3]
            if own:
                tags = say_list([turn.phrase(f"tag_{tag}") for tag in own], turn.language)
                said.append(turn.phrase("rather", place=place.name(turn.language), tags=tags))
        return self.joined(turn, said)

    @intent("known")
    async def known(self, turn: Turn, destination: str | None = None) -> Answer:
        """Which places there is data about."""
        country = countries.find(destination) if destination else None
        if country is None:
            return turn.phrase(
                "known",
                count=say_number(len(atlas.places()), turn.language),
                lands=say_number(len(countries.countries()), turn.language),
            )
        inside = countries.inside(country)
        name = country.name(turn.language)
        if not inside:
            return turn.phrase("no_town", country=name)
        return turn.phrase("known_in", country=name, places=self.listed(turn, inside))


ASKED_AGAIN = frozenset(
    "when arrive around wet children safety scams food quarters outings sights plug money tip "
    "emergency drives tongues manners holidays climate daylight distance hours entry pack".split()
)
"""Questions that "and in Lisbon?" puts again."""
