"""How old people are: kept as the year they were born in, so that it stays true."""

from __future__ import annotations

from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_number, say_year

from .parents import GROWN, Parents
from .people import PRONOUNS, Person, age, age_by, born_by, named, written

OLDEST = 120
"""Years; what is more is a year of birth."""


class Ages(Parents):
    """The part of `profiles` that is about age."""

    @intent("age")
    @intent("age_of")
    async def age(self, turn: Turn, person: str | None = None, number: float = 0) -> Answer:
        """Somebody tells how old they, or another, are."""
        known = await self._introduced(turn, person)
        known.born = born_by(int(number), known, self.now().date())
        return self._noted(turn, known)

    @intent("born")
    async def born(
        self, turn: Turn, person: str | None = None, number: float = 0, relation: str = ""
    ) -> Answer:
        """The year somebody was born in; "ninety nine" is one too."""
        known = await self._introduced(turn, person or relation)
        year = int(number)
        this = self.now().year
        if year < 100:
            year += this // 100 * 100 if year <= this % 100 else (this // 100 - 1) * 100
        if not this - OLDEST <= year <= this:
            return turn.phrase("no_year")
        known.born = year
        return self._noted(turn, known)

    @intent("how_old")
    @intent("how_old_they")
    async def how_old(self, turn: Turn, person: str | None = None) -> Answer:
        """How old somebody is, as far as that was told."""
        known = self._meant(person)
        if known is None:
            return self._nobody(turn, person)
        years = age(known, self.now().date())
        if years is None:
            return turn.phrase("no_age", name=known.name)
        said = say_number(years, turn.language)
        return turn.phrase("is_old", name=known.name, years=said)

    def _noted(self, turn: Turn, known: Person) -> Reply:
        """Keep a person with its year of birth, who is a child by that or is not."""
        today = self.now().date()
        years = age_by(known, today)
        known.child = known.child or years < GROWN
        self.people.keep(known)
        said = turn.phrase(
            "is_born",
            name=known.name,
            year=say_year(known.born, turn.language),
            years=say_number(years, turn.language),
        )
        receipt = Receipt(action="profiles.born", result={"name": known.name, "year": known.born})
        return Reply(say=said, receipts=(receipt,))

    async def _introduced(self, turn: Turn, person: str | None) -> Person:
        """The person that is meant; one who is not known yet is asked for the name."""
        if known := self._meant(person):
            return known
        asked = "" if person else await turn.ask(turn.phrase("your_name"), named)
        name = written(person or asked)
        known = self.people.find(name) or Person(name=name)
        if person is None and not self.children.speaking():
            self.people.speaks(known)
        return known

    def _meant(self, person: str | None) -> Person | None:
        return self.people.find(written(person)) if person else self.people.speaking

    def _nobody(self, turn: Turn, person: str | None) -> str:
        """What to say where nobody is known who could be meant: what the chat was told of them, if
        it was."""
        told = self.home.services.get("told")
        if told and (facts := told(turn)):
            return turn.phrase("told", facts="; ".join(facts))
        if not person:
            return turn.phrase("who_are_you")
        if person in PRONOUNS:
            return turn.phrase("whom")
        return turn.phrase("unknown", name=written(person))
