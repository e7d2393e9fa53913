"""Stand-ins that behave: a clock that can be set, and a household for one skill without sound.

    kitchen = TryOut(Timers, tmp_path)
    outcome = await kitchen.ask("set", duration=timedelta(minutes=10))
    assert "10 minutes" in outcome.text

`ask` calls the handler of an intent as the assistant would, with slots already read; `answers` are
what the user says to the questions it asks. What it said is read as a listener would hear it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import anyio

from voice_assistant import values
from voice_assistant.jobs import Job
from voice_assistant.mind import Mind, NoMind
from voice_assistant.phrases import Phrases
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Exchange, Session
from voice_assistant.skill import Home, NeverMind, Piece, Receipt, Reply, Skill
from voice_assistant.store import Database, Store
from voice_assistant.texts import read_yaml
from voice_assistant.turn import Route, Turn

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def at(text: str, language: str = "en") -> Any:
    """A time as it is said, seen from NOW."""
    return values.parse("time", text, language, NOW)


"""A Wednesday morning."""


class FakeClock:
    """Wall time that passes with the (virtual) loop and can be set; `elapsed` cannot be."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.zone = moment.tzinfo
        self._start = moment.astimezone(UTC) - timedelta(seconds=self.elapsed())

    def now(self) -> datetime:
        return (self._start + timedelta(seconds=self.elapsed())).astimezone(self.zone)

    def elapsed(self) -> float:
        try:
            return anyio.current_time()
        except RuntimeError:  # no loop yet
            return 0.0

    def jump(self, by: timedelta) -> None:
        """The clock is set forward or back."""
        self._start += by

    def set(self, moment: datetime) -> None:
        """The clock is set to a moment."""
        self.jump(moment - self.now())


@dataclass
class Outcome:
    """What came of a turn."""

    said: list[str] = field(default_factory=list)
    """What a listener hears, questions included."""
    asked: list[str] = field(default_factory=list)
    pieces: list[str | Piece] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    display: str | None = None
    never_mind: bool = False
    turn: Turn | None = None

    @property
    def text(self) -> str:
        return " ".join(self.said)

    @property
    def rings(self) -> list[Reply]:
        return [reply for reply in self.replies if reply.ring is not None]


class TryOut:
    """One skill in a household of its own."""

    def __init__(
        self,
        skill: type[Skill],
        folder: Path,
        *,
        now: datetime = NOW,
        clock: FakeClock | None = None,
        database: Database | None = None,
        mind: Mind | None = None,
        **home: Any,
    ) -> None:
        self.name = skill.__module__.split(".")[1]
        self.clock = clock or FakeClock(now)
        self.database = database or Database(":memory:")
        self.scheduler = Scheduler(self.database, self.clock)
        self.session = Session(self.clock)
        self.phrases = Phrases()
        self.folder = Path(__file__).parents[1] / "skills" / self.name
        for file in self.folder.glob("??.yaml"):
            self.phrases.add(self.name, file.stem, _phrases_of(file))
        skill.name = self.name
        self.skill = skill(
            Home(
                name=self.name,
                folder=folder,
                store=Store(self.database, self.name),
                scheduler=self.scheduler.owned_by(self.name),
                clock=self.clock,
                mind=mind or NoMind(),
                **home,
            )
        )

    def handler(self, intent: str) -> Any:
        """The bound method that handles an intent."""
        for name in dir(type(self.skill)):
            if intent in getattr(getattr(type(self.skill), name), "intents", ()):
                return getattr(self.skill, name)
        raise AssertionError(f"{self.name} has no intent {intent}")

    async def ask(
        self,
        intent: str,
        language: str = "en",
        *,
        text: str = "",
        answers: Sequence[str] = (),
        **slots: Any,
    ) -> Outcome:
        """One turn: the handler of `intent` with these slots."""
        outcome = self.turn(language, text=text, intent=intent, answers=answers)
        await self.run(outcome, self.handler(intent)(outcome.turn, **slots))
        return outcome

    async def then(
        self, intent: str, language: str = "en", *, text: str = "", **slots: Any
    ) -> Outcome:
        """A turn that the session remembers, for the next to go on with."""
        outcome = await self.ask(intent, language, text=text, **slots)
        route = outcome.turn.route
        self.session.remember(Exchange(when=self.clock.now(), text=text, route=route, said=()))
        return outcome

    async def due(self, job: Job, language: str = "en", answers: Sequence[str] = ()) -> Outcome:
        """A job is due."""
        outcome = self.turn(language, answers=answers)
        await self.run(outcome, self.skill.due(outcome.turn, job))
        return outcome

    async def missed(self, jobs: list[Job], language: str = "en") -> Outcome:
        """Jobs were missed."""
        outcome = self.turn(language)
        await self.run(outcome, self.skill.missed(outcome.turn, jobs))
        return outcome

    async def halt(self, language: str = "en") -> bool:
        """The user says stop."""
        return await self.skill.halt(self.turn(language).turn)

    def turn(
        self, language: str = "en", *, text: str = "", intent: str = "", answers: Sequence[str] = ()
    ) -> Outcome:
        """A turn whose questions are answered with `answers`, then with silence."""
        outcome, waiting = Outcome(), list(answers)

        async def speak(turn: Turn, answer: Any) -> None:
            await _listen(outcome, answer)
            if turn.asking:
                outcome.asked.append(outcome.said[-1])
                if waiting:
                    turn.hear(waiting.pop(0))

        outcome.turn = Turn(
            text=text,
            language=language,
            session=self.session,
            route=Route(skill=self.name, intent=intent, text=text),
            speak=speak,
            phrases=lambda turn, key: self.phrases.of(key, turn.language, self.name),
        )
        return outcome

    async def run(self, outcome: Outcome, answering: Any) -> None:
        """Let a handler answer, to its end."""
        try:
            await _listen(outcome, await answering)
        except NeverMind as never:
            outcome.never_mind = True
            if str(never):
                outcome.said.append(str(never))


@cache
def _phrases_of(file: Path) -> dict[str, Any]:
    """What a skill says, read once: there are hundreds of households."""
    phrases: dict[str, Any] = read_yaml(file.read_text(encoding="utf-8")).get("phrases", {})
    return phrases


async def _listen(outcome: Outcome, answer: Any) -> None:
    """Hear an answer to its end."""
    if answer is None:
        return
    reply = answer if isinstance(answer, Reply) else Reply(say=answer)
    outcome.replies.append(reply)
    outcome.receipts.extend(reply.receipts)
    outcome.display = reply.display or outcome.display
    if isinstance(reply.say, str):
        pieces: list[str | Piece] = [reply.say] if reply.say else []
    else:
        pieces = [piece async for piece in reply.say]
    for piece in pieces:
        outcome.pieces.append(piece)
        text = piece.text if isinstance(piece, Piece) else piece
        if text:
            outcome.said.append(text)
        if isinstance(piece, Piece) and piece.mark is not None and reply.reached:
            reply.reached(piece.mark)
