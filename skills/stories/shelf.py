"""What is kept: favourite stories, and who the child is that listens."""

from __future__ import annotations

from typing import Any

from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_list

from . import tales
from .storyteller import Storyteller

LISTED = 4
"""Titles named at once."""


class Shelf(Storyteller):
    """Keeps stories, and what is known of the listener."""

    @intent("keep")
    @intent("keep_it")
    async def keep(self, turn: Turn, **_: Any) -> Answer:
        """Put the story on the shelf."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.kept.put(bookmark.story)
        return await self._answered(turn, turn.phrase("kept", title=bookmark.story.title))

    @intent("shelf")
    async def shelf(self, turn: Turn, **_: Any) -> Answer:
        """What is on the shelf."""
        titles = [story.title for story in self.kept.shelf]
        if not titles:
            return turn.phrase("shelf_empty")
        return turn.phrase("shelf", titles=say_list(titles[-LISTED:], turn.language))

    @intent("favourite")
    async def favourite(self, turn: Turn, **_: Any) -> Answer:
        """The story put on the shelf last."""
        shelf = self.kept.shelf
        return await self._start(turn, shelf[-1]) if shelf else turn.phrase("shelf_empty")

    @intent("remove")
    async def remove(self, turn: Turn, **_: Any) -> Answer:
        """Take the story off the shelf."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.kept.take(bookmark.story)
        return turn.phrase("removed", title=bookmark.story.title)

    @intent("titles")
    async def titles(self, turn: Turn, **_: Any) -> Answer:
        """Some of the stories there are."""
        known = tales.library(turn.language)
        some = self.dice.sample([tale.called for tale in known], min(LISTED, len(known)))
        listed = say_list(some, turn.language)
        return turn.phrase("titles", count=len(known), titles=listed)

    @intent("animal")
    async def animal(self, turn: Turn, animal: str = "", **_: Any) -> Answer:
        """The child's favourite animal."""
        self.kept.learn(animal=animal)
        return turn.phrase("animal", animal=animal)

    @intent("friend")
    async def friend(self, turn: Turn, name: str = "", **_: Any) -> Answer:
        """A friend of the child's, who may come along in stories."""
        friends = [*self.kept.listener.get("friends", []), name.title()]
        self.kept.learn(friends=list(dict.fromkeys(friends)))
        return turn.phrase("friend", name=name.title())

    @intent("child")
    async def child(self, turn: Turn, name: str = "", **_: Any) -> Answer:
        """The name of the child in stories "about me"."""
        self.kept.learn(name=name.title())
        return turn.phrase("child", name=name.title())
