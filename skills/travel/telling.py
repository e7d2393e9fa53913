"""What a guide tells: the best of a place, when and why, food, sights, ways, and what to mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_number

from . import countries
from .asking import Asking
from .atlas import Place
from .countries import Country
from .guide import Guide
from .naming import find, named_in
from .plans import worth
from .suitcase import days_of

SHOWN = 3
"""Sights that are told at a time."""


class Telling(Asking):
    """Sentences of the guides."""

    @intent("tips")
    async def tips(self, turn: Turn, destination: str | None = None) -> Answer:
        """The best of a place; of a country, its manners and the places we know there."""
        where = await self.where(turn, destination)
        if not isinstance(where, Place):
            return self._country(turn, where)
        guide = Guide(where, turn.language)
        sight, dish = guide.sights[0], guide.food[0]
        parts = [guide.text("best"), self.told(turn, [sight]), self.told(turn, [dish]),
                 guide.text("manners"), turn.phrase("ask_more")]  # fmt: skip
        said = turn.phrase("about", place=where.name(turn.language), text=self.joined(turn, parts))
        return Reply(say=said, display=card(turn, guide))

    def _country(self, turn: Turn, country: Country) -> Answer:
        inside = countries.inside(country)
        parts = [country.manners[turn.language]]
        if inside:
            parts.append(turn.phrase("inside", places=self.listed(turn, inside)))
        text = self.joined(turn, parts)
        return turn.phrase("about", place=country.name(turn.language), text=text)

    @intent("when")
    async def when(
        self,
        turn: Turn,
        destination: str | None = None,
        month: str | None = None,
        feature: str | None = None,
    ) -> Answer:
        """The best months, and why: as written, and by the figures; of a month, whether it is one
        of them; of a country, the best of some of its places."""
        places = await self.towns(turn, destination)
        if len(places) > 1 and month is None:
            return self._each(turn, places, lambda guide: guide.text("best"))
        guide = await self.guide(turn, places[0].name(turn.language))
        judged = ""
        if month is not None:
            number = self.month(month, guide.place)
            key = "good_month" if number in guide.place.best else "other_month"
            judged = turn.phrase(key, month=turn.phrase(f"month_{number}"))
            judged = self.joined(turn, [judged, self.weather(turn, guide.place, number)])
        said = turn.phrase(
            "when",
            place=guide.place.name(turn.language),
            text=guide.text("best"),
            why=self._figures(turn, guide.place),
        )
        return self.joined(turn, [judged, said])

    @intent("why")
    async def why(self, turn: Turn) -> Answer:
        """The figures behind the best months."""
        return self._figures(turn, await self.town(turn, None))

    def _figures(self, turn: Turn, place: Place) -> str:
        months = [month - 1 for month in place.best]
        rain = round(sum(place.rain[each] for each in months) / len(months))
        return turn.phrase(
            "why",
            low=say_number(min(place.high[each] for each in months), turn.language),
            high=say_number(max(place.high[each] for each in months), turn.language),
            rain=self.rainy(turn, rain),
        )

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, elsewhere: str | None = None, **slots: Any) -> Answer:
        """A place whose name nobody here knows; a name that was misheard gets its tips, and one
        with more words about it its sights."""
        if elsewhere and (known := named_in(elsewhere)):
            return await self.sights(turn, known)
        return await self.tips(turn, elsewhere)

    @intent("arrive")
    async def arrive(self, turn: Turn, destination: str | None = None) -> Answer:
        """Getting in."""
        guide = await self.guide(turn, destination)
        return self._about(turn, guide, guide.text("arrive"))

    @intent("around")
    async def around(self, turn: Turn, destination: str | None = None) -> Answer:
        """Getting about."""
        places = await self.towns(turn, destination)
        return self._each(turn, places, lambda guide: guide.text("around"))

    @intent("wet")
    async def wet(self, turn: Turn, destination: str | None = None) -> Answer:
        """On a rainy day, with what else is indoors."""
        guide = await self.guide(turn, destination)
        indoors = [sight.name for sight in guide.sights if sight.indoors]
        said = turn.phrase("indoors", sights=say_list(indoors, turn.language))
        return self._about(turn, guide, guide.text("wet"), said)

    @intent("children")
    async def children(
        self, turn: Turn, destination: str | None = None, party: str | None = None
    ) -> Answer:
        """With children, with the sights that are good for them."""
        places = await self.towns(turn, destination)
        if len(places) > 1:
            return self._each(turn, places, lambda guide: guide.text("children"))
        guide = Guide(places[0], turn.language)
        good = [sight.name for sight in guide.sights if sight.children]
        said = turn.phrase("for_children", sights=say_list(good, turn.language))
        return self._about(turn, guide, guide.text("children"), said)

    @intent("safety")
    async def safety(self, turn: Turn, destination: str | None = None) -> Answer:
        """How careful to be, and who knows better."""
        return await self._careful(turn, destination, "safety")

    @intent("scams")
    async def scams(self, turn: Turn, destination: str | None = None) -> Answer:
        """The common trick."""
        return await self._careful(turn, destination, "scams")

    @intent("entry")
    async def entry(self, turn: Turn, destination: str | None = None) -> Answer:
        """Visas and health: the official source, never a guess."""
        if destination and (where := find(destination)):
            self.keep(place=where.key)
        return turn.phrase("official", date=self.checked(turn))

    @intent("food")
    async def food(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to eat; of a country, the first dish of some of its places."""
        places = await self.towns(turn, destination)
        if len(places) > 1:
            return self._each(turn, places, lambda guide: self.told(turn, guide.food[:1]))
        guide = Guide(places[0], turn.language)
        return self._about(turn, guide, self.told(turn, guide.food))

    @intent("nights")
    async def nights(
        self, turn: Turn, destination: str | None = None, stay: timedelta | None = None
    ) -> Answer:
        """How many days a place is worth: for its best, for all that is known, for the outings; and
        whether a stay that was named is enough."""
        guide = await self.guide(turn, destination)
        few, many = worth(guide)
        best, all_of_it = (
            say_count(days, turn.phrase("day_word"), turn.language) for days in (few, many)
        )
        key = "nights_same" if best == all_of_it else "nights"
        trips = say_list([trip.name for trip in guide.trips], turn.language)
        place = guide.place.name(turn.language)
        said = turn.phrase(key, place=place, best=best, all=all_of_it, trips=trips)
        if days := days_of(stay):
            enough = "too_short" if days < few else "for_best" if days < many else "for_all"
            said = self.joined(turn, [turn.phrase(enough), said])
        return said

    @intent("souvenirs")
    async def souvenirs(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to bring home: nothing is known of shops, but of what people eat there."""
        place, *_ = await self.towns(turn, destination)
        dishes = [dish.name for dish in Guide(place, turn.language).food]
        known = say_list(dishes, turn.language)
        return turn.phrase("souvenirs", place=place.name(turn.language), dishes=known)

    @intent("quarters")
    async def quarters(self, turn: Turn, destination: str | None = None) -> Answer:
        """The neighbourhoods; of a country, the first of some of its places."""
        places = await self.towns(turn, destination)
        shown = 1 if len(places) > 1 else None
        return self._each(
            turn, places, lambda guide: self.told(turn, list(guide.quarters.values())[:shown])
        )

    @intent("outings")
    async def outings(self, turn: Turn, destination: str | None = None) -> Answer:
        """Day trips; of a country, one from each of some of its places."""
        places = await self.towns(turn, destination)
        shown = 1 if len(places) > 1 else None
        return self._each(turn, places, lambda guide: self.told(turn, guide.trips[:shown]))

    @intent("sights")
    async def sights(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to see; asked again, the next ones; of a country, the best of some of its places."""
        places = await self.towns(turn, destination)
        if len(places) > 1:
            return self._each(turn, places, lambda guide: self.told(turn, guide.sights[:1]))
        guide = Guide(places[0], turn.language)
        told = int(self.talk().get("told", {}).get(guide.place.key, 0))
        shown = [guide.sights[(told + at) % len(guide.sights)] for at in range(SHOWN)]
        self.keep(told={guide.place.key: told + SHOWN}, shown=[sight.id for sight in shown])
        return self._about(turn, guide, self.told(turn, shown))

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """More sights of the same place."""
        return await self.sights(turn)

    # --- words ---------------------------------------------------------------------------

    def _each(self, turn: Turn, places: Sequence[Place], tell: Callable[[Guide], str]) -> str:
        """A sentence about each of some places."""
        guides = [Guide(place, turn.language) for place in places]
        return self.joined(turn, [self._about(turn, guide, tell(guide)) for guide in guides])

    async def _careful(self, turn: Turn, destination: str | None, key: str) -> Answer:
        places = await self.towns(turn, destination)
        told = self._each(turn, places, lambda guide: guide.text(key))
        return self.joined(turn, [told, turn.phrase("check_official", date=self.checked(turn))])

    def _about(self, turn: Turn, guide: Guide, *texts: str) -> str:
        place = guide.place.name(turn.language)
        return turn.phrase("about", place=place, text=self.joined(turn, texts))


def card(turn: Turn, guide: Guide) -> str:
    """A place as a card."""
    sights = "\n".join(f"- **{sight.name}**: {sight.text}" for sight in guide.sights)
    food = "\n".join(f"- **{dish.name}**: {dish.text}" for dish in guide.food)
    parts = (guide.text("best"), guide.text("around"), sights, food, guide.text("manners"))
    return "\n\n".join((f"# {guide.place.name(turn.language)}", *parts))
