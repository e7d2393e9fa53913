"""What holds in the country: plugs, money, tips, numbers for help, the road, languages, holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_date, say_list, say_number

from . import countries
from .asking import Asking
from .atlas import Place
from .countries import Country
from .naming import Where

COSTS = 2
"""Places of a country whose cost is told."""

HOLIDAYS = 4
"""Public holidays that are told at a time."""


class Facts(Asking):
    """Sentences made of a country's entry."""

    @intent("plug")
    async def plug(
        self,
        turn: Turn,
        destination: str | None = None,
        *,
        other: str | None = None,
        maker: str | None = None,
    ) -> Answer:
        """Plugs and voltage, and whether those from elsewhere fit: of a country that is named or,
        by its adjective, is their `maker`; else from home."""
        where = await self.where(turn, destination)
        country = self.country_of(where)
        said = turn.phrase(
            "plug",
            place=where.name(turn.language),
            plugs=say_list(country.plugs, turn.language),
            volts=say_number(country.volts, turn.language),
        )
        key = maker or str(self.home.place.get("country") or "")
        known = countries.countries().get(key) if other is None else self.country_named(other)
        if known is None or known.key == country.key:
            return said
        fits = set(known.plugs) <= set(country.plugs)
        if maker is None and other is None:
            return self.joined(turn, [said, turn.phrase("plug_fits" if fits else "plug_adapter")])
        told = turn.phrase(
            "plug_from_fits" if fits else "plug_from_not", other=known.name(turn.language)
        )
        return self.joined(turn, [told, said])

    @intent("costs")
    async def costs(self, turn: Turn, destination: str | None = None) -> Answer:
        """How dear a place is, of four grades; of a country, only what one pays with."""
        where = await self.where(turn, destination)
        place, money = where.name(turn.language), self.country_of(where).currency
        pay = turn.phrase("costs_pay", currency=countries.currency(money, turn.language))
        if isinstance(where, Place):
            grade = turn.phrase(f"costs_{where.cost}", place=place)
            return self.joined(turn, [grade, pay, turn.phrase("costs_no_figures")])
        inside = [self._cost_of(turn, each) for each in countries.inside(where)[:COSTS]]
        return self.joined(turn, [turn.phrase("costs_unknown", place=place), *inside, pay])

    def _cost_of(self, turn: Turn, place: Place) -> str:
        return turn.phrase(f"costs_{place.cost}", place=place.name(turn.language))

    @intent("money")
    async def money(self, turn: Turn, destination: str | None = None) -> Answer:
        """The currency, and the tip; of cards and cash, where one asks, that nothing is known."""
        where = await self.where(turn, destination)
        country = self.country_of(where)
        means = any(word in turn.asked.lower() for word in turn.phrase("paying").split())
        said = turn.phrase(
            "money",
            place=where.name(turn.language),
            currency=countries.currency(country.currency, turn.language),
            tip="" if means else self._tip(turn, country),
        )
        return self.joined(turn, [said.strip(), turn.phrase("paying_unknown") if means else ""])

    @intent("tip")
    async def tip(self, turn: Turn, destination: str | None = None, **slots: object) -> Answer:
        """How much to tip."""
        where = await self.where(turn, destination)
        said = self._tip(turn, self.country_of(where))
        return turn.phrase("about", place=where.name(turn.language), text=said)

    def _tip(self, turn: Turn, country: Country) -> str:
        if country.tip == "0":
            return turn.phrase("no_tip")
        low, _, high = country.tip.partition("-")
        least = say_number(int(low), turn.language)
        if not high:
            return turn.phrase("tip", share=least)
        most = say_number(int(high), turn.language)
        if low == "0":
            return turn.phrase("tip_up_to", share=most)
        return turn.phrase("tip", share=turn.phrase("between", low=least, high=most))

    @intent("emergency")
    async def emergency(self, turn: Turn, destination: str | None = None) -> Answer:
        """The numbers to call."""
        where = await self.where(turn, destination)
        numbers = self.country_of(where).emergency
        one = self.country_of(where).help
        place = where.name(turn.language)
        if not numbers:
            return turn.phrase("no_number", place=place, date=self.checked(turn))
        if one and len(numbers) > 1:
            return turn.phrase("emergency", place=place, number=self._dialled(turn, one))
        parts = [
            turn.phrase(f"call_{who}", number=self._dialled(turn, number))
            for who, number in numbers.items()
        ]
        said = say_list(parts, turn.language)
        return turn.phrase("emergency_each", place=place, numbers=said)

    def _dialled(self, turn: Turn, number: str) -> str:
        """A number as it is dialled: digit by digit."""
        return " ".join(number) if turn.language == "en" else number

    @intent("drives")
    async def drives(self, turn: Turn, destination: str | None = None) -> Answer:
        """The side of the road."""
        where = await self.where(turn, destination)
        side = turn.phrase(self.country_of(where).drives)
        return turn.phrase("drives", place=where.name(turn.language), side=side)

    @intent("tongues")
    async def tongues(self, turn: Turn, destination: str | None = None) -> Answer:
        """The languages; of English, where it is not one of them, that nothing is known."""
        where = await self.where(turn, destination)
        languages = self.country_of(where).languages
        said = turn.phrase(
            "tongues",
            place=where.name(turn.language),
            languages=say_list(countries.tongues(languages, turn.language), turn.language),
        )
        english = turn.phrase("english") in turn.asked.lower() and "en" not in languages
        return self.joined(turn, [said, turn.phrase("english_unknown") if english else ""])

    @intent("manners")
    async def manners(
        self, turn: Turn, destination: str | None = None, custom: str | None = None
    ) -> Answer:
        """What is polite: in the place, and in its country; also where one `custom` is asked about,
        as nothing is known of each."""
        where = await self.where(turn, destination)
        parts = [self.country_of(where).manners[turn.language]]
        if isinstance(where, Place):
            guide = await self.guide(turn, destination)
            parts.insert(0, guide.text("manners"))
        text = self.joined(turn, parts)
        return turn.phrase("about", place=where.name(turn.language), text=text)

    @intent("holidays")
    async def holidays(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """The next public holidays there, or those of a month."""
        where = await self.where(turn, destination)
        today = self.now().date()
        free = public_holidays(self.country_of(where).key, today.year, turn.language)
        if not free:
            return turn.phrase("holidays_unknown", place=where.name(turn.language))
        coming = {day: name for day, name in sorted(free.items()) if day >= today}
        if month is not None:
            number = self.month(month)
            coming = {day: name for day, name in coming.items() if day.month == number}
        if not coming:
            said = turn.phrase(f"month_{self.month(month)}")
            return turn.phrase("no_holidays", place=where.name(turn.language), month=said)
        return self._told_days(turn, where, dict(list(coming.items())[:HOLIDAYS]), today)

    def _told_days(self, turn: Turn, where: Where, days: Mapping[date, str], today: date) -> str:
        said = [
            turn.phrase(
                "holiday",
                name=name,
                date=say_date(day, turn.language, today=today, full=True),
            )
            for day, name in days.items()
        ]
        place = where.name(turn.language)
        return turn.phrase("holidays", place=place, days=say_list(said, turn.language))


def public_holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """The public holidays of this year and the next; none where the package does not know them."""
    from holidays import country_holidays

    tongue = {"zh": "zh_CN"}.get(language, "en_US")
    try:
        days = country_holidays(country, years=(year, year + 1), language=tongue)
    except NotImplementedError:
        return {}
    return {day: _in_chinese(name) if language == "zh" else name for day, name in days.items()}


@cache
def _chinese_names() -> Mapping[str, str]:
    names: Mapping[str, str] = countries.load("holidays")
    return names


def _in_chinese(name: str) -> str:
    """The name of a holiday, where the package has it in English only: of most countries."""
    bare, _, note = name.partition(" (")
    note = {"estimated)": "（估计）", "observed)": "（补假）"}.get(note, "")
    known = _chinese_names().get(bare)
    return f"{known}{note}" if known else name
