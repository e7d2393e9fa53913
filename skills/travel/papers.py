"""What a trip's dossier holds, and how a planned day is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from voice_assistant.skill import Turn
from voice_assistant.speaking import say_date, say_list, say_number

from . import atlas, countries, phrasebook, plans
from .atlas import Place
from .dossier import Dossier, Section
from .guide import Guide, Note, Sight
from .needing import Needing
from .packing import Stay, packing
from .plans import Day
from .suitcase import stay_of

USEFUL = 14
"""Phrases in a dossier: the first of the phrasebook."""


class Papers(Needing):
    """Makes a trip's pages."""

    # --- the trip ------------------------------------------------------------------------

    def first_day(self, kept: dict[str, Any]) -> date:
        """The day of leaving, or the first of the month."""
        said = kept["day"]
        return date.fromisoformat(said) if said else date(kept["year"], kept["month"], 1)

    def last_day(self, kept: dict[str, Any]) -> date:
        """The day of coming home, or the last of the month."""
        if kept["day"]:
            return self.first_day(kept) + timedelta(days=kept["days"] - 1)
        following = self.first_day(kept) + timedelta(days=31)
        return following.replace(day=1) - timedelta(days=1)

    def stay_in(self, kept: dict[str, Any]) -> Stay:
        """The trip as the packing list sees it."""
        return stay_of(kept)

    def name_of(self, turn: Turn, kept: dict[str, Any]) -> str:
        """Where it goes."""
        return atlas.places()[kept["place"]].name(turn.language)

    def when_of(self, turn: Turn, kept: dict[str, Any]) -> str:
        """When it begins, as it is said: a day or a month."""
        if kept["day"]:
            today = self.now().date()
            said = say_date(self.first_day(kept), turn.language, today=today, full=True)
            return turn.phrase("from_day", date=said)
        return turn.phrase("in_month", month=turn.phrase(f"month_{kept['month']}"))

    def title(self, place: Place, turn: Turn) -> str:
        """The heading of a page about a place."""
        return place.name(turn.language)

    # --- days ----------------------------------------------------------------------------

    def days(self, guide: Guide, count: int, *, children: bool = False) -> Sequence[Day]:
        """Planned days."""
        return plans.plan(guide, count, children=children)

    def planned(self, turn: Turn, kept: dict[str, Any]) -> Sequence[Day]:
        """The days of a trip."""
        guide = Guide(atlas.places()[kept["place"]], turn.language)
        return self.days(guide, kept["days"], children=bool(kept["children"]))

    def day_said(self, turn: Turn, day: Day, number: int) -> str:
        """A day as it is told."""
        meal = turn.phrase("meal", dish=day.meal.name) if day.meal else ""
        wet = turn.phrase("if_wet", sight=day.wet.name) if day.wet else ""
        count = say_number(number, turn.language)
        if day.trip:
            out = turn.phrase("outing", number=count, trip=day.trip.name, text=day.trip.text)
            return self.joined(turn, [out, meal, wet])
        parts = [
            turn.phrase(
                "day", number=count, quarters=say_list(day.quarters, turn.language),
                sights=self._names(turn, day.morning),
            ),
            meal,
        ]  # fmt: skip
        for key, sights in (("afternoon", day.afternoon), ("evening", day.evening)):
            if sights:
                parts.append(turn.phrase(key, sights=self._names(turn, sights)))
        return self.joined(turn, [*parts, wet])

    def _names(self, turn: Turn, sights: Sequence[Sight]) -> str:
        return say_list([sight.name for sight in sights], turn.language)

    # --- the dossier ---------------------------------------------------------------------

    def dossier(self, turn: Turn, kept: dict[str, Any]) -> Dossier:
        """All pages of a trip."""
        stay = self.stay_in(kept)
        guide = Guide(stay.place, turn.language)
        month = turn.phrase(f"month_{stay.month}")
        title = turn.phrase(
            "title",
            place=self.title(stay.place, turn),
            month=month,
            number=stay.month,
            year=kept["year"],
        )
        return Dossier(
            title=title,
            language=turn.language,
            line=turn.phrase("climate_line", month=month, **self.climate_of(turn, stay)),
            sections=(
                self._facts(turn, stay.place),
                self._plan(turn, kept),
                self._list(turn, stay, kept),
                self._sights(turn, guide),
                self._phrases(turn, stay.place),
                self._warning(turn, guide),
            ),
        )

    def _facts(self, turn: Turn, place: Place) -> Section:
        country, guide = countries.countries()[place.country], Guide(place, turn.language)
        numbers = [
            f"{turn.phrase(f'help_{who}')} {number}" for who, number in country.emergency.items()
        ]
        points = {
            "best": guide.text("best"),
            "arrive": guide.text("arrive"),
            "around": guide.text("around"),
            "money": countries.currency(country.currency, turn.language),
            "plug": f"{say_list(country.plugs, turn.language)}, {country.volts} V",
            "drives": turn.phrase(country.drives),
            "emergency": say_list(numbers, turn.language),
            "tongues": say_list(countries.tongues(country.languages, turn.language), turn.language),
            "manners": guide.text("manners"),
        }
        return Section(
            title=turn.phrase("page_facts"),
            points=[(turn.phrase(f"page_{key}"), text) for key, text in points.items()],
        )

    def _plan(self, turn: Turn, kept: dict[str, Any]) -> Section:
        today, points = self.now().date(), []
        for number, day in enumerate(self.planned(turn, kept), 1):
            date = self.first_day(kept) + timedelta(days=number - 1)
            name = say_date(date, turn.language, today=today, full=True) if kept["day"] else ""
            points.append((name, self.day_said(turn, day, number)))
        unknown = turn.phrase("hours_unknown")
        return Section(title=turn.phrase("page_plan"), text=(unknown,), points=points)

    def _list(self, turn: Turn, stay: Stay, kept: dict[str, Any]) -> Section:
        suitcase = self.home.store.get("suitcase") or {}
        done = suitcase.get("done", []) if suitcase.get("place") == kept["place"] else []
        points, ticked = [], []
        for group, items in groupby(packing(stay), key=lambda item: item.group):
            for item in items:
                points.append((turn.phrase(f"group_{group}"), self.thing(turn, item)))
                ticked.append(item.key in done)
        return Section(title=turn.phrase("page_pack"), points=points, ticked=ticked)

    def _sights(self, turn: Turn, guide: Guide) -> Section:
        notes: list[Sight | Note] = [*guide.sights, *guide.trips, *guide.food]
        points = [(note.name, note.text) for note in notes]
        return Section(title=turn.phrase("page_sights"), points=points)

    def _phrases(self, turn: Turn, place: Place) -> Section:
        tongue = phrasebook.tongue_of(countries.countries()[place.country].languages)
        points = []
        if tongue and tongue != turn.language:
            for phrase in phrasebook.useful(tongue, USEFUL):
                said = " · ".join(filter(None, (phrase.said, phrase.roman)))
                points.append((phrase.called[turn.language][0], said))
        return Section(title=turn.phrase("page_phrases"), points=points)

    def _warning(self, turn: Turn, guide: Guide) -> Section:
        check = turn.phrase("check_official", date=self.checked(turn))
        texts = (guide.text("safety"), guide.text("scams"), check)
        return Section(title=turn.phrase("page_careful"), text=texts)
