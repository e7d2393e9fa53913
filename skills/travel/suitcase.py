"""The packing list as it is spoken: made, kept, read group by group, ticked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_number

from . import atlas
from .atlas import Place
from .listing import Listing
from .packing import GROUPS, Item, Stay, packing

STAY = 5
"""Days that are packed for when nobody says how many."""


class Suitcase(Listing):
    """Packs with somebody."""

    @intent("pack")
    async def pack(
        self,
        turn: Turn,
        destination: str | None = None,
        *,
        month: str | None = None,
        stay: timedelta | None = None,
        people: float | None = None,
        party: str | None = None,
        activity: str | None = None,
        laundry: str | None = None,
    ) -> Answer:
        """A new list."""
        suitcase = self.suitcase(await self.town(turn, destination), month, stay)
        if people or party:
            adults, suitcase["children"] = company(people, party)
            suitcase["people"] = adults + suitcase["children"]
        if activity:
            suitcase["activities"] = [activity]
        suitcase["laundry"] = laundry is not None
        return self._made(turn, suitcase)

    def suitcase(self, place: Place, month: str | None, stay: timedelta | None) -> dict[str, Any]:
        """An empty one for a place: for the trip that is noted, or for some days."""
        trip = self.next_trip() or {}
        trip = trip if trip.get("place") == place.key else {}
        return {
            "place": place.key,
            "month": self.month(month, place),
            "days": days_of(stay) or trip.get("days") or STAY,
            "people": trip.get("people", 1),
            "children": trip.get("children", 0),
            "activities": trip.get("activities", []),
            "laundry": False,
            "done": [],
            "group": None,
        }

    @intent("pack_more")
    async def pack_more(
        self,
        turn: Turn,
        *,
        stay: timedelta | None = None,
        people: float | None = None,
        party: str | None = None,
        activity: str | None = None,
        laundry: str | None = None,
    ) -> Answer:
        """The same list for other days, people or plans; what is packed stays ticked. Right after
        a plan of days it is that plan, after a trip that trip."""
        last = turn.session.previous
        if last and last.route.intent in ("plan", "plan_again") and (stay or party):
            return await self.plan_again(turn, stay, party)
        if stay and self.awaited_trip(turn):
            return await self.trip_when(turn, stay=stay)
        suitcase = self.home.store.get("suitcase")
        if suitcase is None:
            return turn.phrase("no_list")
        if stay:
            suitcase["days"] = days_of(stay)
        if people or party:
            adults, suitcase["children"] = company(people, party)
            suitcase["people"] = adults + suitcase["children"]
        if activity and activity not in suitcase["activities"]:
            suitcase["activities"].append(activity)
        suitcase["laundry"] = suitcase["laundry"] or laundry is not None
        return self._made(turn, suitcase)

    async def plan_again(
        self, turn: Turn, stay: timedelta | None = None, party: str | None = None
    ) -> Answer:
        """The plan of days once more; see Underway."""
        raise NotImplementedError

    async def trip_when(self, turn: Turn, *, stay: timedelta | None = None) -> Answer:
        """How long a trip is; see Going."""
        raise NotImplementedError

    def _made(self, turn: Turn, suitcase: dict[str, Any]) -> Answer:
        self.home.store.set("suitcase", suitcase)
        stay = stay_of(suitcase)
        items = packing(stay)
        special = [item for item in items if item.group == "weather"]
        turn.hold()
        said = turn.phrase(
            "pack",
            place=stay.place.name(turn.language),
            month=turn.phrase(f"month_{stay.month}"),
            days=say_count(stay.days, turn.phrase("day_word"), turn.language),
            count=say_number(len(items), turn.language),
            weather=self.reasons(turn, special, stay) or turn.phrase("nothing_special"),
            **self.climate_of(turn, stay),
        )
        receipt = Receipt(action="travel.pack", result={"items": [asdict(i) for i in items]})
        return Reply(say=said, display=self.checklist(turn, stay), receipts=(receipt,))

    # --- going through it ----------------------------------------------------------------

    @intent("pack_next")
    async def pack_next(self, turn: Turn) -> Answer:
        """The next group."""
        return self._read(turn, ticking=False)

    @intent("pack_done")
    async def pack_done(self, turn: Turn) -> Answer:
        """The group that was read is packed; the next one."""
        return self._read(turn, ticking=True)

    def _read(self, turn: Turn, *, ticking: bool) -> Answer:
        suitcase = self.home.store.get("suitcase")
        if suitcase is None:
            return turn.phrase("no_list")
        stay, group = stay_of(suitcase), suitcase["group"]
        items = packing(stay)
        if ticking and group is not None:
            read = {item.key for item in items if item.group == group}
            suitcase["done"] = sorted({*suitcase["done"], *read})
        following = GROUPS[GROUPS.index(group) + 1 :] if group else GROUPS
        left = [item for item in items if item.key not in suitcase["done"]]
        group = next((each for each in following if any(i.group == each for i in left)), None)
        suitcase["group"] = group
        self.home.store.set("suitcase", suitcase)
        if group is None:
            return self._end(turn, suitcase)
        turn.hold()
        things = self.reasons(turn, [item for item in left if item.group == group], stay)
        said = turn.phrase("group", group=turn.phrase(f"group_{group}"), items=things)
        return Reply(say=said, display=self.checklist(turn, stay))

    def _end(self, turn: Turn, suitcase: dict[str, Any]) -> Answer:
        left = self._left(suitcase)
        if left:
            turn.hold()
            return turn.phrase("still_missing", items=self.things(turn, left))
        turn.release()
        return turn.phrase("all_packed")

    def _left(self, suitcase: dict[str, Any]) -> list[Item]:
        items = packing(stay_of(suitcase))
        return [item for item in items if item.key not in suitcase["done"]]

    @intent("pack_tick")
    async def pack_tick(self, turn: Turn, item: str) -> Answer:
        """One thing is packed."""
        suitcase = self.home.store.get("suitcase")
        if suitcase is None:
            return turn.phrase("no_list")
        found = [each for each in packing(stay_of(suitcase)) if each.key == item]
        if not found:
            return turn.phrase("not_on_list")
        suitcase["done"] = sorted({*suitcase["done"], item})
        self.home.store.set("suitcase", suitcase)
        turn.hold()
        count = say_number(len(self._left(suitcase)), turn.language)
        return turn.phrase("ticked", item=self.thing(turn, found[0]), count=count)

    @intent("pack_missing")
    async def pack_missing(self, turn: Turn) -> Answer:
        """What is not packed yet."""
        suitcase = self.home.store.get("suitcase")
        return self._end(turn, suitcase) if suitcase else turn.phrase("no_list")


def stay_of(kept: dict[str, Any]) -> Stay:
    """The stay that a kept list or trip is for."""
    return Stay(
        place=atlas.places()[kept["place"]],
        month=kept["month"],
        days=kept["days"],
        people=kept["people"],
        children=kept["children"],
        activities=frozenset(kept["activities"]),
        laundry=kept.get("laundry", False),
    )


def days_of(stay: timedelta | None) -> int | None:
    """Whole days of a stay."""
    return max(1, min(round(stay / timedelta(days=1)), 90)) if stay else None


def company(people: float | None, party: str | None) -> tuple[int, int]:
    """Grown-ups and children; a party is written "2+1" in the YAML files."""
    if party:
        adults, _, children = party.partition("+")
        return int(adults), int(children or 0)
    return max(1, min(int(people or 1), 12)), 0
