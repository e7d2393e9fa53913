"""What all of the storyteller is built on: the story that is being told, and who listens."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from voice_assistant.skill import Answer, Home, Skill, Turn

from . import choose
from .kept import Bookmark, Kept
from .perform import Manner, Place
from .story import Story
from .telling import Teller


class Storyteller(Skill):
    """Tells stories."""

    settings: ClassVar[Mapping[str, Any]] = {
        "name": str,
        "pronoun": str,
        "age": int,
        "animal": str,
        "friends": tuple[str, ...],
    }

    session_minutes = 60.0

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.dice = random.Random(self.now().isoformat())
        self.kept = Kept(home.store)
        self.teller = Teller(self.kept, home.clock, home.mind, self.dice, writes=self._writes)

    def _writes(self, language: str) -> bool:
        """Whether the language model knows this language; one that the catalogue does not list may."""
        catalog = self.home.services.get("catalog")
        model = catalog.models.get(self.home.mind.name) if catalog else None
        return model is None or language in model.languages

    async def start(self) -> None:
        """Read the tales and the kit while nobody asks."""
        if background := self.home.services.get("background"):
            for language in ("en", "zh"):
                background.post(partial(choose.ready, language))

    async def _start(self, turn: Turn, story: Story, *, bedtime: bool = False) -> Answer:
        self.kept.told(story)
        manner = Manner(bedtime=bedtime, plain=self.kept.plain)
        self.teller.open(Bookmark(story=story, place=Place(), manner=manner))
        await self.teller.tell(turn, turn.phrase("begin", title=story.title))
        return None

    def _listener(self) -> dict[str, Any]:
        """What is known of the child: what was said, over what the settings say."""
        return {**self.home.settings, **self.kept.listener}

    async def _answered(self, turn: Turn, answer: str) -> Answer:
        """An answer, and then back to the story if it was being told."""
        bookmark = self.teller.bookmark
        open_story = turn.session.active[:1] == [self.name] and bookmark is not None
        if not open_story or bookmark is None or (bookmark.finished and bookmark.chosen):
            return answer
        await turn.say(answer)
        await self.teller.tell(turn)
        return None
