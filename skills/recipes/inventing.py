"""What only a language model can do: a dish that is in no book.

What it makes up is data to be checked, like a stranger's recipe: the grammar shapes it, the
checks are those of our own files, and the household's allergies hold. What fails is never said.
"""

from __future__ import annotations

import re
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from voice_assistant.errors import ModelError
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Message, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import pantry, wishes, wording
from .diets import objections
from .drafts import hopeless, told
from .finding import Finding
from .foods import foods
from .lexis import say
from .linking import judged
from .recipe import Recipe
from .wishes import Wish

TRIES = 2
COMPLAINTS = 4
"""What is wrong, told to the model: more at once a small one does not mend."""

TOKENS = 700
"""Enough for ten ingredients and ten steps."""

READING = 60.0
"""Seconds that a small machine may read the prompt before the first word comes."""

SERVINGS = 2


class Inventing(Finding):
    """The language model in the kitchen, under supervision."""

    @intent("invent")
    async def invent(self, turn: Turn, **slots: Any) -> Answer:
        """A dish of its own; where there is no model, or nothing passes, one of ours."""
        if not self.home.mind.ready:
            return self._from_book(turn, self.home.mind.excuse(turn.language))
        heard = await self._wish(turn)
        wish = wishes.read(heard, turn.language)
        await turn.say(turn.phrase("inventing"))
        chat = self._prompt(turn, heard)
        for _ in range(TRIES):
            text, found = await self._made_up(turn, chat, wish)
            if isinstance(found, Recipe):
                self._keep_invented(found, text)
                return self._announced(turn, found)
            chat = [*chat, *_again(turn.language, text, found)]
        return self._from_book(turn, turn.phrase("not_invented"), heard)

    def _from_book(self, turn: Turn, why: str, heard: str = "") -> Reply:
        """Why nothing was made up, and what there is of ours for the same wish."""
        text = heard or turn.route.text or turn.text
        wish = wishes.read(text, turn.language)
        if not wish:
            return Reply(say=joined((why, turn.phrase("from_book")), turn.language))
        found = self.suggested(turn, wish, frozenset(), text=text)
        return replace(
            found, say=joined((why, f"{turn.phrase('rather_ours')}{found.say}"), turn.language)
        )

    async def _wish(self, turn: Turn) -> str:
        """What was wished for; who speaks of leftovers is asked which."""
        heard = turn.route.text or turn.text
        leftovers = re.search(told(turn.language)["leftovers"], heard.lower())
        if not leftovers or wishes.read(heard, turn.language).foods:
            return heard
        return f"{heard} {await turn.ask(turn.phrase('which_leftovers'))}"

    async def _made_up(
        self, turn: Turn, chat: list[Message], wish: Wish
    ) -> tuple[str, Recipe | list[str]]:
        """What the model wrote, and the recipe in it or what is wrong with it."""
        grammar = pantry.grammar(wish, self.profile, turn.language)
        text = ""
        turn.touch(READING)
        try:
            async with aclosing(
                self.home.mind.think(chat, limit=TOKENS, grammar=grammar)
            ) as pieces:
                async for piece in pieces:
                    turn.touch()
                    text += piece
                    if '"' not in piece and len(text) % 50:
                        continue  # within a line there is little to judge
                    if wrong := hopeless(text, turn.language):
                        return text, [wrong]
        except ModelError as error:
            return text, [str(error)]
        count = len(self.home.store.get("invented", {})) + 1
        wished = pantry.eaten(wish, self.profile)
        found = judged(text, turn.language, f"invented-{count}", wished)
        if isinstance(found, Recipe):
            barred = objections(found, self.profile, foods())
            return text, [f"{item} must not be in it" for item, _ in barred] or found
        return text, found

    def _keep_invented(self, recipe: Recipe, text: str) -> None:
        kept = self.home.store.get("invented", {})
        entry = {"language": recipe.language, "text": text}
        self.home.store.set("invented", {**kept, recipe.id: entry})
        self.take_in(recipe)
        self.offer([recipe])

    def _announced(self, turn: Turn, recipe: Recipe) -> str:
        said = turn.phrase(
            "invented",
            dish=wording.summary(recipe, turn.language),
            foods=say_list([i.item for i in recipe.ingredients][:5], turn.language),
        )
        return said + self._because(turn)

    def _prompt(self, turn: Turn, wish: str) -> list[Message]:
        words = told(turn.language)
        asked = words["wish"].format(wish=wish, serves=SERVINGS)
        mine = self.profile
        if barred := sorted(mine.allergies | mine.dislikes | mine.diets):
            named = say_list([say(each, turn.language) for each in barred], turn.language)
            asked += words["without"].format(foods=named)
        system = Message(role="system", content=words["system"])
        return [system, Message(role="user", content=asked)]


def _again(language: str, text: str, wrong: list[str]) -> list[Message]:
    """The recipe that was refused, and why: the next try mends it."""
    why = told(language)["again"].format(wrong="; ".join(wrong[:COMPLAINTS]))
    return [Message(role="assistant", content=text), Message(role="user", content=why)]
