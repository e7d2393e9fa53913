"""What a child may do today, and what it did: minutes and skills, never words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from voice_assistant.policy import ALWAYS, Child
from voice_assistant.session import Exchange
from voice_assistant.skill import Store

from .people import People, Person

MORNING = "07:00"
"""When a child's day begins unless its parents said otherwise."""

KEPT = timedelta(days=8)
"""How long a day's account is kept, for the digest of a week."""

MINUTE = 60
"""Seconds of music that are written down at a time: each writing wears the SD card."""

ANYONE = "*"
"""The name that time is booked to in child mode, when nobody in particular speaks."""


class Children:
    """The rules and the accounts of the household's children."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.people = People(store)
        self._store, self._now = store, now
        self._heard = 0

    @property
    def mode(self) -> bool:
        """Whether everybody is taken for a child, by a parent's word."""
        return bool(self._store.get("child_mode", False))

    def switch(self, on: bool) -> None:
        """Take everybody for a child from now on, or no longer."""
        self._store.set("child_mode", on)

    def speaking(self) -> Child | None:
        """The child that is speaking now, with what is left of its day."""
        person = self.people.speaking
        if person is None or not person.child:
            return Child() if self.mode else None
        return Child(name=person.name, hours=hours(person), seconds_left=self.left(person))

    def left(self, person: Person) -> float | None:
        """Seconds that a child has left of today; None where nothing limits it."""
        if not person.minutes:
            return None
        account = self.today(person.name)
        return float(person.minutes * 60 + account["bonus"] - account["seconds"])

    def grant(self, name: str, seconds: float) -> None:
        """Give a child more time, for today only."""
        account = self.today(name)
        account["bonus"] += seconds
        self._store.set(_key(self._now().date(), name), account)

    def ended(self, exchange: Exchange) -> None:
        """A turn is over: book it to the child that spoke. (Rings, and what is always allowed such
        as the clock, cost a child nothing.)"""
        child = self.speaking()
        route = exchange.route
        if child is None or route.stage == "due" or route.skill in ALWAYS:
            return
        account = self.today(child.name or ANYONE)
        if exchange.refused:
            account["refused"] += 1
        else:
            account["seconds"] += exchange.seconds
            if exchange.text:
                name = route.skill or "chat"
                account["skills"][name] = account["skills"].get(name, 0) + 1
        today = self._now().date()
        self._store.set(_key(today, child.name or ANYONE), account)
        self._forget_before(today - KEPT)

    def listened(self) -> str:
        """A second of music was heard: book it to the child that speaks, in whole minutes. The
        name of the child whose time that used up, or nothing."""
        child = self.speaking()
        if child is None:
            return ""
        self._heard += 1
        if self._heard < MINUTE:
            return ""
        self._heard = 0
        self._spend(child.name or ANYONE, MINUTE)
        left = child.seconds_left
        return child.name if left is not None and 0 < left <= MINUTE else ""

    def _spend(self, name: str, seconds: float) -> None:
        account = self.today(name)
        account["seconds"] += seconds
        self._store.set(_key(self._now().date(), name), account)

    def today(self, name: str) -> dict[str, Any]:
        """A child's account of today."""
        return self.account(name, self._now().date())

    def account(self, name: str, day: date) -> dict[str, Any]:
        """A child's account of a day: seconds, seconds given on top, requests by skill, and how
        many were refused."""
        empty: dict[str, Any] = {"seconds": 0.0, "bonus": 0.0, "skills": {}, "refused": 0}
        return empty | (self._store.get(_key(day, name)) or {})

    def accounts(self, day: date) -> Mapping[str, dict[str, Any]]:
        """The accounts of all children who spoke on a day, by name."""
        prefix = _key(day, "")
        kept = {key.removeprefix(prefix): self._store.get(key) for key in self._store.keys(prefix)}
        return {name: each for name, each in kept.items() if each["seconds"] or each["refused"]}

    def _forget_before(self, day: date) -> None:
        for key in self._store.keys("day."):
            if key < _key(day, ""):
                self._store.delete(key)


def hours(person: Person) -> tuple[time, time] | None:
    """When a child is answered, from and until."""
    if not (person.since or person.until):
        return None
    return time.fromisoformat(person.since or MORNING), time.fromisoformat(person.until or "23:59")


def _key(day: date, name: str) -> str:
    return f"day.{day.isoformat()}.{name}"
