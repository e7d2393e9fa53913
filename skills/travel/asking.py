"""Which place, country and month are meant: as said now, before in this talk, or of the next trip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from voice_assistant.http import Unreachable
from voice_assistant.normal import joined
from voice_assistant.skill import NeverMind, NotAllowed, Skill, Turn
from voice_assistant.speaking import say_count, say_list, say_number, say_year

from . import atlas, choice, countries, geo, wikivoyage
from .atlas import CHECKED, Place, nearest
from .countries import Country
from .guide import Guide, Note, Sight
from .naming import Where, among, find, named_in, unheard_of

TALK = timedelta(minutes=30)
"""How long "there" and "then" still mean the place and the month of before."""

SEASONS = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10}
"""Middle months north of the equator."""

NAME = 3
"""Words of an answer that may be a name we do not know; of Chinese, pairs of characters."""

FURTHER = "and_"
"""How the intents begin that ask one thing more about the same place: "and_food"."""

TOWNS = 3
"""Places of a country that are told of where the whole of it was asked about."""

TELLING_OF_A_TRIP = ("trip", "trip_when", "another_month", "plan_again")
"""Turns after which "in May" and "four days" may be about a trip."""

OFFERED = 3
"""Places that are named instead of an unknown one."""


class Asking(Skill):
    """What all the parts of the skill ask first."""

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """All names of places and countries, and those of towns that we can only place."""
        known = {*atlas.names(), *countries.names(), *countries.regions()}
        gazetteer = self.home.services.get("gazetteer")
        if gazetteer is not None:
            known |= {atlas.plain(name) for name in gazetteer.names(language)}
        return {"destination": sorted(known)}

    # --- where ---------------------------------------------------------------------------

    async def where(self, turn: Turn, said: str | None) -> Where:
        """The place or country that is meant. Ends the turn where there is no data about it."""
        if turn.route.stage == "match":  # not read word for word, a name may be misread
            said = named_in(turn.text) or said
        said = said or unheard_of(turn) or self.talk().get("elsewhere")
        if said and find(said) is None:
            raise NeverMind(await self._elsewhere(turn, said))
        where = self._found(turn, said) if said else self._talked_of()
        where = where or await self._asked_where(turn)
        self.keep(place=where.key)
        return where

    async def _asked_where(self, turn: Turn) -> Where:
        def answered(text: str, _: Any) -> Where | None:
            name = named_in(text)
            short = len(text.split()) <= NAME if text.isascii() else len(text) <= 2 * NAME
            return self._found(turn, name or text) if name or short else None

        return await turn.ask(turn.phrase("which_place"), answered)

    async def town(self, turn: Turn, said: str | None) -> Place:
        """The same, where a country or a region is too large: there it is the town that the
        country's time is named after, which most visit; else one of several is asked for."""
        where = await self.where(turn, said)
        if isinstance(where, Place):
            return where
        inside = self._inside(turn, where, said)
        leading = atlas.leading(inside)
        place = leading or inside[0]
        if len(inside) > 1 and leading is None:
            known = self.listed(turn, inside)
            named = said.title() if said else where.name(turn.language)
            question = turn.phrase("which_town", country=named, places=known)
            place = await turn.ask(question, lambda text, _: among(text, inside), seconds=12)
        self.keep(place=place.key)
        return place

    async def towns(self, turn: Turn, said: str | None) -> list[Place]:
        """The place that is meant; of a country or a region, some of its places."""
        where = await self.where(turn, said)
        return [where] if isinstance(where, Place) else self._inside(turn, where, said)[:TOWNS]

    def _inside(self, turn: Turn, country: Country, said: str | None) -> list[Place]:
        """The places of a region or a country that there is data about. Ends the turn if none."""
        region = countries.regions().get(atlas.plain(said or ""))
        inside = list(region or countries.inside(country))
        if not inside:
            raise NeverMind(turn.phrase("no_town", country=country.name(turn.language)))
        return inside

    async def asked_town(self, turn: Turn) -> Place:
        """A place that is asked for, whatever the talk was about."""
        question = turn.phrase("which_other")
        return await turn.ask(question, lambda text, _: among(text, atlas.places().values()))

    async def guide(self, turn: Turn, said: str | None) -> Guide:
        """What there is to tell of a place."""
        return Guide(await self.town(turn, said), turn.language)

    def country_named(self, said: str) -> Country | None:
        """The country that a name means or is in, where one knows it."""
        where = find(said)
        return self.country_of(where) if where else None

    def country_of(self, where: Where) -> Country:
        """The country itself, or the one the place is in."""
        return countries.countries()[where.country] if isinstance(where, Place) else where

    def _found(self, turn: Turn, said: str) -> Where:
        where = find(said)
        if where is None:
            raise NeverMind(self._unknown(turn, said))
        return where

    async def _elsewhere(self, turn: Turn, said: str) -> str:
        """What the household's own Wikivoyage tells, or an honest sentence."""
        try:
            told = await wikivoyage.told(self.home, turn, said)
        except (NotAllowed, Unreachable) as error:
            unknown = self._unknown(turn, said)
            return self.joined(turn, [unknown, wikivoyage.trouble(error, turn.language)])
        if told is None:
            return self._unknown(turn, said)
        self.keep(place="", elsewhere=said)
        return told

    def _unknown(self, turn: Turn, said: str) -> str:
        """An honest sentence, with what is near if one can tell where the place is."""
        gazetteer = self.home.services.get("gazetteer")
        spot = gazetteer.find(said) if gazetteer is not None else None
        if spot is None:
            count = say_number(len(atlas.places()), turn.language)
            return turn.phrase("unknown", place=said, count=count)
        near = nearest((spot.latitude, spot.longitude), OFFERED)
        self.keep(place=near[0].key)
        name = spot.called(turn.language)
        return turn.phrase("unknown_near", place=name, near=self.listed(turn, near))

    def _talked_of(self) -> Where | None:
        key = str(self.talk().get("place") or (self.next_trip() or {}).get("place"))
        return atlas.places().get(key) or countries.countries().get(key)

    def home_spot(self) -> geo.Spot | None:
        """Where home is: by its coordinates, or its city's."""
        home = self.home.place
        if home.get("latitude") is not None and home.get("longitude") is not None:
            return float(home["latitude"]), float(home["longitude"])
        city, gazetteer = str(home.get("city") or ""), self.home.services.get("gazetteer")
        if isinstance(found := find(city), Place):
            return found.at
        town = gazetteer.find(city) if city and gazetteer is not None else None
        return (town.latitude, town.longitude) if town else None

    # --- when ----------------------------------------------------------------------------

    def month(self, said: str | None, place: Place | None = None) -> int:
        """A month's number: as said, as talked of, of the next trip, or this one. Of a season of a
        place it is the middle one; without a place it is a northern season."""
        if said is None:
            talked = self.talk().get("month") or (self.next_trip() or {}).get("month")
            return int(talked or self.now().month)
        number = SEASONS.get(said) or int(said)
        if said in SEASONS and place is not None and place.at[0] < 0:
            number = (number + 5) % 12 + 1
        self.keep(month=number)
        return number

    # --- the talk ------------------------------------------------------------------------

    def talk(self) -> dict[str, Any]:
        """What the talk is about, while it goes on."""
        kept: dict[str, Any] = self.home.store.get("talk", {})
        fresh = kept and self.now() - datetime.fromisoformat(kept["at"]) < TALK
        return kept if fresh else {}

    def keep(self, **about: Any) -> None:
        """Note what the talk is about: a `place`, or one `elsewhere`, which is in no data of ours."""
        if "place" in about:
            about.setdefault("elsewhere", "")
            before = self.talk().get("place")
            if before and before != about["place"]:
                about["other"] = before
        self.home.store.set("talk", {**self.talk(), **about, "at": self.now().isoformat()})

    def asked(self, turn: Turn) -> str:
        """What the turn before asked of this skill; an empty word if it was for another."""
        last = turn.session.context
        if last is None or last.route.skill != self.name:
            return ""
        before = str(last.route.intent).removeprefix(FURTHER)
        return str(self.talk().get("topic") or "") if before == "topic" else before

    def awaited_trip(self, turn: Turn) -> dict[str, Any] | None:
        """A trip that was told of just now, and of which the month or the days are missing."""
        last = turn.session.previous
        just_now = last is not None and last.route.intent in TELLING_OF_A_TRIP
        return self.talk().get("going") if just_now else None

    def next_trip(self) -> dict[str, Any] | None:
        """The trip that comes next, or goes on; see Going."""
        raise NotImplementedError

    # --- words ---------------------------------------------------------------------------

    def joined(self, turn: Turn, parts: Iterable[str]) -> str:
        """Sentences one after another."""
        return joined(filter(None, parts), turn.language)

    def told(self, turn: Turn, notes: Iterable[Note | Sight]) -> str:
        """Names, each with its sentence."""
        said = (turn.phrase("note", name=_opening(note.name), text=note.text) for note in notes)
        return self.joined(turn, said)

    def checked(self, turn: Turn) -> str:
        """When the data was last gone through."""
        year, month = CHECKED.split("-")
        said = turn.phrase(f"month_{int(month)}")
        return turn.phrase("dated", month=said, year=say_year(int(year), turn.language))

    def weather(self, turn: Turn, place: Place, month: int) -> str:
        """A sentence on a month there."""
        return turn.phrase(
            "climate",
            place=place.name(turn.language),
            month=turn.phrase(f"month_{month}"),
            feel=turn.phrase(f"feel_{choice.feel(place, month)}"),
            **self.figures(turn, place, month),
        )

    def figures(self, turn: Turn, place: Place, month: int) -> dict[str, str]:
        """The climate of a month in words: `high`, `low` and `rain`."""
        high, low = (say_number(each[month - 1], turn.language) for each in (place.high, place.low))
        return {"high": high, "low": low, "rain": self.rainy(turn, place.rain[month - 1])}

    def rainy(self, turn: Turn, days: int) -> str:
        """So many days of rain."""
        noun = turn.phrase("day_word")
        return say_count(days, noun, turn.language) if days else turn.phrase("hardly_a_day")

    def listed(self, turn: Turn, places: Iterable[Where]) -> str:
        """Names of places in a row."""
        return say_list([place.name(turn.language) for place in places], turn.language)


def _opening(name: str) -> str:
    """A name at the head of a sentence."""
    return name[:1].upper() + name[1:]
