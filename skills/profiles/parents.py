"""What parents decide, behind a PIN: who is a child, how long and when, and what they hear of it."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from voice_assistant import answers
from voice_assistant.mentions import mentioned
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_duration, say_list, say_time
from voice_assistant.values.kinds import When

from .children import ANYONE, Children
from .people import PRONOUNS, People, Person, born_by, named, written

GROWN = 14
"""Age from which nobody is taken for a child who was not called one."""

TRIES = 3
"""Wrong PINs in a row before it stops asking for the day."""

NAMED = frozenset(
    "stories recipes travel music radio reminders calendar lists calculator dictionary games jokes"
    " weather smart_home meetings knowledge chat".split()
)
"""Skills that have a name to say, `skill_...`."""

TOLD = 4
"""Skills that a digest names."""


class Parents(Skill):
    """The part of `profiles` that is about children."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.people = People(home.store, home.renamed)
        self.children = Children(home.store, self.now)

    # --- who is a child ------------------------------------------------------------------

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
            receipt = _receipt("child", known)
            return Reply(say=turn.phrase("not_a_child", name=known.name), receipts=(receipt,))
        known.child = True
        known.relation = relation or known.relation
        if age is not None:
            known.born = born_by(int(age), known, self.now().date())
        self.people.keep(known)
        said = turn.phrase("child", name=known.name) + self._hint(turn)
        return Reply(say=said, receipts=(_receipt("child", known),))

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
            say=turn.phrase("grown", name=known.name), receipts=(_receipt("grown", known),)
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

    # --- how long and when ---------------------------------------------------------------

    @intent("minutes")
    async def minutes(
        self, turn: Turn, person: str | None = None, duration: timedelta | None = None
    ) -> Answer:
        """How long a child may be here a day."""
        children = self._children(turn, person, new=True)
        if not children:
            return self._no_child(turn, person)
        length = duration or mentioned("duration", turn, self.now())
        if length is None:
            length = await turn.ask(turn.phrase("how_long"), answers.duration)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            known.child, known.minutes = True, max(1, round(length.total_seconds() / 60))
            self.people.keep(known)
        names, long = _names(children, turn), say_duration(length, turn.language)
        said = turn.phrase("minutes", name=names, length=long)
        return Reply(say=said, receipts=_receipts("minutes", children))

    @intent("bonus")
    @intent("bonus_of")
    async def bonus(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        minutes: float | None = None,
        person: str | None = None,
    ) -> Answer:
        """More time for a child, today only."""
        children = self._children(turn, person)
        if not children:
            return self._no_child(turn, person)
        names = _names(children, turn)
        if not any(each.minutes for each in children):
            return turn.phrase("unlimited", name=names)
        length = duration or (timedelta(minutes=float(minutes)) if minutes else None)
        length = length or mentioned("duration", turn, self.now())
        if length is None:
            length = await turn.ask(turn.phrase("how_much_more"), answers.duration)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            self.children.grant(known.name, length.total_seconds())
        said = turn.phrase("bonus", name=names, length=say_duration(length, turn.language))
        return Reply(say=said, receipts=_receipts("bonus", children))

    @intent("bedtime")
    async def bedtime(
        self,
        turn: Turn,
        person: str | None = None,
        time: When | None = None,
        since: When | None = None,
    ) -> Answer:
        """Until when (and from when) a child is answered."""
        children = self._children(turn, person, new=True)
        if not children:
            return self._no_child(turn, person)
        if time is None:
            time = await turn.ask(turn.phrase("until_when"), answers.moment(self.now))
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        until = _clock(time, evening=True)
        for known in children:
            known.child, known.until = True, until.isoformat("minutes")
            if since is not None:
                known.since = _since(since, until).isoformat("minutes")
            self.people.keep(known)
        names = _names(children, turn)
        said = turn.phrase("bedtime", name=names, time=say_time(until, turn.language))
        return Reply(say=said, receipts=_receipts("bedtime", children))

    @intent("no_limit")
    async def no_limit(self, turn: Turn, person: str | None = None) -> Answer:
        """A child's time is not limited any more."""
        children = self._children(turn, person)
        if not children:
            return self._no_child(turn, person)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            known.minutes, known.since, known.until = 0, "", ""
            self.people.keep(known)
        said = turn.phrase("no_limit", name=_names(children, turn))
        return Reply(say=said, receipts=_receipts("no_limit", children))

    @intent("left")
    @intent("left_of")
    async def left(self, turn: Turn, person: str | None = None) -> Answer:
        """How much of its time a child has left today."""
        speaking = self.people.speaking
        children = [speaking] if speaking and not person else self._children(turn, person)
        if not children:
            return self._no_child(turn, person) if person else turn.phrase("who_are_you")
        return " ".join(self._left(turn, each) for each in children)

    def _left(self, turn: Turn, known: Person) -> str:
        seconds = self.children.left(known)
        if seconds is None:
            return turn.phrase("unlimited", name=known.name)
        length = timedelta(minutes=max(0, round(seconds / 60)))
        return turn.phrase("left", name=known.name, length=say_duration(length, turn.language))

    # --- the digest ----------------------------------------------------------------------

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
        if person and not _is_all(person):
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

    # --- the PIN -------------------------------------------------------------------------

    @intent("set_pin")
    async def set_pin(self, turn: Turn) -> Answer:
        """Set the PIN that guards children's profiles; the old one is asked for first."""
        if self.people.has_pin and not await self.pin(turn):
            return turn.phrase("wrong_pin")
        if not self.people.has_pin and self.children.speaking():
            return turn.phrase("not_for_children")
        pin = await turn.ask(turn.phrase("new_pin"), _digits)
        self.people.set_pin(pin)
        return Reply(say=turn.phrase("pin_set"), receipts=(Receipt(action="profiles.pin"),))

    async def may(self, turn: Turn) -> bool:
        """Whether the one who speaks may leave what is for children: anybody but a child may, and
        who knows the PIN."""
        return self.children.speaking() is None or await self.pin(turn)

    async def pin(self, turn: Turn) -> bool:
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

    def _children(self, turn: Turn, person: str | None, *, new: bool = False) -> list[Person]:
        """The children that are meant: all of them, those whose names were said, or one by name,
        who is taken for a child by being given a limit (`new`: also one nobody spoke of yet)."""
        everybody = self.people.all()
        if person and not _is_all(person):
            known = self.people.find(written(person))
            if known is None and new and person not in PRONOUNS:
                known = Person(name=written(person), child=True)
            return [known] if known else []
        children = [each for each in everybody if each.child]
        said = turn.text.lower()
        return [each for each in children if each.name.lower() in said] or (
            children if person else []
        )

    def _no_child(self, turn: Turn, person: str | None) -> str:
        if person is None or _is_all(person):
            return turn.phrase("no_children")
        return turn.phrase("no_child", name=written(person))


