"""The telling of a story: scene after scene, with choices, a bookmark, and sleep at the end."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import anyio

from voice_assistant.skill import Clock, Mind, NeverMind, Piece, Reply, Turn

from . import choices, perform
from .enrich import Enricher
from .fit import fitted
from .kept import Bookmark, Kept
from .perform import Place
from .plan import from_json
from .story import Scene, Story
from .weave import weave

THINKING_SECONDS = 12.0
"""How long a child may think about a choice."""


class Teller:
    """Tells the story at the bookmark. What was heard is kept, so that it can go on any day."""

    def __init__(
        self,
        kept: Kept,
        clock: Clock,
        mind: Mind,
        dice: random.Random,
        *,
        writes: Callable[[str], bool] = lambda language: True,
    ) -> None:
        """`writes` tells whether the language model knows a language."""
        self._kept = kept
        self._clock = clock
        self._mind = mind
        self._writes = writes
        self._dice = dice
        self.bookmark: Bookmark | None = kept.bookmark()
        self._heard = anyio.Event()

    def open(self, bookmark: Bookmark) -> None:
        """Lay a story ready to be told."""
        self.bookmark = self._kept.open(bookmark.story, bookmark.manner, bookmark.place)

    async def tell(self, turn: Turn, lead: str = "") -> None:
        """Tell on from the bookmark to the end. `lead` is said before."""
        turn.hold()
        assert self.bookmark is not None
        async with anyio.create_task_group() as beside:
            enricher, self._heard = Enricher(self._mind, self.bookmark.story), anyio.Event()
            if self._writes(self.bookmark.story.language):
                beside.start_soon(self._enrich, enricher, self.bookmark.place.scene + 1)
            while not self._done():
                if self.bookmark.chosen:
                    say = self._pieces(turn, lead, enricher)
                    await turn.say(Reply(say=say, reached=self._reached))
                    lead = ""
                if not self.bookmark.chosen:
                    await self._choose(turn)
                    turn.hold()
                elif not self.bookmark.finished:
                    break  # the sleep timer has ended the evening
            beside.cancel_scope.cancel()
        self.save()

    async def _enrich(self, enricher: Enricher, start: int) -> None:
        """Have the model write; not before the story is heard, which the machine must see to first."""
        await self._heard.wait()
        await enricher.run(start)

    def _done(self) -> bool:
        bookmark = self.bookmark
        return bookmark is None or (bookmark.finished and bookmark.chosen)

    async def _pieces(self, turn: Turn, lead: str, enricher: Enricher) -> AsyncIterator[Piece]:
        """Everything up to the next choice, the end, or bedtime."""
        bookmark = self.bookmark
        assert bookmark is not None
        if lead:
            yield Piece(text=lead, pause=0.4)
        scene, line = bookmark.place.scene, bookmark.place.line
        while scene < len(self._story.scenes):
            self._shorten(scene)
            if self._asleep():
                yield Piece(text=turn.phrase("sleep"), pause=1.0)
                break
            if line == 0 and (richer := enricher.scene(self._story.scenes[scene])):
                self._rewrite(scene, (richer,), 1)
            for piece in perform.pieces(self._story, scene, bookmark.manner, line):
                yield piece
            if self._story.scenes[scene].options:
                return
            scene, line = scene + 1, 0
        if bookmark.manner.bedtime or self._kept.until:
            self._kept.until = ""
            yield perform.goodnight(bookmark.story)

    @property
    def _story(self) -> Story:
        assert self.bookmark is not None
        return self.bookmark.story

    def _rewrite(self, at: int, scenes: tuple[Scene, ...], count: int) -> None:
        """Put other scenes in the place of `count` that were not told yet."""
        assert self.bookmark is not None
        before, after = self._story.scenes[:at], self._story.scenes[at + count :]
        story = replace(self._story, scenes=(*before, *scenes, *after))
        self.open(replace(self.bookmark, story=story))

    def _shorten(self, scene: int) -> None:
        """Shorten the rest of the story to what the sleep timer leaves."""
        if not self._kept.until:
            return
        left = datetime.fromisoformat(self._kept.until) - self._clock.now()
        rest = replace(self._story, scenes=self._story.scenes[scene:])
        shorter = fitted(rest, max(0.0, left.total_seconds()))
        self._rewrite(scene, shorter.scenes, len(rest.scenes))

    def _asleep(self) -> bool:
        until = self._kept.until
        return bool(until) and datetime.fromisoformat(until) <= self._clock.now()

    def sleep_in(self, length: timedelta) -> None:
        """End the telling after so long, softly, at the end of a scene."""
        self._kept.until = (self._clock.now() + length).isoformat()

    def _reached(self, place: Place) -> None:
        """A line was heard: lay the bookmark behind it; on disk after each paragraph."""
        self._heard.set()
        bookmark = self.bookmark
        if bookmark is None:
            return
        scene = bookmark.story.scenes[place.scene]
        ended = place.line >= len(scene.lines)
        if ended and not scene.options and place.scene + 1 < len(bookmark.story.scenes):
            place = Place(scene=place.scene + 1)
        self.bookmark = replace(bookmark, place=place)
        if ended or scene.lines[place.line].paragraph != scene.lines[place.line - 1].paragraph:
            self.save()

    def save(self) -> None:
        """Put the bookmark's place on disk."""
        if self.bookmark is not None:
            self._kept.move(self.bookmark.place)

    def move(self, place: Place) -> None:
        """Lay the bookmark somewhere else."""
        if self.bookmark is not None:
            self.bookmark = replace(self.bookmark, place=place)
            self.save()

    async def _choose(self, turn: Turn) -> None:
        """Let the listener choose, and weave the story on from there."""
        bookmark = self.bookmark
        assert bookmark is not None
        options = bookmark.scene.options
        one, two = (option.label for option in options)
        try:
            number = await turn.ask(
                bookmark.scene.question,
                choices.understand(options, self._dice),
                again=turn.phrase("choose_again", one=one, two=two),
                seconds=THINKING_SECONDS,
            )
        except NeverMind:
            number = self._dice.randrange(len(options))
            await turn.say(turn.phrase("i_choose", label=options[number].label))
        assert bookmark.story.plan is not None
        change = options[number].change
        plan = from_json(bookmark.story.plan, **change)
        story = weave(plan)
        names = [scene.name for scene in story.scenes]
        after = Place(scene=names.index(bookmark.scene.name) + 1)
        self.open(replace(bookmark, story=story, place=after))
