"""Far and near: distances, flights, clocks and daylight, computed."""

from __future__ import annotations

import re
from datetime import timedelta

from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, NeverMind, Turn, intent
from voice_assistant.speaking import say_duration, say_number, say_time

from . import geo
from .asking import Asking
from .atlas import Place
from .naming import find

_FROM = {
    "en": re.compile(r"\bfrom (?!(?:here|home|there|me|us|my|our|where)\b)(.+?)(?= to |$)"),
    "zh": re.compile(r"从(?![这那家我咱])(.+?)(?=[到去飞]|$)"),
}
"""Where somebody starts, though no place is known by that name."""


class Ways(Asking):
    """Answers from coordinates and time zones."""

    @intent("distance")
    async def distance(
        self, turn: Turn, destination: str | None = None, other: str | None = None
    ) -> Answer:
        """How far, as the plane flies, and how long that takes."""
        said = _FROM[turn.language].search(normalise(turn.text, turn.language))
        start = await self._start(turn, other or (said[1] if said else None))
        end = await self._spot(turn, destination)
        if start[0] == end[0]:
            raise NeverMind(turn.phrase("same_place", place=start[0]))
        kilometres = geo.distance(start[1], end[1])
        return turn.phrase(
            "distance",
            place=end[0],
            other=start[0],
            kilometres=say_number(geo.rounded(kilometres), turn.language),
            flight=say_duration(geo.flight(kilometres), turn.language),
        )

    @intent("by_land")
    async def by_land(self, turn: Turn, vehicle: str) -> Answer:
        """Nobody can tell that from coordinates, whatever the `vehicle`: it is said so."""
        return turn.phrase("by_land")

    async def _spot(self, turn: Turn, said: str | None) -> tuple[str, geo.Spot]:
        """A destination, or a town of which only the coordinates are known."""
        gazetteer = self.home.services.get("gazetteer")
        if said and gazetteer is not None and find(said) is None:
            if town := gazetteer.find(said):
                return town.called(turn.language), (town.latitude, town.longitude)
        place = await self.town(turn, said)
        return place.name(turn.language), place.at

    async def _start(self, turn: Turn, said: str | None) -> tuple[str, geo.Spot]:
        """Where from: its name and where it is. Without a word, from home."""
        if said is not None:
            return await self._spot(turn, said)
        city = str(self.home.place.get("city") or "")
        found = find(city)
        if isinstance(found, Place):
            return found.name(turn.language), found.at
        spot = self.home_spot()
        if spot is None:
            raise NeverMind(turn.phrase("from_where"))
        return city or turn.phrase("home"), spot

    @intent("hours")
    async def hours(self, turn: Turn, destination: str | None = None) -> Answer:
        """The difference between the clocks there and here."""
        place = await self.town(turn, destination)
        here = self.now().tzinfo
        assert here is not None
        ahead = geo.ahead(place.timezone, here, self.now())
        key = "same_time" if not ahead else "ahead" if ahead > timedelta() else "behind"
        return turn.phrase(
            key,
            place=place.name(turn.language),
            length=say_duration(abs(ahead), turn.language),
            time=say_time(self.now().astimezone(place.timezone), turn.language),
        )

    @intent("daylight")
    async def daylight(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How long the days are in a month."""
        place = await self.town(turn, destination)
        number = self.month(month, place)
        length = geo.day_length(place.at, number, self.now().year)
        never = {timedelta(): "no_sunrise", timedelta(hours=24): "no_sunset"}
        said = turn.phrase(
            never.get(length, "daylight"),
            place=place.name(turn.language),
            month=turn.phrase(f"month_{number}"),
            length=say_duration(length, turn.language),
        )
        times = geo.sun(place.at, number, place.timezone, self.now().year)
        if times is None:
            return said
        rises, sets = (say_time(time, turn.language) for time in times)
        return self.joined(turn, [said, turn.phrase("sun", rise=rises, set=sets)])
