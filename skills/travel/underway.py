"""Asking about noted trips: which there are, how long until one, and what is planned for a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list, say_ordinal

from . import atlas
from .guide import Guide
from .papers import Papers
from .plans import LONGEST
from .suitcase import company, days_of


class Underway(Papers):
    """Tells of trips and days."""

    @intent("trips")
    async def trips(self, turn: Turn) -> Answer:
        """The trips that are noted."""
        coming = self._coming()
        if not coming:
            return turn.phrase("no_trip")
        said = [
            turn.phrase(
                "trip_item",
                days=say_count(each["days"], turn.phrase("day_word"), turn.language),
                place=self.name_of(turn, each),
                when=self.when_of(turn, each),
            )
            for each in coming
        ]
        return turn.phrase("trips", trips=say_list(said, turn.language))

    @intent("countdown")
    async def countdown(self, turn: Turn, destination: str | None = None) -> Answer:
        """How long until a trip."""
        kept = self._trip_to(destination)
        if kept is None:
            return turn.phrase("no_trip")
        today, first = self.now().date(), self.first_day(kept)
        away = (first - today).days
        place = self.name_of(turn, kept)
        if away <= 0:
            return turn.phrase("under_way", place=place)
        count = say_count(away, turn.phrase("day_word"), turn.language)
        key = "countdown" if kept["day"] else "countdown_month"
        day = say_date(first, turn.language, today=today, full=True)
        month = turn.phrase(f"month_{kept['month']}")
        return turn.phrase(key, place=place, count=count, date=day, month=month)

    @intent("day_plan")
    async def day_plan(
        self,
        turn: Turn,
        number: float | None = None,
        date: date | None = None,
        ahead: str | None = None,
    ) -> Answer:
        """The plan of a day of the trip: of a date, of its third day, or of its first."""
        date = self.now().date() + timedelta(days=int(ahead)) if ahead else date
        kept = self.next_trip()
        if kept is None:
            return turn.phrase("no_trip")
        days = self.planned(turn, kept)
        first = self.first_day(kept)
        wanted = int(number) if number else (date - first).days + 1 if date else 1
        if date and kept["day"] is None:
            wanted = 1
        if not 1 <= wanted <= len(days):
            when = self.when_of(turn, kept)
            count = say_count(len(days), turn.phrase("day_word"), turn.language)
            return turn.phrase(
                "no_such_day", place=self.name_of(turn, kept), when=when, count=count
            )
        return turn.phrase(
            "day_of",
            place=self.name_of(turn, kept),
            day=say_ordinal(wanted, turn.language),
            text=self.day_said(turn, days[wanted - 1], wanted),
        )

    @intent("plan")
    async def plan(
        self,
        turn: Turn,
        destination: str | None = None,
        stay: timedelta | None = None,
        party: str | None = None,
        month: str | None = None,
    ) -> Answer:
        """Days in a place; the month is kept for what is asked next."""
        place = await self.town(turn, destination)
        self.month(month, place)
        kept = next((each for each in self._coming() if each["place"] == place.key), None)
        days = days_of(stay) or (kept["days"] if kept else 1)
        children = company(None, party)[1] or (kept["children"] if kept else 0)
        guide = Guide(place, turn.language)
        planned = self.days(guide, days, children=bool(children))
        said = [self.day_said(turn, day, number) for number, day in enumerate(planned, 1)]
        if days > len(planned):
            count = say_count(min(len(planned), LONGEST), turn.phrase("day_word"), turn.language)
            said.append(turn.phrase("plan_ends", count=count))
        said.append(turn.phrase("hours_unknown"))
        pages = "\n\n".join(said)
        return Reply(say=self.joined(turn, said), display=f"# {self.title(place, turn)}\n\n{pages}")

    # --- which trip ----------------------------------------------------------------------

    def _coming(self) -> list[dict[str, Any]]:
        """Trips that are not over, the next one first."""
        today = self.now().date()
        kept = [
            each for each in self.home.store.get("trips", []) if each["place"] in atlas.places()
        ]
        coming = [each for each in kept if self.last_day(each) >= today]
        return sorted(coming, key=self.first_day)

    def next_trip(self) -> dict[str, Any] | None:
        """The trip that comes next, or goes on."""
        return next(iter(self._coming()), None)

    def _trip_to(self, destination: str | None) -> dict[str, Any] | None:
        if destination is None:
            return self.next_trip()
        place = atlas.find(destination)
        coming = (each for each in self._coming() if place and each["place"] == place.key)
        return next(coming, None)
