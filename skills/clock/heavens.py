"""The sun and the moon."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import (
    say_date,
    say_duration,
    say_time,
)

from . import places, sky
from .places import Place

NEARLY = timedelta(days=2)
"""So near to it the moon already looks full; when it is, is the better answer."""

_SUN = frozenset({"sunrise", "sunset", "daylight", "sunrise_it", "sunset_it"})


class Heavens(Skill):
    """The part of `clock` that tells of the sun and the moon."""

    _place: str | None = None
    """Where the sun was asked for last; None at home."""

    @intent("sunrise")
    @intent("sunrise_it")
    async def sunrise(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """When the sun rises."""
        return self._sun(turn, place, date, "sunrise")

    @intent("sunset")
    @intent("sunset_it")
    async def sunset(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """When the sun sets."""
        return self._sun(turn, place, date, "sunset")

    @intent("daylight")
    async def daylight(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """How long it is light."""
        return self._sun(turn, place, date, "daylight")

    def _sun(self, turn: Turn, place: str | None, date: date | None, what: str) -> str:
        before = turn.session.context
        if place is None and before is not None and before.route.intent in _SUN:
            place = self._place  # "sunset in Paris" - "and sunrise?"
        self._place = place
        found = places.find(place) if place else self._home()
        if found is None:
            return turn.phrase("unknown_place" if place else "no_home", place=place)
        now = self.now()
        day = date or now.astimezone(found.zone).date()
        times = sky.rise_and_set(found.latitude, found.longitude, day, found.zone)
        if times is None:
            return turn.phrase("no_sun", place=found.called(turn.language))
        moment = times[what == "sunset"]
        tense = "_past" if moment < now and what != "daylight" else ""
        return turn.phrase(
            what + tense,
            place=found.called(turn.language),
            date=say_date(day, turn.language, today=now.astimezone(found.zone)),
            time=say_time(moment, turn.language),
            length=say_duration(
                timedelta(minutes=round((times[1] - times[0]).total_seconds() / 60)), turn.language
            ),
        )

    def _home(self) -> Place | None:
        home = self.home.place
        city = places.find(str(home.get("city") or ""))
        if home.get("latitude") is None or home.get("longitude") is None:
            return city
        zone = city.zone if city else self.now().tzinfo or UTC
        return Place(
            name=str(home.get("city") or "home"),
            chinese=city.chinese if city else str(home.get("city") or "家"),
            country=str(home.get("country") or "-"),
            zone=zone,
            latitude=float(home["latitude"]),
            longitude=float(home["longitude"]),
        )

    @intent("moon")
    async def moon(self, turn: Turn, date: date | None = None) -> Answer:
        """The phase of the moon."""
        today = self.now().date()
        full, phase = sky.next_phase("full", today), sky.phase(date or today)
        if phase == "full" and full - (date or today) <= NEARLY:
            return await self.next_moon(turn)
        return turn.phrase(
            "moon",
            phase=turn.phrase("moon_" + phase),
            full=say_date(full, turn.language, today=today),
        )

    @intent("next_moon")
    async def next_moon(self, turn: Turn, phase: str = "full") -> Answer:
        """When the moon is full or new next."""
        today = self.now().date()
        day = sky.next_phase(phase, today)
        return turn.phrase(
            "next_moon",
            phase=turn.phrase("moon_" + phase),
            date=say_date(day, turn.language, today=today, full=True),
        )
