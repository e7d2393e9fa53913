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

WEEKEND = 2
"""Days of a weekend."""


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

    @intent("leaving")
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
        said = days_of(stay) or (WEEKEND if self._is_weekend(turn) else 0)
        days = said or (kept["days"] if kept else 1)
        children = company(None, party)[1] or (kept["children"] if kept else 0)
        return self._planned_for(turn, Guide(place, turn.language), days, children=bool(children))

    def _is_weekend(self, turn: Turn) -> bool:
        return turn.phrase("weekend") in turn.asked.lower()

    def _planned_for(self, turn: Turn, guide: Guide, days: int, *, children: bool) -> Answer:
        planned = self.days(guide, days, children=children)
        self.keep(plan={"days": days, "children": children})
        said = [self.day_said(turn, day, number) for number, day in enumerate(planned, 1)]
        if days > len(planned):
            count = say_count(min(len(planned), LONGEST), turn.phrase("day_word"), turn.language)
            said.append(turn.phrase("plan_ends", count=count))
        said.append(turn.phrase("hours_unknown"))
        title, pages = self.title(guide.place, turn), "\n\n".join(said)
        return Reply(say=self.joined(turn, said), display=f"# {title}\n\n{pages}")

    @intent("plan_again")
    async def plan_again(
        self,
        turn: Turn,
        stay: timedelta | None = None,
        party: str | None = None,
        number: float | None = None,
    ) -> Answer:
        """The same plan for other days or people, or only its second day; after a packing list it
        is that list, and with children after anything else it is what is good for them."""
        asked = self.asked(turn)
        if stay and self.awaited_trip(turn):
            return await self.trip_when(turn, stay=stay)
        if asked in ("pack", "pack_more"):
            return await self.pack_more(turn, stay=stay, party=party)
        if party and not asked.startswith("plan") and company(None, party)[1]:
            return await self.children(turn)
        kept = self.talk().get("plan") or {"days": 1, "children": False}
        guide = await self.guide(turn, None)
        days, children = days_of(stay) or kept["days"], kept["children"] or bool(party)
        if number is None:
            return self._planned_for(turn, guide, days, children=children)
        wanted = int(number)
        planned = self.days(guide, max(days, wanted), children=children)
        if not 1 <= wanted <= len(planned):
            count = say_count(len(planned), turn.phrase("day_word"), turn.language)
            return turn.phrase("plan_ends", count=count)
        return self.day_said(turn, planned[wanted - 1], wanted)

    async def children(self, turn: Turn, destination: str | None = None) -> Answer:
        """With children; see Telling."""
        raise NotImplementedError

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
