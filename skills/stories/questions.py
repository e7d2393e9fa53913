"""What listeners ask about a story, answered from its plan; then the story goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voice_assistant.skill import Answer, Turn, intent

from . import about
from .storyteller import Storyteller


class Questions(Storyteller):
    """Answers questions about the story."""

    @intent("why")
    async def why(self, turn: Turn, **_: Any) -> Answer:
        """Why somebody did what was told last."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        return await self._answered(turn, about.why(bookmark) or turn.phrase("no_reason"))

    @intent("who")
    async def who(self, turn: Turn, **_: Any) -> Answer:
        """What somebody is called, and who they are."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        who = about.whom(bookmark, turn.route.text or turn.text)
        key = "who" if who.kind else "name"
        return await self._answered(turn, turn.phrase(key, name=who.name, kind=who.kind))

    @intent("where")
    async def where(self, turn: Turn, **_: Any) -> Answer:
        """Where the story is just now."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        place = bookmark.scene.place or bookmark.story.place
        answer = turn.phrase("where", place=place) if place else turn.phrase("no_place")
        return await self._answered(turn, answer)

    @intent("lesson")
    async def lesson(self, turn: Turn, **_: Any) -> Answer:
        """What the story teaches."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        lesson = bookmark.story.lesson
        answer = turn.phrase("lesson", lesson=lesson) if lesson else turn.phrase("no_lesson")
        return await self._answered(turn, answer)

    @intent("made_up")
    async def made_up(self, turn: Turn, **_: Any) -> Answer:
        """That it was made up."""
        return await self._answered(turn, turn.phrase("made_up"))

    @intent("left")
    async def left(self, turn: Turn, **_: Any) -> Answer:
        """How much of the story is left."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        rest = replace(bookmark.story, scenes=bookmark.story.scenes[bookmark.place.scene :])
        minutes = max(1, round(rest.seconds / 60))
        key = "one_minute_left" if minutes == 1 else "minutes_left"
        return await self._answered(turn, turn.phrase(key, minutes=minutes))
