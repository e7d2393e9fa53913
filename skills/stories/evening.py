"""While a story is told: on, back, again, shorter, until when, and in how many voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from voice_assistant.skill import Answer, Turn, intent

from . import fit
from .kept import Bookmark
from .perform import Place, back
from .plan import from_json
from .storyteller import Storyteller
from .weave import weave

BACK_LINES = 5
"""Sentences that "go back a little" takes back."""
SHORTER = 0.5


class Evening(Storyteller):
    """Goes with the listener through a story."""

    @intent("continue")
    @intent("go_on")
    @intent("go_on_it")
    async def go_on(self, turn: Turn, **_: Any) -> Answer:
        """On from the bookmark, also days later."""
        bookmark = self.teller.bookmark
        if bookmark is None:
            return turn.phrase("nothing_open")
        if bookmark.finished and bookmark.chosen:
            return turn.phrase("was_finished", title=bookmark.story.title)
        await self.teller.tell(turn, turn.phrase("continue", title=bookmark.story.title))
        return None

    @intent("pause")
    async def pause(self, turn: Turn, **_: Any) -> Answer:
        """Silence until "continue"."""
        self.teller.save()
        turn.hold()
        return turn.phrase("paused")

    @intent("back")
    async def back(self, turn: Turn, **_: Any) -> Answer:
        """A few sentences back, and on from there."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.teller.move(back(bookmark.story, bookmark.place, BACK_LINES))
        await self.teller.tell(turn, turn.phrase("back"))
        return None

    @intent("again")
    @intent("once_more")
    async def again(self, turn: Turn, **_: Any) -> Answer:
        """The same story from its beginning."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.teller.move(Place())
        await self.teller.tell(turn, turn.phrase("again", title=bookmark.story.title))
        return None

    @intent("shorter")
    async def shorter(self, turn: Turn, **_: Any) -> Answer:
        """The rest of the story in half the time."""
        bookmark = self.teller.bookmark
        if bookmark is None:
            return turn.phrase("nothing_open")
        if bookmark.finished:
            return turn.phrase("was_finished", title=bookmark.story.title)
        self.teller.open(_halved(bookmark))
        await self.teller.tell(turn, turn.phrase("shorter"))
        return None

    @intent("again_shorter")
    async def again_shorter(self, turn: Turn, **_: Any) -> Answer:
        """The same story from its beginning, in half the time."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.teller.open(_halved(replace(bookmark, place=Place())))
        await self.teller.tell(turn, turn.phrase("shorter"))
        return None

    @intent("sleep")
    @intent("sleep_soon")
    async def sleep(
        self, turn: Turn, duration: timedelta | None = None, minutes: float = 10, **_: Any
    ) -> Answer:
        """End softly after so long."""
        self.teller.sleep_in(duration or timedelta(minutes=minutes))
        return await self._answered(turn, turn.phrase("sleep_set"))

    @intent("plain")
    @intent("plain_now")
    async def plain(self, turn: Turn, **_: Any) -> Answer:
        """One voice, no sounds."""
        return await self._performed(turn, plain=True)

    @intent("performed")
    @intent("performed_now")
    async def performed(self, turn: Turn, **_: Any) -> Answer:
        """Voices and sounds again."""
        return await self._performed(turn, plain=False)

    async def _performed(self, turn: Turn, *, plain: bool) -> Answer:
        self.kept.plain = plain
        if bookmark := self.teller.bookmark:
            manner = replace(bookmark.manner, plain=plain)
            self.teller.open(replace(bookmark, manner=manner))
        return await self._answered(turn, turn.phrase("plain" if plain else "performed"))


def _halved(bookmark: Bookmark) -> Bookmark:
    """The same story, with the rest of it in about half the time."""
    story, at = bookmark.story, bookmark.place.scene
    if story.plan is None:
        rest = replace(story, scenes=story.scenes[at:])
        shorter = fit.fitted(rest, rest.seconds * SHORTER)
        return replace(bookmark, story=replace(story, scenes=(*story.scenes[:at], *shorter.scenes)))
    plan = from_json(story.plan, minutes=story.plan["minutes"] * SHORTER)
    woven = weave(plan)
    names = [scene.name for scene in woven.scenes]
    following = [scene.name for scene in story.scenes[at:] if scene.name in names]
    place = Place(scene=names.index(following[0]) if following else len(names))
    return replace(bookmark, story=woven, place=place)
