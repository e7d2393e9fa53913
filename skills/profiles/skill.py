"""People introduce themselves; what they cannot eat and what they love is kept for other skills."""

from __future__ import annotations

import re
from datetime import date

from voice_assistant import answers
from voice_assistant.skill import Answer, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_date, say_list

from .people import People, Person, birthday

TRIES = 3
"""Wrong PINs in a row before it stops asking for a while."""


class Profiles(Skill):
    """Knows the household."""

    @property
    def people(self) -> People:
        """Everybody."""
        return People(self.home.store)

    # --- who -----------------------------------------------------------------------------

    @intent("i_am")
    async def i_am(self, turn: Turn, person: str) -> Answer:
        """Somebody says who they are."""
        name = _name(person)
        known = self.people.find(name)
        if known is None:
            known = Person(name=name)
            self.people.keep(known)
            said = turn.phrase("pleased", name=name)
        else:
            said = turn.phrase("hello", name=known.name)
        self.people.speaks(known)
        return Reply(say=said, receipts=(self._receipt(turn, "i_am", known),))

    @intent("add")
    async def add(self, turn: Turn, person: str | None = None) -> Answer:
        """Somebody else is introduced."""
        name = _name(person or str(await turn.ask(turn.phrase("what_name"))))
        if self.people.find(name):
            return turn.phrase("known", name=name)
        new = Person(name=name)
        self.people.keep(new)
        return Reply(
            say=turn.phrase("added", name=name), receipts=(self._receipt(turn, "add", new),)
        )

    @intent("child")
    async def child(self, turn: Turn, person: str) -> Answer:
        """Somebody is a child: only content for children while they speak."""
        known = self.people.find(_name(person)) or Person(name=_name(person))
        known.child = True
        self.people.keep(known)
        said = turn.phrase("child", name=known.name)
        if not self.people.has_pin:
            said += " " + turn.phrase("pin_hint")
        return Reply(say=said, receipts=(self._receipt(turn, "child", known),))

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
        known = self._meant(person)
        if known is None:
            return turn.phrase("unknown", name=person or "")
        if known.child and not await self._pin(turn):
            return turn.phrase("wrong_pin")
        if not await turn.ask(turn.phrase("sure", name=known.name), answers.yes_no):
            return turn.phrase("kept")
        self.people.forget(known)

        async def undo() -> str:
            self.people.keep(known)
            return turn.phrase("added", name=known.name)

        receipt = Receipt(action="profiles.forget", result={"name": known.name}, undo=undo)
        return Reply(say=turn.phrase("forgotten", name=known.name), receipts=(receipt,))

    # --- what about them -----------------------------------------------------------------

    @intent("allergy")
    async def allergy(self, turn: Turn, food: str, person: str | None = None) -> Answer:
        """Something a person must not eat."""
        return self._note(turn, person, "allergies", food)

    @intent("no_allergy")
    async def no_allergy(self, turn: Turn, food: str, person: str | None = None) -> Answer:
        """Something a person may eat after all; asked once more, for it may do harm."""
        known = self._meant(person)
        if known is None or food not in known.allergies:
            return turn.phrase("not_noted", what=food)
        question = turn.phrase("sure_allergy", name=known.name, what=food)
        if not await turn.ask(question, answers.yes_no):
            return turn.phrase("kept")
        known.allergies.remove(food)
        self.people.keep(known)
        receipt = Receipt(action="profiles.allergy", result={"removed": food})
        return Reply(say=turn.phrase("removed", name=known.name, what=food), receipts=(receipt,))

    @intent("favourite")
    async def favourite(self, turn: Turn, thing: str, person: str | None = None) -> Answer:
        """Something a person loves."""
        return self._note(turn, person, "favourites", thing)

    @intent("birthday")
    async def birthday(self, turn: Turn, date: date, person: str | None = None) -> Answer:
        """When a person was born."""
        known = self._meant(person) or (Person(name=_name(person)) if person else None)
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
        if known is None or day is None:
            return turn.phrase("no_birthday", name=known.name if known else person or "")
        return turn.phrase(
            "birthday", name=known.name, date=say_date(day, turn.language, today=today, full=True)
        )

    @intent("about")
    async def about(self, turn: Turn, person: str | None = None) -> Answer:
        """What is known of a person."""
        known = self._meant(person)
        if known is None:
            return turn.phrase("unknown", name=person) if person else turn.phrase("who_are_you")
        facts = [
            turn.phrase(key, name=known.name, what=say_list(things, turn.language))
            for key, things in (
                ("is_allergic", known.allergies),
                ("loves", known.favourites),
            )
            if things
        ]
        return " ".join(facts) or turn.phrase("nothing_noted", name=known.name)

    def _note(self, turn: Turn, person: str | None, field: str, what: str) -> Answer:
        known = self._meant(person) or (Person(name=_name(person)) if person else None)
        if known is None:
            return turn.phrase("who_are_you")
        things = list(getattr(known, field))
        if what not in things:
            things.append(what)
        setattr(known, field, things)
        self.people.keep(known)

        async def undo() -> str:
            getattr(known, field).remove(what)
            self.people.keep(known)
            return turn.phrase("removed", name=known.name, what=what)

        receipt = Receipt(action=f"profiles.{field}", result={"added": what}, undo=undo)
        return Reply(
            say=turn.phrase(f"noted_{field}", name=known.name, what=what), receipts=(receipt,)
        )

    # --- the parents' PIN ----------------------------------------------------------------

    @intent("set_pin")
    async def set_pin(self, turn: Turn) -> Answer:
        """Set the PIN that guards children's profiles; the old one is asked for first."""
        if self.people.has_pin and not await self._pin(turn):
            return turn.phrase("wrong_pin")
        pin = await turn.ask(turn.phrase("new_pin"), _digits)
        self.people.set_pin(pin)
        return Reply(say=turn.phrase("pin_set"), receipts=(Receipt(action="profiles.pin"),))

    async def _pin(self, turn: Turn) -> bool:
        """Whether the user knows the PIN (any answer will do where there is none)."""
        if not self.people.has_pin:
            return True
        wrong = int(self.home.store.get("wrong", 0))
        today = self.now().date().isoformat()
        if wrong >= TRIES and self.home.store.get("wrong_day") == today:
            return False
        right: bool = self.people.is_pin(await turn.ask(turn.phrase("pin"), _digits))
        self.home.store.set("wrong", 0 if right else wrong + 1)
        self.home.store.set("wrong_day", today)
        return right

    # --- helpers -------------------------------------------------------------------------

    def _meant(self, person: str | None) -> Person | None:
        return self.people.find(_name(person)) if person else self.people.speaking

    def _receipt(self, turn: Turn, verb: str, person: Person) -> Receipt:
        async def undo() -> str:
            self.people.forget(person)
            return turn.phrase("forgotten", name=person.name)

        new = verb in ("i_am", "add")
        return Receipt(
            action=f"profiles.{verb}", result={"name": person.name}, undo=undo if new else None
        )


def _name(said: str) -> str:
    """A name as it is written, from "emma" or "emma's"."""
    said = said.strip().removesuffix("'s")
    return said.title() if said.isascii() else said


_WORDS = dict(
    zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)
)
_WORDS |= dict(zip("零一二三四五六七八九", "0123456789", strict=True)) | {"oh": "0", "幺": "1"}


def _digits(text: str, language: str) -> str | None:
    """The digits of a spoken PIN, four at least."""
    parts = re.findall(r"\d|[a-z]+|[零一二三四五六七八九幺]", text.lower())
    digits = "".join(_WORDS.get(part, part if part.isdigit() else "") for part in parts)
    return digits if len(digits) >= 4 else None
