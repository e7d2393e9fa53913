"""Trips that somebody makes: noted, changed, written down, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from voice_assistant import answers
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count

from . import atlas, dossier
from .atlas import Place
from .suitcase import company, days_of
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
        """Note a trip and write its dossier, as soon as its month and its days are known; of a
        whole country without either, what there is to know of it."""
        when = stay or month or start or soon
        if not when and not isinstance(await self.where(turn, destination), Place):
            return await self.tips(turn, destination)
        place = await self.town(turn, destination)
        day = start if isinstance(start, date) else None
        adults, children = company(people, party)
        kept: dict[str, Any] = {
            "place": place.key,
            "month": self._month_of(day, soon, month, place),
            "day": day.isoformat() if day else None,
            "days": days_of(stay),
            "people": adults + children,
            "children": children,
            "activities": [],
        }
        return self._noted_or_asked(turn, kept)

    async def tips(self, turn: Turn, destination: str | None = None) -> Answer:
        """What there is to know of a place or a country; see Telling."""
        raise NotImplementedError

    def _month_of(
        self, day: date | None, soon: str | None, month: str | None, place: Place
    ) -> int | None:
        if day or soon:
            return day.month if day else self._ahead(int(soon or 0))
        return self.month(month, place) if month else None

    @intent("trip_when")
    async def trip_when(
        self,
        turn: Turn,
        *,
        month: str | None = None,
        stay: timedelta | None = None,
        start: date | None = None,
        soon: str | None = None,
    ) -> Answer:
        """When a trip is that was told of, and for how long."""
        going = self.awaited_trip(turn)
        if going is None:
            if month:
                return await self.another_month(turn, month)
            return await self.plan_again(turn, stay)
        day = start if isinstance(start, date) else None
        number = self._month_of(day, soon, month, atlas.places()[going["place"]])
        more = {"month": number, "day": day and day.isoformat(), "days": days_of(stay)}
        return self._noted_or_asked(turn, going | {key: v for key, v in more.items() if v})

    async def another_month(self, turn: Turn, month: str) -> Answer:
        """The question before about another month; see Onward."""
        raise NotImplementedError

    def _noted_or_asked(self, turn: Turn, kept: dict[str, Any]) -> Answer:
        """The trip, noted; or what is missing, asked for without insisting: whoever rather asks
        what there is to see is answered that."""
        self.keep(place=kept["place"], going=kept)
        if kept["month"]:  # talked of, though the days stay unsaid: "what should I pack?"
            self.keep(month=kept["month"])
        if missing := [key for key in ("month", "days") if not kept[key]]:
            key = "which_trip" if len(missing) == 2 else f"which_{missing[0]}"
            return turn.phrase(key, place=self.name_of(turn, kept))
        self.keep(month=kept["month"], going=None)
        day = kept["day"]
        year = date.fromisoformat(day).year if day else self._year(kept["month"])
        return self._noted(turn, {**kept, "year": year})

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

    @intent("write_it")
    async def write_it(self, turn: Turn) -> Answer:
        """What was just planned or told of a place, with all there is to know of it."""
        place = await self.town(turn, None)
        trip = self.next_trip()
        if trip and trip["place"] == place.key:
            return await self.write_down(turn)
        plan = self.talk().get("plan") or {}
        month = self.month(None)
        kept = self.suitcase(place, str(month), None) | {"day": None, "year": self._year(month)}
        kept |= {"days": plan.get("days", kept["days"]), "children": int(plan.get("children", 0))}
        return self._written(turn, kept)

    @intent("write_down")
    async def write_down(self, turn: Turn, destination: str | None = None) -> Answer:
        """The dossier once more, as things are now."""
        kept = self._trip_to(destination)
        return self._written(turn, kept) if kept else turn.phrase("no_trip")

    def _written(self, turn: Turn, kept: dict[str, Any]) -> Answer:
        pages = self.dossier(turn, kept)
        path = dossier.write(pages, self.home.folder)
        receipt = Receipt(action="travel.write", result={"path": str(path)})
        said = turn.phrase("written", file=path.stem)
        return Reply(say=said, display=dossier.markdown(pages), receipts=(receipt,))
