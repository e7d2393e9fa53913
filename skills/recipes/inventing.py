"""What only a language model can do: a dish that is in no book, and a step in other words.

What it makes up is data to be checked, like a stranger's recipe: the grammar shapes it, the
checks are those of our own files, and the household's allergies hold. What fails is never said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

from voice_assistant.errors import ModelError
from voice_assistant.skill import Answer, Message, Reply, Turn, intent
from voice_assistant.speaking import say_list
from voice_assistant.texts import read_yaml

from . import wording
from .amounts import DATA
from .diets import objections
from .foods import foods
from .kitchen import Kitchen
from .linking import invented
from .recipe import Recipe
from .wishes import say

TRIES = 2
TOKENS = 700
"""Enough for ten ingredients and ten steps."""

SERVINGS = 2


class Inventing(Kitchen):
    """The language model in the kitchen, under supervision."""

    @intent("invent")
    async def invent(self, turn: Turn, **slots: Any) -> Answer:
        """A dish of its own; where there is no model, or nothing passes, one of ours."""
        if not self.home.mind.ready:
            return Reply(say=f"{self.home.mind.excuse(turn.language)} {turn.phrase('from_book')}")
        await turn.say(turn.phrase("inventing"))
        for _ in range(TRIES):
            recipe = await self._made_up(turn)
            if recipe is not None:
                self.take_in(recipe)
                self.offer([recipe])
                said = turn.phrase(
                    "invented",
                    dish=wording.summary(recipe, turn.language),
                    foods=say_list([i.item for i in recipe.ingredients][:5], turn.language),
                )
                return Reply(say=said, listen=True)
        return turn.phrase("not_invented")

    async def _made_up(self, turn: Turn) -> Recipe | None:
        chat = self._prompt(turn)
        grammar = (DATA / "recipe.gbnf").read_text(encoding="utf-8")
        text = ""
        try:
            async with aclosing(
                self.home.mind.think(chat, limit=TOKENS, grammar=grammar)
            ) as pieces:
                async for piece in pieces:
                    text += piece
        except ModelError:
            return None
        kept = self.home.store.get("invented", {})
        recipe = invented(text, turn.language, f"invented-{len(kept) + 1}")
        if recipe is None or objections(recipe, self.profile, foods()):
            return None
        self.home.store.set(
            "invented", {**kept, recipe.id: {"language": turn.language, "text": text}}
        )
        return recipe

    def _prompt(self, turn: Turn) -> list[Message]:
        words = _words(turn.language)
        wish = words["wish"].format(wish=turn.route.text or turn.text, serves=SERVINGS)
        mine = self.profile
        if barred := sorted(mine.allergies | mine.dislikes | mine.diets):
            named = say_list([say(each, turn.language) for each in barred], turn.language)
            wish += words["without"].format(foods=named)
        return [Message(role="system", content=words["system"]), Message(role="user", content=wish)]

    @intent("rephrase")
    async def rephrase(self, turn: Turn, **slots: Any) -> Answer:
        """The step in easier words; without a model, slowly in its own."""
        cooking = self.cooking()
        if not cooking or cooking.front.step is None:
            return self.nothing(turn)
        turn.hold()
        step = self.words(cooking.front.step.text)
        return Reply(say=await self._easier(turn, step) or step, listen=True)

    async def _easier(self, turn: Turn, step: str) -> str:
        if not self.home.mind.ready:
            return ""
        chat = [
            Message(role="system", content=_words(turn.language)["rephrase"]),
            Message(role="user", content=step),
        ]
        async with aclosing(
            self.home.mind.speak(chat, language=turn.language, limit=120, sentences=3)
        ) as sentences:
            said = [sentence async for sentence in sentences]
        text = (" " if turn.language == "en" else "").join(said)
        return text if set(_numbers(text)) <= set(_numbers(step)) else ""


def _words(language: str) -> Mapping[str, str]:
    read = read_yaml((DATA / "invent.yaml").read_text(encoding="utf-8"))
    found: Mapping[str, str] = read[language]
    return found


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)
