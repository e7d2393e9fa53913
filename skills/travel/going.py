"""Trips that somebody makes: kept, written down, counted down to, and read day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from voice_assistant import answers
from voice_assistant.skill import Answer, NeverMind, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list, say_ordinal

from . import atlas, dossier
from .guide import Guide
from .papers import Papers
from .plans import LONGEST
from .suitcase import STAY, company, days_of


class Going(Papers):
    """Keeps trips."""

    @intent("trip")
    async def trip(
        self,
        turn: Turn,
        destination: str | None = None,
        *,
        stay: timedelta | None = None,
        month: str | None = None,
        start: date | None = None,
        people: float | None = None,
        party: str | None = None,
        soon: str | None = None,
    ) -> Answer:
        """Note a trip and write its dossier."""
        place = await self.town(turn, destination)
        day = start if isinstance(start, date) else None
        number = day.month if day else self._ahead(int(soon)) if soon else None
        number = number or (self.month(month, place) if month else await self._asked_month(turn))
        days = days_of(stay) or await self._asked_days(turn)
        adults, children = company(people, party)
        year = day.year if day else self._year(number)
        kept = {
            "place": place.key,
            "month": number,
            "year": year,
            "day": day.isoformat() if day else None,
            "days": days,
            "people": adults + children,
            "children": children,
            "activities": [],
        }
        self.keep(place=place.key, month=number)
        return self._noted(turn, kept)

    def _noted(self, turn: Turn, kept: dict[str, Any]) -> Answer:
        before = self.home.store.get("trips", [])
        others = [each for each in before if each["place"] != kept["place"]]
        self.home.store.set("trips", [*others, kept])
        pages = self.dossier(turn, kept)
        path = dossier.write(pages, self.home.folder)

        async def undo() -> str:
            self.home.store.set("trips", before)
            return turn.phrase("trip_gone", place=self.name_of(turn, kept))

        receipt = Receipt(action="travel.trip", result={**kept, "path": str(path)}, undo=undo)
        said = turn.phrase(
            "trip",
            days=say_count(kept["days"], turn.phrase("day_word"), turn.language),
            place=self.name_of(turn, kept),
            when=self.when_of(turn, kept),
            file=path.stem,
            **self.climate_of(turn, self.stay_in(kept)),
        )
        return Reply(say=said, display=dossier.markdown(pages), receipts=(receipt,))

    async def _asked_month(self, turn: Turn) -> int:
        """The month; this one when nobody says."""

        def understand(text: str, language: str) -> int | None:
            names = {turn.phrase(f"month_{number}").lower(): number for number in range(12, 0, -1)}
            return next((names[name] for name in names if name in text.lower()), None)

        try:
            return await turn.ask(turn.phrase("which_month"), understand)
        except NeverMind:
            return self.now().month

    async def _asked_days(self, turn: Turn) -> int:
        def understand(text: str, language: str) -> int | None:
            stay = answers.duration(text, language)
            number = days_of(stay) or answers.number(text, language)
            return int(number) if number else None

        try:
            return await turn.ask(turn.phrase("how_long"), understand)
        except NeverMind:
            return STAY

    def _ahead(self, months: int) -> int:
        return (self.now().month - 1 + months) % 12 + 1

    def _year(self, month: int) -> int:
        """The year of the next such month."""
        today = self.now().date()
        return today.year + (month < today.month)

    @intent("leave")
    async def leave(self, turn: Turn, start: date | None = None) -> Answer:
        """The day of leaving, for the next trip."""
        kept = self.next_trip()
        if kept is None:
            return turn.phrase("no_trip")
        asked = answers.date(self.now)
        day: date = start if start else await turn.ask(turn.phrase("which_day"), asked)
        changed = {**kept, "day": day.isoformat(), "month": day.month, "year": day.year}
        return self._noted(turn, changed)

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

    @intent("forget_trip")
    async def forget_trip(self, turn: Turn, destination: str | None = None) -> Answer:
        """A trip is off."""
        kept = self._trip_to(destination)
        if kept is None:
            return turn.phrase("no_trip")
        before = self.home.store.get("trips", [])
        self.home.store.set("trips", [each for each in before if each != kept])

        async def undo() -> str:
            self.home.store.set("trips", before)
            return turn.phrase("trip_back", place=self.name_of(turn, kept))

        receipt = Receipt(action="travel.forget", result=kept, undo=undo)
        said = turn.phrase("trip_gone", place=self.name_of(turn, kept))
        return Reply(say=said, receipts=(receipt,))

    @intent("write_down")
    async def write_down(self, turn: Turn, destination: str | None = None) -> Answer:
        """The dossier once more, as things are now."""
        kept = self._trip_to(destination)
        if kept is None:
            return turn.phrase("no_trip")
        pages = self.dossier(turn, kept)
        path = dossier.write(pages, self.home.folder)
        receipt = Receipt(action="travel.write", result={"path": str(path)})
        said = turn.phrase("written", file=path.stem)
        return Reply(say=said, display=dossier.markdown(pages), receipts=(receipt,))

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
