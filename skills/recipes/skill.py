"""Recipes: a cook beside you, hands free."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list
from voice_assistant.words import Parser

from . import lexis, wishes
from .adapting import Adapting
from .eating import Eating
from .handiwork import Handiwork
from .household import Household
from .importing import import_file
from .inventing import Inventing
from .knowhow import Knowhow
from .menus import Menus
from .pairing import Pairing
from .paper import Paper
from .rephrasing import Rephrasing
from .stove import Stove


def parser() -> Parser:
    """The words of `voice-assistant recipes ...`."""
    top = Parser(
        prog="voice-assistant recipes",
        description="Import your own recipes.",
        epilog="What every command takes (--json, --language ...) may stand among the words.",
    )
    todo = top.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    bring = todo.add_parser("import", help="take in recipes from files")
    bring.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        type=Path,
        help="Markdown, Cooklang, JSON-LD or plain text",
    )
    return top


class Recipes(
    Eating,
    Knowhow,
    Menus,
    Household,
    Pairing,
    Stove,
    Adapting,
    Paper,
    Inventing,
    Rephrasing,
    Handiwork,
):
    """Finding a dish, cooking it together, writing it down, planning the week."""

    async def command(self, words: Sequence[str]) -> AsyncGenerator[Mapping[str, Any], None]:
        """`voice-assistant recipes import FILE...`."""
        for file in parser().parse_args(list(words)).files:
            for path in import_file(file, self.home.folder):
                yield {"recipe": path.stem, "path": str(path), "text": f"Took in {path.stem}."}

    @intent("find")
    async def find(self, turn: Turn, **slots: Any) -> Answer:
        """Something to cook; or an answer, where the words ask for another thing than a dish."""
        heard = (turn.route.text or turn.text).lower()
        others = {
            "goes_with": self.goes_with,
            "how_long": self.how_long,
            "missing": self.missing,
            "plan": self.plan,
            "menu": self.menu,
        }
        for key, words in lexis.named("rather", turn.language).items():
            if words.search(heard):
                return await others[key](turn)
        found = await super().find(turn, **slots)
        if isinstance(found, Reply) and re.search(lexis.words(turn.language)["unwell"], heard):
            return replace(found, say=f"{found.say}{turn.phrase('no_medicine')}")
        return found

    @intent("write_some")
    async def write_some(self, turn: Turn, **slots: Any) -> Answer:
        """Recipes of a kind are found, and put on paper: one, or as many as are named at once."""
        found = await self.find(turn)
        chosen = self.home.store.get("offered", {}).get("ids", [])
        if not isinstance(found, Reply) or not self.just_offered:
            return found
        several = re.search(lexis.words(turn.language)["several"], turn.asked.lower())
        wanted = [self.recipe(each, turn.language) for each in chosen[: None if several else 1]]
        written = [(recipe, self.write_card(recipe)) for recipe in wanted if recipe]
        dishes = [recipe.title for recipe, _ in written]
        said = turn.phrase("written_some", dishes=say_list(dishes, turn.language), first=dishes[0])
        receipts = tuple(receipt for _, receipt in written)
        return Reply(say=said, display=found.display, receipts=receipts)

    @intent("picky")
    async def picky(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody does not eat something, and the cook wants help: that is no dislike to note."""
        wish = wishes.read(turn.route.text or turn.text, turn.language)
        wanted = replace(
            wishes.Wish(), kinds=wish.no_kinds | wish.kinds, foods=wish.without + wish.foods
        )
        found = self.suggested(turn, wanted, frozenset(), text="")
        return replace(found, say=f"{turn.phrase('picky')}{found.say}")

    async def propose(self, turn: Turn) -> Answer:
        """Something for today."""
        return await self.find(turn)
