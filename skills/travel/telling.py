"""What a guide tells: the best of a place, when and why, food, sights, ways, and what to mind."""

from __future__ import annotations

from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list, say_number

from . import countries
from .asking import Asking
from .atlas import Place
from .countries import Country
from .guide import Guide

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
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """The best months, and why: as written, and by the figures; of a month, whether it is one
        of them."""
        guide = await self.guide(turn, destination)
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
        """A place whose name nobody here knows; a name that was misheard gets its tips."""
        return await self.tips(turn, elsewhere)

    @intent("arrive")
    async def arrive(self, turn: Turn, destination: str | None = None) -> Answer:
        """Getting in."""
        return await self._text(turn, destination, "arrive")

    @intent("around")
    async def around(self, turn: Turn, destination: str | None = None) -> Answer:
        """Getting about."""
        return await self._text(turn, destination, "around")

    @intent("wet")
    async def wet(self, turn: Turn, destination: str | None = None) -> Answer:
        """On a rainy day, with what else is indoors."""
        guide = await self.guide(turn, destination)
        indoors = [sight.name for sight in guide.sights if sight.indoors]
        said = turn.phrase("indoors", sights=say_list(indoors, turn.language))
        return self._about(turn, guide, guide.text("wet"), said)

    @intent("children")
    async def children(self, turn: Turn, destination: str | None = None) -> Answer:
        """With children, with the sights that are good for them."""
        guide = await self.guide(turn, destination)
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
        return turn.phrase("official", date=self.checked(turn))

    @intent("food")
    async def food(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to eat."""
        guide = await self.guide(turn, destination)
        return self._about(turn, guide, self.told(turn, guide.food))

    @intent("quarters")
    async def quarters(self, turn: Turn, destination: str | None = None) -> Answer:
        """The neighbourhoods."""
        guide = await self.guide(turn, destination)
        return self._about(turn, guide, self.told(turn, list(guide.quarters.values())))

    @intent("outings")
    async def outings(self, turn: Turn, destination: str | None = None) -> Answer:
        """Day trips."""
        guide = await self.guide(turn, destination)
        return self._about(turn, guide, self.told(turn, guide.trips))

    @intent("sights")
    async def sights(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to see; asked again, the next ones."""
        guide = await self.guide(turn, destination)
        told = int(self.talk().get("told", {}).get(guide.place.key, 0))
        shown = [guide.sights[(told + at) % len(guide.sights)] for at in range(SHOWN)]
        self.keep(told={guide.place.key: told + SHOWN})
        return self._about(turn, guide, self.told(turn, shown))

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """More sights of the same place."""
        return await self.sights(turn)

    # --- words ---------------------------------------------------------------------------

    async def _text(self, turn: Turn, destination: str | None, key: str) -> Answer:
        guide = await self.guide(turn, destination)
        return self._about(turn, guide, guide.text(key))

    async def _careful(self, turn: Turn, destination: str | None, key: str) -> Answer:
        guide = await self.guide(turn, destination)
        check = turn.phrase("check_official", date=self.checked(turn))
        return self._about(turn, guide, guide.text(key), check)

    def _about(self, turn: Turn, guide: Guide, *texts: str) -> str:
        place = guide.place.name(turn.language)
        return turn.phrase("about", place=place, text=self.joined(turn, texts))


def card(turn: Turn, guide: Guide) -> str:
    """A place as a card."""
    sights = "\n".join(f"- **{sight.name}**: {sight.text}" for sight in guide.sights)
    food = "\n".join(f"- **{dish.name}**: {dish.text}" for dish in guide.food)
    parts = (guide.text("best"), guide.text("around"), sights, food, guide.text("manners"))
    return "\n\n".join((f"# {guide.place.name(turn.language)}", *parts))
