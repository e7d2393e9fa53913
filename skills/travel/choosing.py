"""Choosing between places: the climate of a month, somewhere alike, two compared."""

from __future__ import annotations

from voice_assistant.skill import Answer, NeverMind, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import atlas, choice, countries
from .asking import Asking
from .atlas import Place


class Choosing(Asking):
    """Answers from the figures of all places."""

    @intent("climate")
    async def climate(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How warm and wet a month is there; of a country, in some of its places."""
        places = await self.towns(turn, destination)
        said = [self.weather(turn, each, self.month(month, each)) for each in places]
        return self.joined(turn, said)

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
        kind: str | None = None,
    ) -> Answer:
        """Two places side by side, for a `kind` of journey first where one is named; what was not
        understood is asked for."""
        second = await self.town(turn, other) if other else await self.asked_town(turn)
        first = await self.town(turn, destination)
        if first == second:
            raise NeverMind(turn.phrase("same_place", place=first.name(turn.language)))
        number = self.month(month, first)
        said = [self.weather(turn, each, number) for each in (first, second)]
        if kind and (known := [each for each in (first, second) if kind in each.tags]):
            tag = turn.phrase(f"tag_{kind}")
            said.insert(0, turn.phrase("known_for", places=self.listed(turn, known), tag=tag))
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
