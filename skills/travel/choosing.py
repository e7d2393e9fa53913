"""Choosing between places: the climate of a month, somewhere alike, two compared."""

from __future__ import annotations

from collections.abc import Sequence

from voice_assistant.skill import Answer, NeverMind, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import atlas, choice, countries
from .asking import Asking
from .atlas import Place

SEEKING = frozenset({"find", "refine", "others", "pick"})
"""Turns after which several places are talked of."""


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

    @intent("against")
    @intent("compare")
    async def compare(
        self,
        turn: Turn,
        destination: str | None = None,
        other: str | None = None,
        month: str | None = None,
        kind: str | None = None,
        aspect: str | None = None,
    ) -> Answer:
        """Two places side by side: only their warmth or cost if that is the `aspect`, for a `kind`
        of journey first where one is named; what was not understood is asked for."""
        before = str(self.talk().get("place") or "")
        second = await self.town(turn, other) if other else await self.asked_town(turn)
        talked = atlas.places().get(before) if destination is None else None
        first = talked or await self.town(turn, destination)
        if first == second:
            raise NeverMind(turn.phrase("same_place", place=first.name(turn.language)))
        self.keep(place=first.key, other=second.key)
        number = self.month(month, first)
        if aspect in ("warmth", "cost"):
            return self._ranked(turn, [first, second], aspect, number)
        said = [self.weather(turn, each, number) for each in (first, second)]
        if kind and (known := [each for each in (first, second) if kind in each.tags]):
            tag = turn.phrase(f"tag_{kind}")
            said.insert(0, turn.phrase("known_for", places=self.listed(turn, known), tag=tag))
        said.append(self._ranked(turn, [first, second], "cost", number))
        for place, than in ((first, second), (second, first)):
            own = sorted(place.tags - than.tags, key=choice.TAGS.index)[:3]
            if own:
                tags = say_list([turn.phrase(f"tag_{tag}") for tag in own], turn.language)
                said.append(turn.phrase("rather", place=place.name(turn.language), tags=tags))
        return self.joined(turn, said)

    @intent("which_of_them")
    async def which_of_them(
        self,
        turn: Turn,
        aspect: str | None = None,
        kind: str | None = None,
        month: str | None = None,
    ) -> Answer:
        """The warmest or cheapest of the places that were proposed, or of the two last ones."""
        keys = (self.talk().get("sought") or {}).get("places", ())
        if self.asked(turn) not in SEEKING:
            keys = [str(self.talk().get(key)) for key in ("other", "place")]
        known = [atlas.places()[key] for key in keys if key in atlas.places()]
        if len(known) < 2:
            return await self.compare(turn)
        if aspect in ("warmth", "cost"):
            return self._ranked(turn, known, aspect, self.month(month, known[0]))
        first, second, *_ = (each.name(turn.language) for each in known)
        return await self.compare(turn, first, second, month, kind)

    def _ranked(self, turn: Turn, places: Sequence[Place], aspect: str, month: int) -> str:
        """The warmest or the dearest and the cheapest of some places."""
        if aspect == "cost":
            *_, less = ranked = sorted(places, key=lambda place: -place.cost)
            key = "same_cost" if ranked[0].cost == less.cost else "dearer"
            dear = ranked[0].name(turn.language)
            return turn.phrase(key, place=dear, other=less.name(turn.language))
        first, *_, last = sorted(places, key=lambda place: -place.high[month - 1])
        alike = first.high[month - 1] - last.high[month - 1] < choice.STEP
        return turn.phrase(
            "as_warm" if alike else "warmest" if len(places) > 2 else "warmer",
            place=first.name(turn.language),
            other=last.name(turn.language),
            month=turn.phrase(f"month_{month}"),
            high=say_number(first.high[month - 1], turn.language),
            low=say_number(last.high[month - 1], turn.language),
        )

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
