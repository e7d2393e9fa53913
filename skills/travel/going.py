"""Trips that somebody makes: noted, changed, written down, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from voice_assistant import answers
from voice_assistant.skill import Answer, NeverMind, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count

from . import dossier
from .suitcase import STAY, company, days_of
from .underway import Underway


class Going(Underway):
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
