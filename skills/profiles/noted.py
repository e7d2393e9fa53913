"""What people cannot eat, what they love and when they were born: kept for other skills."""

from __future__ import annotations

from datetime import date

from voice_assistant import answers
from voice_assistant.allergies import SOMEBODY, Allergies
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Home, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list, say_year

from .ages import Ages
from .people import PRONOUNS, Person, birthday, written


class Noted(Ages):
    """The part of `profiles` that is about what is noted of people."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.allergies = Allergies(home.store.database)

    @intent("allergy")
    @intent("allergy_of")
    async def allergy(
        self, turn: Turn, food: str | None = None, person: str | None = None, relation: str = ""
    ) -> Answer:
        """Something a person must not eat. Noted at once, also where nobody said who they are: a
        question that is not answered must not lose it."""
        food = food or str(await turn.ask(turn.phrase("which_food")))
        return await self._bar(turn, food, person, "noted_allergies")

    @intent("eats_no")
    async def eats_no(self, turn: Turn, food: str, person: str | None = None) -> Answer:
        """Something a person does not eat, for whatever reason: the kitchen leaves it out."""
        return await self._bar(turn, food, person, "noted_eats_no")

    async def _bar(self, turn: Turn, food: str, person: str | None, noted: str) -> Answer:
        """Keep a food from a person, and tell it with a phrase."""
        known = await self._introduced(turn, person) if person else self._meant(person)
        if known:
            self.people.keep(known)
        owner = known.name if known else SOMEBODY
        name = owner or turn.phrase("somebody")
        self.allergies.add(owner, [food])

        async def undo() -> str:
            self.allergies.remove(owner, [food])
            return turn.phrase("removed", name=name, what=food)

        receipt = Receipt(action="profiles.allergies", result={"added": food}, undo=undo)
        return Reply(say=turn.phrase(noted, name=name, what=food), receipts=(receipt,))

    @intent("no_allergy")
    async def no_allergy(
        self, turn: Turn, food: str | None = None, person: str | None = None
    ) -> Answer:
        """Something a person may eat after all; asked once more, for it may do harm."""
        food = food or str(await turn.ask(turn.phrase("which_food")))
        known = self._meant(person)
        owner = known.name if known else SOMEBODY
        noted = [each for each in self.allergies.of(owner) if food in each or each in food]
        if not noted:
            return turn.phrase("not_noted", what=food)
        name, what = owner or turn.phrase("somebody"), say_list(noted, turn.language)
        if not await turn.ask(turn.phrase("sure_allergy", name=name, what=what), answers.yes_no):
            return turn.phrase("kept")
        self.allergies.remove(owner, noted)
        receipt = Receipt(action="profiles.allergy", result={"removed": noted})
        return Reply(say=turn.phrase("removed", name=name, what=what), receipts=(receipt,))

    @intent("favourite")
    @intent("favourite_of")
    async def favourite(
        self, turn: Turn, thing: str | None = None, person: str | None = None
    ) -> Answer:
        """Something a person loves; where nothing was named, what is known of it."""
        if thing is None:
            return await self.about(turn, person)
        known = await self._introduced(turn, person)
        before = list(known.favourites)
        known.favourites = list(dict.fromkeys([*before, thing]))
        self.people.keep(known)

        async def undo() -> str:
            known.favourites = before
            self.people.keep(known)
            return turn.phrase("removed", name=known.name, what=thing)

        receipt = Receipt(action="profiles.favourites", result={"added": thing}, undo=undo)
        return Reply(
            say=turn.phrase("noted_favourites", name=known.name, what=thing), receipts=(receipt,)
        )

    @intent("birthday")
    async def birthday(
        self, turn: Turn, date: date | None = None, person: str | None = None
    ) -> Answer:
        """When a person was born; where no day was named, what is known of it."""
        if date is None:
            return await self.when_birthday(turn, person)
        known = self._meant(person) or (Person(name=written(person)) if person else None)
        if known is None:
            return turn.phrase("who_are_you")
        known.birthday = date.isoformat()
        self.people.keep(known)
        said = turn.phrase(
            "birthday", name=known.name, date=say_date(date, turn.language, full=True)
        )
        return Reply(say=said, receipts=(self._receipt(turn, "birthday", known),))

    @intent("when_birthday")
    async def when_birthday(self, turn: Turn, person: str | None = None) -> Answer:
        """A person's next birthday."""
        known = self._meant(person)
        today = self.now().date()
        day = birthday(known, today) if known else None
        if known is not None and day is None and known.born:
            year = say_year(known.born, turn.language)
            return turn.phrase("born_in", name=known.name, year=year)
        if known is None and (not person or person in PRONOUNS):
            return self._nobody(turn, person)
        if known is None or day is None:
            return turn.phrase("no_birthday", name=known.name if known else written(person or ""))
        left = say_count((day - today).days, turn.phrase("day_word"), turn.language)
        date = say_date(day, turn.language, today=today, full=True)
        return turn.phrase("birthday_in", name=known.name, date=date, left=left)

    @intent("about")
    @intent("about_them")
    async def about(self, turn: Turn, person: str | None = None) -> Answer:
        """What is known of a person; of whoever asks, also what they asked to be remembered."""
        known = self._meant(person)
        if known is None and person:
            return self._nobody(turn, person)
        facts = self._facts(turn, known) if known else []
        if person is None:
            facts += self._unsaid(turn)
        if facts:
            return " ".join(facts) if turn.language == "en" else "".join(facts)
        return (
            turn.phrase("nothing_noted", name=known.name) if known else turn.phrase("who_are_you")
        )

    @intent("who_allergic")
    async def who_allergic(self, turn: Turn, food: str) -> Answer:
        """Whose allergies to a food are noted."""
        asked, told = food.lower(), []
        for person, foods in self.allergies.everybody().items():
            what = [each for each in foods if asked in each.lower() or each.lower() in asked]
            if what:
                key = "house_allergies" if person == SOMEBODY else "is_allergic"
                told.append(turn.phrase(key, name=person, what=say_list(what, turn.language)))
        return joined(told, turn.language) or turn.phrase("nobody_allergic")

    def _facts(self, turn: Turn, known: Person) -> list[str]:
        """What is noted of a person, a sentence each."""
        noted = {"is_allergic": self.allergies.of(known.name), "loves": known.favourites}
        if day := birthday(known, self.now().date()):
            noted["has_birthday"] = [say_date(day, turn.language)]
        return [
            turn.phrase(key, name=known.name, what=say_list(things, turn.language))
            for key, things in noted.items()
            if things
        ]

    def _unsaid(self, turn: Turn) -> list[str]:
        """What nobody in particular told: allergies of somebody here, and remembered facts."""
        memories = self.home.services.get("memories")
        noted = {
            "house_allergies": self.allergies.of(SOMEBODY),
            "remembered": memories(turn.language) if memories else [],
        }
        return [
            turn.phrase(key, what=say_list(things, turn.language))
            for key, things in noted.items()
            if things
        ]

    def _receipt(self, turn: Turn, verb: str, person: Person) -> Receipt:
        async def undo() -> str:
            self.people.forget(person)
            return turn.phrase("forgotten", name=person.name)

        new = verb in ("i_am", "add")
        return Receipt(
            action=f"profiles.{verb}", result={"name": person.name}, undo=undo if new else None
        )
