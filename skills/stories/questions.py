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
    async def who(self, turn: Turn, who: str = "", **_: Any) -> Answer:
        """What somebody is called, and who they are."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        if found := about.whom(bookmark, turn.route.text or turn.text, who):
            key, name = "who" if found.kind else "name", found.name[0].upper() + found.name[1:]
            return await self._answered(turn, turn.phrase(key, name=name, kind=found.kind))
        key = "not_told" if about.tells_of(bookmark, who) else "not_in_it"
        return await self._answered(turn, turn.phrase(key))

    @intent("called")
    async def called(self, turn: Turn, **_: Any) -> Answer:
        """What the story is called."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        return await self._answered(turn, turn.phrase("called", title=bookmark.story.title))

    @intent("where")
    async def where(self, turn: Turn, **_: Any) -> Answer:
        """Where the story is just now."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        if place := bookmark.scene.place:
            answer = turn.phrase("where", place=place)
        elif place := bookmark.story.place:
            answer = turn.phrase("set_in", place=place)
        else:
            answer = turn.phrase("no_place")
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
        told = 0 if bookmark.finished else bookmark.place.scene  # of one that is over: all of it
        rest = replace(bookmark.story, scenes=bookmark.story.scenes[told:])
        minutes = max(1, round(rest.seconds / 60))
        key = "one_minute_left" if minutes == 1 else "minutes_left"
        return await self._answered(turn, turn.phrase(key, minutes=minutes))
