"""Recipes: a cook beside you, hands free."""

from __future__ import annotations

from voice_assistant.skill import Answer, Turn

from .changing import Changing
from .finding import Finding
from .household import Household
from .inventing import Inventing
from .paper import Paper
from .stove import Stove


class Recipes(Finding, Household, Stove, Changing, Paper, Inventing):
    """Finding a dish, cooking it together, writing it down, planning the week."""

    async def start(self) -> None:
        """Read the English book ahead, so that the first question need not wait."""
        self.book("en")

    async def propose(self, turn: Turn) -> Answer:
        """Something for today."""
        return await self.find(turn)
