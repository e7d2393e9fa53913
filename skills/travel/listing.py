"""How a packing list is put into words: things with counts, why they are needed, the whole card."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from voice_assistant.skill import Turn
from voice_assistant.speaking import say_count, say_list, say_number

from .asking import Asking
from .packing import Item, Stay, packing


class Listing(Asking):
    """Words for things to pack."""

    def thing(self, turn: Turn, item: Item) -> str:
        """A thing with its count; one that is not counted by its name. See `item_...` phrases."""
        name = turn.phrase(f"item_{item.key}")
        if not name.startswith("#"):
            return name
        one, _, many = name.removeprefix("#").partition("|")
        return say_count(item.count, one, turn.language, many or None)

    def things(self, turn: Turn, items: Sequence[Item]) -> str:
        """Things in a row."""
        return say_list([self.thing(turn, item) for item in items], turn.language)

    def reasons(self, turn: Turn, items: Sequence[Item], stay: Stay) -> str:
        """Things in a row, with why they are needed."""
        climate, said = self.climate_of(turn, stay), []

        def why(item: Item) -> str:
            return turn.phrase(f"why_{item.why}", **climate) if item.why else ""

        for reason, alike in groupby(items, key=why):
            things = self.things(turn, list(alike))
            said.append(turn.phrase("because", items=things, why=reason) if reason else things)
        return turn.phrase("semicolon").join(said)

    def climate_of(self, turn: Turn, stay: Stay) -> dict[str, str]:
        """What the reasons are made of."""
        plugs = self.country_of(stay.place).plugs
        return {
            "low": say_number(stay.place.low[stay.month - 1], turn.language),
            "high": say_number(stay.warmest, turn.language),
            "rain": self.rainy(turn, stay.wet_days),
            "plugs": say_list(plugs, turn.language),
        }

    def checklist(self, turn: Turn, stay: Stay) -> str:
        """The whole list as a card."""
        done = (self.home.store.get("suitcase") or {}).get("done", [])
        lines = [f"# {stay.place.name(turn.language)}"]
        for group, items in groupby(packing(stay), key=lambda item: item.group):
            lines += ["", f"## {turn.phrase(f'group_{group}')}", ""]
            for item in items:
                tick = "x" if item.key in done else " "
                lines.append(f"- [{tick}] {self.thing(turn, item)}")
        return "\n".join(lines)
