"""What parents decide: who is a child, and what they hear of it."""

from __future__ import annotations

from datetime import date, timedelta

from voice_assistant.mentions import mentioned
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_duration, say_list

from .children import ANYONE
from .family import is_all, receipt_of
from .limits import Limits
from .people import Person, born_by, named, written

GROWN = 14
"""Age from which nobody is taken for a child who was not called one."""

NAMED = frozenset(
    "stories recipes travel music radio reminders calendar lists calculator dictionary games jokes"
    " weather smart_home meetings knowledge chat".split()
)
"""Skills that have a name to say, `skill_...`."""

TOLD = 4
"""Skills that a digest names."""


class Parents(Limits):
    """The part of `profiles` that is about who is a child."""

    @intent("child")
    async def child(
        self,
        turn: Turn,
        person: str | None = None,
        age: float | None = None,
        relation: str = "",
    ) -> Answer:
        """Somebody is a child: only content for children while they speak."""
        person = person or str(await turn.ask(turn.phrase("what_name"), named))
        known = self.people.find(written(person)) or Person(name=written(person))
        if age is not None and age >= GROWN:
            known.relation = relation or known.relation
            known.born = born_by(int(age), known, self.now().date())
            self.people.keep(known)
            receipt = receipt_of("child", known)
            return Reply(say=turn.phrase("not_a_child", name=known.name), receipts=(receipt,))
        known.child = True
        known.relation = relation or known.relation
        if age is not None:
            known.born = born_by(int(age), known, self.now().date())
        self.people.keep(known)
        said = turn.phrase("child", name=known.name) + self._hint(turn)
        return Reply(say=said, receipts=(receipt_of("child", known),))

    @intent("grown")
    async def grown(self, turn: Turn, person: str | None = None) -> Answer:
        """Somebody is no child any more."""
        person = person or str(await turn.ask(turn.phrase("what_name"), named))
        known = self.people.find(written(person))
        if known is None or not known.child:
            return turn.phrase("no_child", name=written(person or ""))
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        known.child, known.minutes, known.since, known.until = False, 0, "", ""
        self.people.keep(known)
        return Reply(
            say=turn.phrase("grown", name=known.name), receipts=(receipt_of("grown", known),)
        )

    @intent("child_mode")
    async def child_mode(self, turn: Turn, person: str = "") -> Answer:
        """Everybody is taken for a child from now on, whoever it was asked for."""
        self.children.switch(True)
        receipt = Receipt(action="profiles.child_mode", result={"on": True})
        return Reply(say=turn.phrase("child_mode") + self._hint(turn), receipts=(receipt,))

    @intent("child_mode_off")
    async def child_mode_off(self, turn: Turn) -> Answer:
        """No longer; with the PIN."""
        if not self.children.mode:
            return turn.phrase("child_mode_is_off")
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        self.children.switch(False)
        receipt = Receipt(action="profiles.child_mode", result={"on": False})
        return Reply(say=turn.phrase("child_mode_off"), receipts=(receipt,))

    def _hint(self, turn: Turn) -> str:
        return "" if self.people.has_pin else " " + turn.phrase("pin_hint")

    @intent("digest")
    async def digest(
        self, turn: Turn, person: str | None = None, date: date | None = None
    ) -> Answer:
        """What a child, or all of them, did here on a day: for parents, so never what was said."""
        if not await self.may(turn):
            return turn.phrase("wrong_pin")
        today = self.now().date()
        date = date or mentioned("date", turn, self.now())
        day = date if date is not None and date <= today else today
        accounts = self.children.accounts(day)
        if person and not is_all(person):
            accounts = {
                name: account for name, account in accounts.items() if name == written(person)
            }
        when = say_date(day, turn.language, today=today)
        said = [self._told(turn, name, account, when) for name, account in accounts.items()]
        return " ".join(said) or turn.phrase("no_digest", name=written(person or ""), day=when)

    def _told(self, turn: Turn, name: str, account: dict[str, object], day: str) -> str:
        """A child's day in a sentence or two."""
        skills = account["skills"]
        assert isinstance(skills, dict)
        most = sorted(skills, key=lambda each: -skills[each])[:TOLD]
        doings = [
            turn.phrase(
                "doing",
                skill=turn.phrase(f"skill_{each}" if each in NAMED else "skill_other"),
                times=_times(skills[each], turn.language),
            )
            for each in most
        ]
        length = timedelta(minutes=max(1, round(float(str(account["seconds"])) / 60)))
        said = turn.phrase(
            "digest",
            name=turn.phrase("the_children") if name == ANYONE else name,
            day=day,
            length=say_duration(length, turn.language),
            doings=say_list(doings, turn.language) if doings else turn.phrase("skill_other"),
        )
        refused = int(str(account["refused"]))
        if refused:
            said += " " + turn.phrase("refused", times=_times(refused, turn.language))
        return said


def _times(count: int, language: str) -> str:
    if language == "zh":
        return say_count(count, "次", "zh")
    return {1: "once", 2: "twice"}.get(count, say_count(count, "time", language))
