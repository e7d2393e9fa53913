"""Travel tips that are true: every fact is in the data, and what is not known is said so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import timedelta

from voice_assistant.skill import Answer, Piece, Prosody, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_duration, say_list, say_number, say_time

from . import phrasebook
from .packing import packing
from .places import CHECKED, Place, distance, find, names, places

SIGHTS = 3
"""Sights that are told at a time."""

SPEED = 800.0
"""Kilometres an hour of an airliner, door to door not counted."""

SLOW = Prosody(pace=0.7)


class Travel(Skill):
    """Answers about places, packs and speaks."""

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The places there is data about."""
        return {"destination": [*names("en"), *names("zh")]}

    async def _place(self, turn: Turn, said: str | None) -> Place | str:
        """The place that is meant (of the talk before, without a name), or what to say."""
        if said is None:
            said = self.home.store.get("place")
        if said is None:
            return turn.phrase("which_place")
        found = find(said, turn.language)
        if found is None:
            known = [place.name(turn.language) for place in list(places().values())[::9]]
            near = say_list(known, turn.language)
            return turn.phrase("unknown", place=said, near=near)
        self.home.store.set("place", found.key)
        return found

    def _month(self, month: str | None) -> int:
        """A month's number; this one without a name."""
        if month is None:
            kept = self.home.store.get("month")
            return int(kept) if kept else self.now().month
        self.home.store.set("month", month)
        return int(month)

    @intent("tips")
    async def tips(self, turn: Turn, destination: str | None = None) -> Answer:
        """The best of a place: when, how, what to eat and see."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        text = place.text(turn.language)
        parts = [text["best"], text["sights"][0], text["food"], text["tip"]]
        return Reply(say=self._join(turn, parts), display=_card(place, turn.language))

    @intent("when")
    async def when(self, turn: Turn, destination: str | None = None) -> Answer:
        """The best months."""
        return await self._say(turn, destination, "best")

    @intent("food")
    async def food(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to eat."""
        return await self._say(turn, destination, "food")

    @intent("around")
    async def around(self, turn: Turn, destination: str | None = None) -> Answer:
        """How to get about."""
        return await self._say(turn, destination, "around")

    @intent("manners")
    async def manners(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to mind."""
        return await self._say(turn, destination, "tip")

    async def _say(self, turn: Turn, destination: str | None, key: str) -> Answer:
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        return turn.phrase(
            "about", place=place.name(turn.language), text=place.text(turn.language)[key]
        )

    @intent("sights")
    async def sights(self, turn: Turn, destination: str | None = None) -> Answer:
        """What to see; asked again, the next ones."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        told = self.home.store.get("told", {}).get(place.key, 0)
        known = place.text(turn.language)["sights"]
        shown = [known[(told + at) % len(known)] for at in range(SIGHTS)]
        self.home.store.set("told", {place.key: told + SIGHTS})
        return self._join(turn, shown)

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """More sights of the same place."""
        return await self.sights(turn)

    @intent("plan")
    async def plan(
        self, turn: Turn, days: float | None = None, destination: str | None = None
    ) -> Answer:
        """A plan for some days, from the sights there is data about."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        count = min(max(int(days or 1), 1), 3)
        known = place.text(turn.language)["sights"]
        share = max(1, len(known) // count)
        parts = []
        for day in range(count):
            told = self._join(turn, known[day * share : (day + 1) * share][:3])
            parts.append(turn.phrase("day", number=say_number(day + 1, turn.language), sights=told))
        if (days or 1) > count:
            parts.append(turn.phrase("more_days"))
        parts.append(place.text(turn.language)["food"])
        return Reply(say=self._join(turn, parts), display=_card(place, turn.language))

    @intent("climate")
    async def climate(
        self, turn: Turn, destination: str | None = None, month: str | None = None
    ) -> Answer:
        """How warm and wet a month is there."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        number = self._month(month)
        return turn.phrase(
            "climate",
            place=place.name(turn.language),
            month=turn.phrase(f"month_{number}"),
            high=say_number(place.high[number - 1], turn.language),
            low=say_number(place.low[number - 1], turn.language),
            rain=say_count(place.rain[number - 1], turn.phrase("day_word"), turn.language),
        )

    @intent("another_month")
    async def another_month(self, turn: Turn, month: str) -> Answer:
        """The same place in another month."""
        return await self.climate(turn, None, month)

    @intent("another_place")
    async def another_place(self, turn: Turn, destination: str) -> Answer:
        """The same question about another place."""
        last = turn.session.previous
        asked = last.route.intent if last and last.route.skill == self.name else None
        if asked in ("when", "food", "around", "manners", "sights", "climate", "money", "plug"):
            return await getattr(self, asked)(turn, destination)  # type: ignore[no-any-return]
        return await self.tips(turn, destination)

    @intent("warm")
    async def warm(self, turn: Turn, month: str | None = None) -> Answer:
        """Where it is warm and dry in a month."""
        number = self._month(month)
        ranked = sorted(
            places().values(),
            key=lambda p: abs(p.high[number - 1] - 26) + 0.6 * p.rain[number - 1],
        )
        found = [place.name(turn.language) for place in ranked[:4]]
        return turn.phrase(
            "warm", month=turn.phrase(f"month_{number}"), places=say_list(found, turn.language)
        )

    @intent("pack")
    async def pack(
        self,
        turn: Turn,
        destination: str | None = None,
        month: str | None = None,
        days: float | None = None,
    ) -> Answer:
        """A packing list with its reasons."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        number, count = self._month(month), int(days or 5)
        items = packing(place, number, count)
        said = [
            turn.phrase(f"item_{item.key}", count=say_number(item.count, turn.language))
            for item in items
        ]
        special = [
            s for s, item in zip(said, items, strict=True) if item.why and item.why != "plugs"
        ]
        plugs = say_list(place.facts()["plugs"], turn.language)
        days_said = say_count(count, turn.phrase("day_word"), turn.language)
        say = turn.phrase(
            "pack",
            place=place.name(turn.language),
            month=turn.phrase(f"month_{number}"),
            days=days_said,
            low=say_number(place.low[number - 1], turn.language),
            high=say_number(place.high[number - 1], turn.language),
            special=say_list(special, turn.language) or turn.phrase("nothing_special"),
            plugs=plugs,
        )
        card = "\n".join([f"# {place.name(turn.language)}", *(f"- [ ] {text}" for text in said)])
        return Reply(say=say, display=card)

    # --- facts ---------------------------------------------------------------------------

    @intent("plug")
    async def plug(self, turn: Turn, destination: str | None = None) -> Answer:
        """Plugs and voltage."""
        return await self._fact(turn, destination, "plug")

    @intent("money")
    async def money(self, turn: Turn, destination: str | None = None) -> Answer:
        """Currency and tipping."""
        return await self._fact(turn, destination, "money")

    @intent("emergency")
    async def emergency(self, turn: Turn, destination: str | None = None) -> Answer:
        """The number to call."""
        return await self._fact(turn, destination, "emergency")

    @intent("drives")
    async def drives(self, turn: Turn, destination: str | None = None) -> Answer:
        """The side of the road."""
        return await self._fact(turn, destination, "drives")

    async def _fact(self, turn: Turn, destination: str | None, key: str) -> Answer:
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        facts = place.facts()
        tip = (
            turn.phrase("no_tip") if facts["tip"] == "0" else turn.phrase("tip", share=facts["tip"])
        )
        return turn.phrase(
            f"fact_{key}",
            place=place.name(turn.language),
            plugs=say_list(facts["plugs"], turn.language),
            volts=say_number(facts["volts"], turn.language),
            currency=turn.phrase(f"currency_{facts['currency']}"),
            tip=tip,
            number=" ".join(facts["emergency"]) if turn.language == "en" else facts["emergency"],
            side=turn.phrase(facts["drives"]),
        )

    @intent("entry")
    async def entry(self, turn: Turn, destination: str | None = None) -> Answer:
        """Visas, health, safety: the official source, never a guess."""
        return turn.phrase("official", date=CHECKED)

    @intent("distance")
    async def distance(self, turn: Turn, destination: str, other: str | None = None) -> Answer:
        """How far, as the plane flies."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        start = find(other or self.home.place.get("city", ""), turn.language)
        if start is None:
            return turn.phrase("from_where")
        kilometres = round(distance(start, place), -1)
        return turn.phrase(
            "distance",
            place=place.name(turn.language),
            other=start.name(turn.language),
            kilometres=say_number(int(kilometres), turn.language),
            flight=say_duration(
                timedelta(minutes=round(kilometres / SPEED * 60, -1)), turn.language
            ),
        )

    @intent("time_there")
    async def time_there(self, turn: Turn, destination: str) -> Answer:
        """The time at a destination, for the traveller."""
        place = await self._place(turn, destination)
        if isinstance(place, str):
            return place
        there = self.now().astimezone(place.timezone)
        return turn.phrase(
            "time", place=place.name(turn.language), time=say_time(there, turn.language)
        )

    # --- the phrasebook ------------------------------------------------------------------

    @intent("phrase")
    async def phrase(self, turn: Turn, phrase: str, tongue: str) -> Answer:
        """How a phrase is said in a language, by a voice of that language."""
        key = phrasebook.find(phrase, turn.language)
        if key is None:
            return turn.phrase("no_phrase", phrase=phrase)
        self.home.store.set("phrase", [key, tongue])
        return self._spoken(turn, key, tongue, Prosody())

    @intent("slowly")
    async def slowly(self, turn: Turn) -> Answer:
        """The last phrase once more, slowly."""
        kept = self.home.store.get("phrase")
        return self._spoken(turn, kept[0], kept[1], SLOW) if kept else turn.phrase("no_phrase_yet")

    def _spoken(self, turn: Turn, key: str, tongue: str, prosody: Prosody) -> Answer:
        found = phrasebook.said_in(key, tongue)
        if found is None:
            return turn.phrase("no_phrase", phrase=key)
        original, roman = found
        receipt = Receipt(action="travel.phrase", result={"language": tongue, "text": original})
        display = f"{original}\n\n*{roman}*" if roman else original

        async def pieces() -> AsyncIterator[str | Piece]:
            yield Piece(text=original, language=tongue, prosody=prosody, pause=0.3)

        return Reply(say=pieces(), display=display, receipts=(receipt,))

    def _join(self, turn: Turn, parts: Iterable[str]) -> str:
        return ("" if turn.language == "zh" else " ").join(parts)


def _card(place: Place, language: str) -> str:
    """A place as a card."""
    text = place.text(language)
    sights = "\n".join(f"- {sight}" for sight in text["sights"])
    parts = (text["best"], text["around"], sights, text["food"], text["tip"])
    return "\n\n".join((f"# {place.name(language)}", *parts))
