"""A menu of several courses: found in the book, and matched by the language model where there is one.

The model only chooses among dishes that fit the wish and the household; it can invent none.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from voice_assistant.errors import ModelError
from voice_assistant.skill import Answer, Message, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import planning, search, wishes, wording
from .drafts import told
from .kitchen import Kitchen
from .recipe import Recipe

COURSES = {
    "en": (("starter", "soup", "salad"), ("main",), ("dessert",)),
    "zh": (("salad",), ("main",), ("side",), ("soup",)),
}
"""What a dinner is made of, in the order it is served."""

CHOICES = 5
"""Dishes a course that the model chooses from."""


class Menus(Kitchen):
    """Dishes that go together."""

    @intent("menu")
    async def menu(self, turn: Turn, **slots: Any) -> Answer:
        """A dinner of several courses, for guests or a feast."""
        courses = self._candidates(turn)
        if not all(courses):
            return turn.phrase("nothing_fits")
        chosen = await self._matched(turn, courses) or _unlike(courses)
        self.offer(chosen)
        said = turn.phrase("menu", dishes=say_list([r.title for r in chosen], turn.language))
        card = "\n".join(f"- {wording.summary(each, turn.language)}" for each in chosen)
        return Reply(say=said, display=card)

    def _candidates(self, turn: Turn) -> list[list[Recipe]]:
        """For each course, dishes that fit the wish and the household; other ones each day."""
        wish = wishes.read(turn.route.text or turn.text, turn.language)
        book, day = self.book(turn.language), self.now().toordinal()
        courses = []
        for names in COURSES[turn.language]:
            guests = wish.characters - {"feast"}  # of the whole, not of each dish
            wanted = replace(wish, courses=frozenset(names), characters=guests)
            hits = search.fitting(book, wanted, self.profile, season=self.season, limit=40)
            start = day % max(1, len(hits))
            courses.append([hit.recipe for hit in [*hits[start:], *hits[:start]]][:CHOICES])
        return courses

    async def _matched(self, turn: Turn, courses: Sequence[Sequence[Recipe]]) -> list[Recipe]:
        """The dishes that the model thinks go together; none without a model."""
        if not self.home.mind.ready:
            return []
        rules = ' " " '.join(f"[1-{len(dishes)}]" for dishes in courses)
        listed = "\n".join(
            f"{place}. " + "; ".join(f"{n} {dish.title}" for n, dish in enumerate(dishes, 1))
            for place, dishes in enumerate(courses, 1)
        )
        chat = [
            Message(role="system", content=told(turn.language)["menu"]),
            Message(role="user", content=listed),
        ]
        thinking = self.home.mind.think(chat, limit=4 * len(courses), grammar=f"root ::= {rules}")
        try:
            async with aclosing(thinking) as pieces:
                numbers = "".join([piece async for piece in pieces]).split()
        except ModelError:
            return []
        if len(numbers) != len(courses):
            return []
        return [dishes[int(n) - 1] for n, dishes in zip(numbers, courses, strict=True)]


def _unlike(courses: Sequence[Sequence[Recipe]]) -> list[Recipe]:
    """One dish of each course, as unlike the others as there are."""
    chosen: list[Recipe] = []
    for dishes in courses:
        chosen.append(min(dishes, key=lambda dish: planning.sameness(dish, chosen, ())))
    return chosen
