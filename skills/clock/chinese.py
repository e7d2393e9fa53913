"""The Chinese calendar: lunar days, animals, solar terms."""

from __future__ import annotations

from datetime import date

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import (
    say_date,
    say_ordinal,
    say_year,
)

from . import lunar
from .dates import Dates


class Chinese(Dates):
    """The part of `clock` that tells the Chinese calendar."""

    @intent("lunar")
    async def lunar(self, turn: Turn, date: date | None = None) -> Answer:
        """The date in the Chinese calendar."""
        today = self.now().date()
        self._day = date or today
        moon = lunar.lunar(date or today)
        return turn.phrase(
            "lunar",
            date=say_date(date or today, turn.language, today=today),
            chinese=moon.chinese,
            day=say_ordinal(moon.day, turn.language),
            month=say_ordinal(abs(moon.month), turn.language),
            leap=turn.phrase("leap") if moon.month < 0 else "",
            term=turn.phrase("and_term", term=moon.term) if moon.term else "",
        )

    @intent("zodiac")
    async def zodiac(self, turn: Turn, year: int | None = None) -> Answer:
        """The animal of a year."""
        today = self.now().date()
        day = today if year is None else today.replace(year=int(year), month=7, day=1)
        moon = lunar.lunar(day)
        animal = moon.animal if turn.language == "zh" else lunar.ANIMALS[moon.animal]
        return turn.phrase(
            "zodiac", animal=animal, name=moon.year, year=say_year(day.year, turn.language)
        )

    @intent("term")
    async def term(self, turn: Turn) -> Answer:
        """The solar term of now and the next."""
        moon = lunar.lunar(self.now().date())
        return turn.phrase(
            "term_today" if moon.term else "term",
            term=moon.term,
            following=moon.next_term,
            date=say_date(moon.next_term_date, turn.language, today=self.now(), full=True),
        )
