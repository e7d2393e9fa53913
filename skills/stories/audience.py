"""A listener for the bench: hears stories as the skill tells them, and remembers every line.

Nothing is spoken. The language model is given the time that the speaking would take, and no more.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
from anyio.lowlevel import checkpoint

from voice_assistant.catalog import Catalog
from voice_assistant.phrases import Phrases
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.skill import Home, Message, Mind, Piece, Reply
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route, Turn

from .perform import Place
from .skill import Stories
from .story import Line, Story, spoken_seconds


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always noon."""
        return datetime(2026, 6, 1, 12, tzinfo=UTC)

    def elapsed(self) -> float:
        """Nothing passes."""
        return 0.0


class Watched:
    """A mind that tells when it is not thinking."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self.silent = anyio.Event()
        self.silent.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._mind, name)

    async def think(
        self, chat: Sequence[Message], *, limit: int = 200, grammar: str | None = None
    ) -> AsyncGenerator[str, None]:
        """As the mind does."""
        self.silent = anyio.Event()
        try:
            thought = self._mind.think(chat, limit=limit, grammar=grammar)
            async with aclosing(thought) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self.silent.set()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of a request: the story as it stands, and the lines that were heard of it."""

    story: Story
    lines: tuple[tuple[int, str], ...]
    """Each with the number of its scene."""
    finished: bool
    first_seconds: float
    """From the request to the first line, on this machine."""

    def of(self, scene: int) -> str:
        """What was heard of a scene."""
        return " ".join(text for number, text in self.lines if number == scene)

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(text for _, text in self.lines)


class Audience:
    """One household's evenings of stories."""

    def __init__(self, language: str, mind: Mind, catalog: Catalog | None = None) -> None:
        self.language = language
        self.mind = Watched(mind)
        clock, database = Noon(), Database(":memory:")
        Stories.name = "stories"
        self._session = Session(clock)
        self._phrases = Phrases()
        self._database = database
        self.skill = Stories(
            Home(
                name="stories",
                folder=Path(),
                store=Store(database, "stories"),
                scheduler=Scheduler(database, clock).owned_by("stories"),
                clock=clock,
                mind=self.mind,
                services={"catalog": catalog} if catalog else {},
            )
        )
        self.skill.dice.seed(language)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    async def hear(self, text: str) -> Heard:
        """Ask for a story, and hear it to its end."""
        lines: list[tuple[int, str]] = []
        began = time.perf_counter()
        first = sounded = 0.0

        async def speak(turn: Turn, answer: Reply) -> None:
            nonlocal first, sounded
            assert not isinstance(answer.say, str)
            async for piece in answer.say:
                assert isinstance(piece, Piece)
                first = first or time.perf_counter() - began
                if isinstance(piece.mark, Place):
                    lines.append((piece.mark.scene, piece.text))
                    assert answer.reached is not None
                    answer.reached(piece.mark)
                line = Line(text=piece.text, pause=piece.pause)
                sounded += spoken_seconds(line, self.language)
                await self._until(began + sounded)

        await self.skill.tell(self.turn(text, speak))
        bookmark = self.skill.teller.bookmark
        assert bookmark is not None
        return Heard(
            story=bookmark.story,
            lines=tuple(lines),
            finished=bookmark.finished,
            first_seconds=first,
        )

    def turn(self, text: str, speak: Any) -> Turn:
        """A request, whose answer `speak` is told."""
        return Turn(
            text=text,
            language=self.language,
            session=self._session,
            route=Route(skill="stories", intent="tell", text=text),
            speak=speak,
            phrases=lambda turn, key: "{title}",
        )

    async def _until(self, moment: float) -> None:
        """Let the model write until then, where it does write."""
        await checkpoint()
        with anyio.move_on_after(moment - time.perf_counter()):
            await self.mind.silent.wait()
