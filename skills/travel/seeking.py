"""Looking for somewhere to go, and going on with that: warmer, nearer, others, the second one."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_duration, say_list

from . import atlas, choice, countries
from .asking import Asking
from .atlas import Place
from .choice import Wish
from .choosing import SEEKING

FOUND = 4
"""Places that are proposed at a time."""

TOLD = frozenset({"sights", "more", "tips"})
"""Turns after which "the second one" is a sight."""


class Seeking(Asking):
    """Answers from the figures of all places."""

    @intent("find")
    async def find(
        self,
        turn: Turn,
        *,
        month: str | None = None,
        weather: str | None = None,
        kind: str | None = None,
        continent: str | None = None,
        cheap: str | None = None,
    ) -> Answer:
        """Where it is as one wishes, in a month."""
        if kind == "skiing":
            kind, weather = "", kind
        wish = Wish(
            month=self.month(month), weather=weather or "", kind=kind or "",
            continent=continent or "", cheap=cheap is not None,
        )  # fmt: skip
        return self.proposed(turn, wish)

    @intent("refine")
    async def refine(
        self,
        turn: Turn,
        *,
        wish: str = "",
        near: str | None = None,
        **more: str,
    ) -> Answer:
        """The same search with another wish; after talk of a place, somewhere like it."""
        last = turn.session.previous
        sought = self.talk().get("sought")
        if sought is None or last is None or last.route.intent not in SEEKING:
            if wish:
                return await self.like(turn, None, wish)
            if more.get("kind") in ("family", "food"):  # and for kids? and the food?
                return await (self.children if more["kind"] == "family" else self.food)(turn)
            return await self.find(turn, **more)
        wished, first = Wish(**sought["wish"]), atlas.places().get(str(self.talk().get("place")))
        changed: dict[str, Any] = {
            key: True if key == "cheap" else value for key, value in more.items()
        }
        if "month" in changed:
            changed["month"] = self.month(more["month"])
        if near and self.home_spot() is None:
            return turn.phrase("home_unknown")
        if wish:
            changed |= _compared(wish, first, wished.month)
        return self.proposed(turn, replace(wished, near=wished.near or bool(near), **changed))

    async def like(self, turn: Turn, destination: str | None = None, wish: str = "") -> Answer:
        """Places like one; see Choosing."""
        raise NotImplementedError

    @intent("others")
    async def others(self, turn: Turn) -> Answer:
        """The next places that fit as well."""
        sought = self.talk().get("sought")
        if sought is None:
            return await self.find(turn)
        return self.proposed(turn, Wish(**sought["wish"]), told=sought["told"])

    @intent("pick")
    async def pick(self, turn: Turn, nth: str) -> Answer:
        """More about the second of the sights that were told, or the places that were proposed."""
        if self.asked(turn) in TOLD:
            return await self._sight(turn, int(nth))
        keys = (self.talk().get("sought") or {}).get("places", ())
        number = int(nth)
        if not keys or number > len(keys):
            return turn.phrase("which_place")
        place = atlas.places()[keys[number - 1 if number > 0 else number]]
        return await self.tips(turn, place.name(turn.language))

    async def _sight(self, turn: Turn, number: int) -> Answer:
        """One of the sights told last: where it is, and how long one stays."""
        guide = await self.guide(turn, None)
        ids = self.talk().get("shown", [])
        found = [sight for sight in guide.sights if sight.id in ids]
        if not 1 <= abs(number) <= len(found):
            return await self.sights(turn)
        sight = found[number - 1 if number > 0 else number]
        self.keep(shown=[sight.id])
        quarter = guide.quarters[sight.quarter]
        return turn.phrase(
            "sight",
            name=sight.name,
            text=sight.text,
            quarter=quarter.name,
            about=quarter.text,
            stay=say_duration(timedelta(hours=sight.hours), turn.language),
        )

    async def sights(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to see; see Telling."""
        raise NotImplementedError

    async def tips(self, turn: Turn, destination: str | None = None) -> Answer:
        """The best of a place; see Telling."""
        raise NotImplementedError

    async def children(self, turn: Turn, destination: str | None = None) -> Answer:
        """With children; see Telling."""
        raise NotImplementedError

    async def food(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to eat; see Telling."""
        raise NotImplementedError

    def proposed(self, turn: Turn, wish: Wish, told: int = 0) -> Answer:
        """The best places for a wish, after those that were `told` already."""
        found = choice.fitting(atlas.places().values(), wish, self.home_spot())[told : told + FOUND]
        month = turn.phrase(f"month_{wish.month}")
        if not found:
            return turn.phrase("found_no_more" if told else "found_none", month=month)
        sought = {"wish": asdict(wish), "told": told + FOUND, "places": [p.key for p in found]}
        self.keep(place=found[0].key, month=wish.month, sought=sought)
        places = [self._described(turn, place, wish.month) for place in found]
        return turn.phrase("found", month=month, places=say_list(places, turn.language))

    def _described(self, turn: Turn, place: Place, month: int) -> str:
        country = countries.countries()[place.country].name(turn.language)
        figures = self.figures(turn, place, month)
        return turn.phrase(
            "found_place", place=place.name(turn.language), country=country, **figures
        )


def _compared(wish: str, place: Place | None, month: int) -> dict[str, Any]:
    """What a comparison with the first place that was proposed asks of the others."""
    high = place.high[month - 1] if place else choice.PLEASANT
    asked: dict[str, dict[str, Any]] = {
        "cheaper": {"cheap": True},
        "warmer": {"above": high + choice.STEP, "below": None, "weather": ""},
        "cooler": {"below": high - choice.STEP, "above": None, "weather": ""},
        "drier": {"weather": "dry"},
    }
    return asked[wish]
