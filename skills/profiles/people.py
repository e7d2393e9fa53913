"""What is known of each person, in the store."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from voice_assistant.allergies import Allergies
from voice_assistant.skill import Store

PRONOUNS = frozenset("she he they her him them his hers their 她 他 她们 他们 ta".split())

_ROUNDS = 200_000
"""PBKDF2 rounds: a four-digit PIN falls to anyone with the file, but not to a glance at it."""


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody of the household."""

    name: str
    child: bool = False
    favourites: list[str] = field(default_factory=list)
    birthday: str = ""
    """ISO date."""
    minutes: int = 0
    """A child's minutes a day; 0 is no limit."""
    since: str = ""
    """When a child's day begins, as HH:MM; empty is at seven."""
    until: str = ""
    """When a child's day ends, as HH:MM; empty is no limit."""
    relation: str = ""
    """What this person is to whoever told: "husband", 妹妹."""
    born: int = 0
    """The year of birth; 0 where nobody told."""
    pace: float = 0.0
    """How fast this person likes to be spoken to; 0 is as the settings say."""


class People:
    """The household's people and who is speaking."""

    def __init__(self, store: Store, renamed: Callable[[], None] = lambda: None) -> None:
        """`renamed` is called when somebody came or went."""
        self.store, self._renamed = store, renamed
        self._recent = ""
        """Whom "she" means: who was spoken of last."""

    def all(self) -> list[Person]:
        """Everybody, by name."""
        return [_person(self.store.get(key)) for key in self.store.keys("person.")]

    def find(self, name: str) -> Person | None:
        """The person of a name; of a relation that was told ("my husband"); or "she"."""
        if _key(name) in PRONOUNS:
            return self._named(self._recent)
        found = self._named(name)
        if found is None and name:
            related = (each for each in self.all() if each.relation == _key(name))
            found = next(related, None)
        if found is not None:
            self._recent = found.name
        return found

    def _named(self, name: str) -> Person | None:
        data = self.store.get(f"person.{_key(name)}")
        return _person(data) if data else None

    def keep(self, person: Person) -> None:
        """Keep a person; on disk when this returns."""
        new = self._named(person.name) is None
        self._recent = person.name
        self.store.set(f"person.{_key(person.name)}", asdict(person))
        if new:
            self._renamed()

    def forget(self, person: Person) -> None:
        """Forget a person and who was speaking."""
        self.store.delete(f"person.{_key(person.name)}")
        if self.store.get("speaking") == person.name:
            self.store.delete("speaking")
        self._renamed()

    def move_allergies(self, allergies: Allergies) -> None:
        """Hand on the allergies that people's records of old hold."""
        for key in self.store.keys("person."):
            data = self.store.get(key)
            if foods := data.pop("allergies", []):
                allergies.add(data["name"], foods)
                self.store.set(key, data)

    @property
    def speaking(self) -> Person | None:
        """Who is speaking, as far as they said so."""
        return self._named(str(self.store.get("speaking") or ""))

    def speaks(self, person: Person) -> None:
        """This person is speaking from now on."""
        self.store.set("speaking", person.name)

    # --- the parents' PIN ----------------------------------------------------------------

    @property
    def has_pin(self) -> bool:
        """Whether a PIN was set."""
        return self.store.get("pin") is not None

    def set_pin(self, pin: str) -> None:
        """Keep a PIN, salted and hashed."""
        salt = secrets.token_hex(16)
        self.store.set("pin", [salt, _hash(pin, salt)])

    def is_pin(self, pin: str) -> bool:
        """Whether it is the PIN."""
        kept = self.store.get("pin")
        return kept is not None and hmac.compare_digest(_hash(pin, kept[0]), kept[1])


def birthday(person: Person, today: date) -> date | None:
    """The next birthday of a person."""
    if not person.birthday:
        return None
    born = date.fromisoformat(person.birthday)
    for year in range(today.year, today.year + 9):
        try:
            day = born.replace(year=year)
        except ValueError:  # the 29th of February
            day = date(year, 3, 1)
        if day >= today:
            return day
    return None


def age(person: Person, today: date) -> int | None:
    """How old a person is; None where nobody told."""
    return age_by(person, today) if person.born else None


def age_by(person: Person, today: date) -> int:
    """The age by the year of birth, and by the birthday where that is known."""
    return today.year - person.born - _is_to_come(person, today)


def born_by(years: int, person: Person, today: date) -> int:
    """The year somebody of an age was born in."""
    return today.year - years - _is_to_come(person, today)


def _is_to_come(person: Person, today: date) -> bool:
    """Whether a person's birthday is still to come this year, as far as it is known."""
    born = date.fromisoformat(person.birthday) if person.birthday else None
    return born is not None and (born.month, born.day) > (today.month, today.day)


_CALLED = re.compile(
    r"^(?:(?:my name is|my name's|i am|i'm|it is|it's|this is|call me|(?:she|he)(?:'s| is)(?: called)?)"
    r"\s+|我的名字是|我的名字叫|我叫|我是|叫我|叫|(?:她|他)叫)",
    re.IGNORECASE,
)


LONGEST = {"en": 3, "zh": 6}
"""Words or characters of a name; what is longer is no answer to the question."""


def named(answer: str, language: str) -> str | None:
    """The name in an answer to "what is your name?"."""
    name = written(_CALLED.sub("", answer.strip(" .,!?。，！？")).strip(" .,!?。，！？"))
    size = len(name.split()) if name.isascii() else len(name)
    return name if 0 < size <= LONGEST["en" if name.isascii() else "zh"] else None


_OURS = re.compile(r"^(?:my|our|the) (?=\w)|^(?:我们家|我们|我家|我)的?(?=..)", re.IGNORECASE)


def written(said: str) -> str:
    """A name as it is written, from "emma" or "emma's", "my husband" or 我妹妹."""
    said = said.strip().removesuffix("s").rstrip("'") if "'" in said else said.strip()
    said = _OURS.sub("", said)
    return said.title() if said.isascii() else said


def _person(data: Mapping[str, Any]) -> Person:
    return Person(**{key: value for key, value in data.items() if key != "allergies"})


def _key(name: str) -> str:
    return name.strip().lower()


def _hash(pin: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt.encode(), _ROUNDS).hex()