def _is_all(person: str) -> bool:
    """Whether this means every child of the house."""
    return _ALL.fullmatch(person.strip().lower()) is not None


_ALL = re.compile(
    r"(?:the |my |our |all (?:the |my |our )?)?(?:kids|children|boys|girls|little ones|kid|child)"
    r"|(?:我家|我们家|我|家里)?的?(?:孩子们?|小孩们?|小朋友们?|娃|宝宝们?)"
)


def _names(people: list[Person], turn: Turn) -> str:
    return say_list([each.name for each in people], turn.language)


def _receipts(verb: str, people: list[Person]) -> tuple[Receipt, ...]:
    return tuple(_receipt(verb, each) for each in people)


def _receipt(verb: str, person: Person) -> Receipt:
    return Receipt(action=f"profiles.{verb}", result={"name": person.name})


def _since(when: When, until: time) -> time:
    """The beginning of a child's hours: "from four to seven" is in the afternoon."""
    begin = _clock(when, evening=False)
    later = begin.replace(hour=begin.hour % 12 + 12)
    return later if when.ambiguous and later < until else begin


def _clock(when: When, *, evening: bool) -> time:
    """The time of day of a child's limit: "eight" ends a day in the evening, and "three" never
    begins one at night."""
    moment = when.clock or when.moment.timetz().replace(tzinfo=None)
    if when.ambiguous and moment.hour < (12 if evening else 6):
        moment = moment.replace(hour=moment.hour + 12)
    return moment.replace(second=0, microsecond=0)


def _times(count: int, language: str) -> str:
    if language == "zh":
        return say_count(count, "次", "zh")
    return {1: "once", 2: "twice"}.get(count, say_count(count, "time", language))


_WORDS = dict(
    zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)
)
_WORDS |= dict(zip("零一二三四五六七八九", "0123456789", strict=True)) | {"oh": "0", "幺": "1"}


def _digits(text: str, language: str) -> str | None:
    """The digits of a spoken PIN, four at least."""
    parts = re.findall(r"\d|[a-z]+|[零一二三四五六七八九幺]", text.lower())
    digits = "".join(_WORDS.get(part, part if part.isdigit() else "") for part in parts)
    return digits if len(digits) >= 4 else None
