"""People introduce themselves; what they cannot eat and what they love is kept for other skills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from voice_assistant import answers
from voice_assistant.allergies import SOMEBODY, Allergies
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Home, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_date, say_list, say_year

from .ages import Ages
from .parents import GROWN
from .people import PRONOUNS, Person, birthday, born_by, named, written

STEP = 0.15
"""What "slower for me" changes of the voice's pace."""


class Profiles(Ages):
    """Knows the household."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.allergies = Allergies(home.store.database)

    async def start(self) -> None:
        """Speak on at the pace of whoever spoke last."""
        self.people.move_allergies(self.allergies)
        self._speak_for(self.people.speaking)
        if self.home.media is not None:
            self.home.media.count_media(self._listened)

    def _listened(self) -> None:
        """A second of music was heard: a child's music ends with its minutes, and it is told."""
        if (name := self.children.listened()) and self.home.media is not None:
            self.home.media.stop_media()
            self.home.scheduler.add(self.now(), {"over": name})

    async def due(self, turn: Turn, job: Job) -> Answer:
        """Tell a child why the music ended."""
        return turn.phrase("time_over", name=job.data["over"])

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """That is no news later on."""
        return None

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Everybody's name."""
        return {"called": [person.name.lower() for person in self.people.all()]}

    def offers(self) -> Mapping[str, object]:
        """`speaking`: the name of who speaks. `child`: the same for the household's rules.
        `turn_ended`: told of every turn."""
        return {
            "speaking": lambda: who.name if (who := self.people.speaking) else None,
            "child": self.children.speaking,
            "turn_ended": self.children.ended,
        }

    # --- who -----------------------------------------------------------------------------

    @intent("i_am")
    async def i_am(self, turn: Turn, person: str | None = None, title: str = "") -> Answer:
        """Somebody says who they are."""
        person = person or await turn.ask(turn.phrase("what_name"), named)
        name = written(f"{title} {person}".strip())
        known = self.people.find(name)
        if not (known and known.child) and not await self.may(turn):
            return turn.phrase("wrong_pin")
        if known is None:
            known = Person(name=name)
            self.people.keep(known)
            said = turn.phrase("pleased", name=name)
        else:
            said = turn.phrase("hello", name=known.name)
        self.people.speaks(known)
        self._speak_for(known)
        return Reply(say=said, receipts=(self._receipt(turn, "i_am", known),))

    def _speak_for(self, person: Person | None) -> None:
        """The pace that a person likes."""
        if about := self.home.services.get("assistant"):
            about.meanwhile("speaking.pace", (person.pace if person else 0) or None)

    @intent("slower")
    async def slower(self, turn: Turn, person: str | None = None) -> Answer:
        """Speak slower to a person."""
        return self._pace(turn, person, -STEP)

    @intent("faster")
    async def faster(self, turn: Turn, person: str | None = None) -> Answer:
        """Speak faster to a person."""
        return self._pace(turn, person, STEP)

    def _pace(self, turn: Turn, person: str | None, by: float) -> Answer:
        known = self._meant(person)
        if known is None:
            return self._nobody(turn, person)
        before = known.pace
        known.pace = round(min(max((before or 1.0) + by, 0.6), 1.6), 2)
        self.people.keep(known)
        speaking = self.people.speaking
        if speaking and speaking.name == known.name:
            self._speak_for(known)

        async def undo() -> str:
            known.pace = before
            self.people.keep(known)
            return turn.phrase("kept")

        receipt = Receipt(action="profiles.pace", result={"pace": known.pace}, undo=undo)
        said = turn.phrase("slower" if by < 0 else "faster", name=known.name)
        return Reply(say=said, receipts=(receipt,))

    @intent("add")
    async def add(
        self,
        turn: Turn,
        person: str | None = None,
        relation: str = "",
        age: float | None = None,
        food: str = "",
    ) -> Answer:
        """Somebody else is introduced, maybe as somebody's daughter, with age and allergy."""
        asked = "" if person else await turn.ask(turn.phrase("what_name"), named)
        name = written(person or asked)
        old = self.people.find(name)
        new = old or Person(name=name)
        new.relation = relation or new.relation
        said = [turn.phrase("known" if old else "added", name=name)]
        if age is not None:
            new.born = born_by(int(age), new, self.now().date())
            new.child = new.child or age < GROWN
            said = [turn.phrase("child", name=name)] if age < GROWN else said
        self.people.keep(new)
        if food:
            self.allergies.add(name, [food])
            said.append(turn.phrase("noted_allergies", name=name, what=food))
        receipts = () if old else (self._receipt(turn, "add", new),)
        return Reply(say=joined(said, turn.language), receipts=receipts)

    @intent("who_am_i")
    async def who_am_i(self, turn: Turn) -> Answer:
        """Who is speaking."""
        known = self.people.speaking
        return turn.phrase("you_are", name=known.name) if known else turn.phrase("who_are_you")

    @intent("household")
    async def household(self, turn: Turn) -> Answer:
        """Everybody it knows."""
        names = [person.name for person in self.people.all()]
        if not names:
            return turn.phrase("nobody")
        return turn.phrase("household", names=say_list(names, turn.language))

    @intent("forget")
    async def forget(self, turn: Turn, person: str | None = None) -> Answer:
        """Forget somebody, once that is confirmed; a child only with the PIN."""
        known = self._meant(None if person in ("me", "我") else person)
        if known is None:
            return self._nobody(turn, person)
        if known.child and not await self.pin(turn):
            return turn.phrase("wrong_pin")
        if not await turn.ask(turn.phrase("sure", name=known.name), answers.yes_no):
            return turn.phrase("kept")
        foods = self.allergies.of(known.name)
        self.people.forget(known)
        self.allergies.keep(known.name, [])

        async def undo() -> str:
            self.people.keep(known)
            self.allergies.keep(known.name, foods)
            return turn.phrase("added", name=known.name)

        receipt = Receipt(action="profiles.forget", result={"name": known.name}, undo=undo)
        return Reply(say=turn.phrase("forgotten", name=known.name), receipts=(receipt,))

    # --- what about them -----------------------------------------------------------------

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
        return turn.phrase(
            "birthday", name=known.name, date=say_date(day, turn.language, today=today, full=True)
        )

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

    # --- helpers -------------------------------------------------------------------------

    def _receipt(self, turn: Turn, verb: str, person: Person) -> Receipt:
        async def undo() -> str:
            self.people.forget(person)
            return turn.phrase("forgotten", name=person.name)

        new = verb in ("i_am", "add")
        return Receipt(
            action=f"profiles.{verb}", result={"name": person.name}, undo=undo if new else None
        )
