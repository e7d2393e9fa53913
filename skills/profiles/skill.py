"""People introduce themselves, and it speaks to each as they like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voice_assistant import answers
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from .noted import Noted
from .parents import GROWN
from .people import Person, born_by, named, written

STEP = 0.15
"""What "slower for me" changes of the voice's pace."""


class Profiles(Noted):
    """Knows the household."""

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
        if not person or named(person, turn.language) is None:  # "leo put me in it" is no name
            person = await turn.ask(turn.phrase("what_name"), named)
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
