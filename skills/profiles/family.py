"""The family behind a PIN: which children are meant, and who may decide about them."""

from __future__ import annotations

import re

from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list

from .children import Children
from .people import PRONOUNS, People, Person, written

TRIES = 3
"""Wrong PINs in a row before it stops asking for the day."""


class Family(Skill):
    """What every wish about children needs: the people, the children among them, and the PIN."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.people = People(home.store, home.renamed)
        self.children = Children(home.store, self.now)

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

    def meant(self, turn: Turn, person: str | None, *, new: bool = False) -> list[Person]:
        """The children that are meant: all of them, those whose names were said, or one by name,
        who is taken for a child by being given a limit (`new`: also one nobody spoke of yet)."""
        everybody = self.people.all()
        if person and not is_all(person):
            known = self.people.find(written(person))
            if known is None and new and person not in PRONOUNS:
                known = Person(name=written(person), child=True)
            return [known] if known else []
        children = [each for each in everybody if each.child]
        said = turn.text.lower()
        return [each for each in children if each.name.lower() in said] or (
            children if person else []
        )

    def no_child(self, turn: Turn, person: str | None) -> str:
        """That nobody of this name is a child."""
        if person is None or is_all(person):
            return turn.phrase("no_children")
        return turn.phrase("no_child", name=written(person))


def is_all(person: str) -> bool:
    """Whether this means every child of the house."""
    return _ALL.fullmatch(person.strip().lower()) is not None


_ALL = re.compile(
    r"(?:the |my |our |all (?:the |my |our )?)?(?:kids|children|boys|girls|little ones|kid|child)"
    r"|(?:我家|我们家|我|家里)?的?(?:孩子们?|小孩们?|小朋友们?|娃|宝宝们?)"
)


def names_of(people: list[Person], turn: Turn) -> str:
    """People as they are said."""
    return say_list([each.name for each in people], turn.language)


def receipts(verb: str, people: list[Person]) -> tuple[Receipt, ...]:
    """What was done for each of them."""
    return tuple(receipt_of(verb, each) for each in people)


def receipt_of(verb: str, person: Person) -> Receipt:
    """What was done for somebody."""
    return Receipt(action=f"profiles.{verb}", result={"name": person.name})


_WORDS = dict(
    zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)
)
_WORDS |= dict(zip("零一二三四五六七八九", "0123456789", strict=True)) | {"oh": "0", "幺": "1"}


def _digits(text: str, language: str) -> str | None:
    """The digits of a spoken PIN, four at least."""
    parts = re.findall(r"\d|[a-z]+|[零一二三四五六七八九幺]", text.lower())
    digits = "".join(_WORDS.get(part, part if part.isdigit() else "") for part in parts)
    return digits if len(digits) >= 4 else None
