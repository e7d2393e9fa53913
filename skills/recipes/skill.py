"""Recipes: a cook beside you, hands free."""

from __future__ import annotations

from voice_assistant.skill import Answer, Turn
from voice_assistant_skills.recipes.finding import Finding
from voice_assistant_skills.recipes.inventing import Inventing
from voice_assistant_skills.recipes.paper import Paper
from voice_assistant_skills.recipes.stove import Stove


class Recipes(Finding, Stove, Paper, Inventing):
    """Finding a dish, cooking it together, writing it down, planning the week."""

    async def start(self) -> None:
        """Read the English book ahead, so that the first question need not wait."""
        self.book("en")

    async def propose(self, turn: Turn) -> Answer:
        """Something for today."""
        return await self.find(turn)
