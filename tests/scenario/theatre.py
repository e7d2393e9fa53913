"""A household on the virtual clock: the real walk and skills API; fake voice, ears and sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

import anyio
import numpy as np

from tests.fakes import FakeClock
from voice_assistant.assistant import Assistant
from voice_assistant.audio.frames import Clip, silence
from voice_assistant.engines import Prosody, Recognizer
from voice_assistant.events import Event, Heard, Said, TurnEnded
from voice_assistant.handling import Handling
from voice_assistant.mind import NoMind
from voice_assistant.mouth import Mouth
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import LoadedSkill
from voice_assistant.router import Utterance
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.skill import Home, Skill
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route
from voice_assistant.voice import Voice
from voice_assistant.workers import InlineWorker

WORD = 0.3
"""Seconds a word of the fake voice takes."""


class FakeVoice:
    """Every word is a clip of silence of its own."""

    languages = ("en", "zh")

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        words = text.split()
        for at, _ in enumerate(words):
            yield Clip(np.zeros(round(WORD * 16000), np.float32), 16000, last=at == len(words) - 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


@dataclass
class FakePlayer:
    """Plays in virtual time and remembers what sounded when: (from, to, text, whole)."""

    played: list[tuple[float, float, str, bool]] = field(default_factory=list)
    rung: list[float] = field(default_factory=list)
    ducked: bool = False
    _go: anyio.Event = field(default_factory=anyio.Event)
    _cut: anyio.Event = field(default_factory=anyio.Event)
    held: bool = False

    async def play(self, clip: Clip, *, started: Callable[[], object] = lambda: None) -> None:
        left = clip.seconds
        await self._wait()
        started()
        while left > 1e-6:
            began = anyio.current_time()
            self._cut = anyio.Event()
            try:
                with anyio.move_on_after(left):
                    await self._cut.wait()
            finally:
                left -= anyio.current_time() - began
                whole = left <= 1e-6
                self.played.append((began, anyio.current_time(), clip.text, whole))
            await self._wait()

    async def _wait(self) -> None:
        while self.held:
            await self._go.wait()

    async def ring(self, clip: Clip) -> None:
        self.rung.append(anyio.current_time())
        await anyio.sleep(clip.seconds)

    def flush(self) -> float:
        self.release()
        self._cut.set()
        return 0.0

    def hold(self) -> None:
        self.held = True
        self._cut.set()

    def release(self) -> None:
        self.held = False
        self._go.set()
        self._go = anyio.Event()

    def duck(self) -> None:
        self.ducked = True

    def unduck(self) -> None:
        self.ducked = False

    def chime(self, clip: Clip) -> None: ...


@dataclass
class FakeEars:
    windows: list[float] = field(default_factory=list)
    speaking: bool = False
    expected: list[Recognizer | None] = field(default_factory=list)

    def listen(self, seconds: float) -> None:
        self.windows.append(seconds)

    def deafen(self, deaf: bool) -> None: ...

    def be_patient(self, patience: float) -> None: ...

    def be_sensitive(self, sensitivity: float) -> None: ...

    def expect(self, recognizer: Recognizer | None) -> None:
        self.expected.append(recognizer)

    def attend(self, speaking: bool, saying: str = "") -> None:
        self.speaking = speaking


class FirstWord:
    """A router for tests of the walk: the first word names the skill, the rest is its text."""

    def __init__(self, skills: dict[str, LoadedSkill]) -> None:
        self.skills = skills

    async def route(
        self,
        heard: Utterance,
        session: Session,
        *,
        asking: bool = False,
        understood: bool | None = None,
    ) -> Route:
        await anyio.lowlevel.checkpoint()
        word, _, rest = heard.text.partition(" ")
        if word == "stop":
            return Route(skill=None, intent=None, text=heard.text, stage="halt")
        if word in self.skills:
            slots = {"text": rest} if rest else {}
            return Route(skill=word, intent="do", text=heard.text, slots=slots, stage="template")
        if asking:
            return Route(skill=None, intent=None, text=heard.text, stage="question")
        return Route(skill=None, intent=None, text=heard.text, stage="unknown")


@dataclass
class FakeSkills:
    """Skills made in a test, instead of those that are found."""

    loaded: dict[str, LoadedSkill] = field(default_factory=dict)

    def working(self) -> dict[str, LoadedSkill]:
        return self.loaded


class Theatre:
    """Runs a script of events against an assistant and remembers what came of it."""

    def __init__(self, *skills: type[Skill]) -> None:
        self.clock = FakeClock()
        self.player = FakePlayer()
        self.ears = FakeEars()
        self.events: list[Event] = []
        self.database = Database(":memory:")
        scheduler = Scheduler(self.database, self.clock)
        self.skills = FakeSkills()
        self.session = Session(self.clock, self.ears.listen)
        for cls in skills:
            name = cls.__name__.lower()
            cls.name = name
            home = Home(
                name=name,
                folder=None,  # type: ignore[arg-type]
                store=Store(self.database, name),
                scheduler=scheduler.owned_by(name),
                clock=self.clock,
                mind=NoMind(),
            )
            skill = cls(home)
            self.skills.loaded[name] = LoadedSkill(
                name=name,
                folder=None,
                skill=skill,
                handlers={"do": skill.do},  # type: ignore[arg-type,attr-defined]
            )
        mouth = Mouth(
            voice=Voice([FakeVoice()], InlineWorker()),
            player=self.player,
            ears=self.ears,
            emit=self.events.append,
            now=anyio.current_time,
        )
        self.assistant = Assistant(
            handling=Handling(
                router=FirstWord(self.skills.loaded),  # type: ignore[arg-type]
                skills=self.skills,  # type: ignore[arg-type]
                phrases=Phrases(),
                session=self.session,
                mouth=mouth,
            ),
            mouth=mouth,
            player=self.player,
            ears=self.ears,
            scheduler=scheduler,
            woken=silence(0.1),
            follow_up_seconds=5.0,
        )

    async def play(self, *script: Event) -> None:
        """Send each event at its moment; return when all turns are over."""
        send, events = anyio.create_memory_object_stream[Event](100)
        async with send, events, anyio.create_task_group() as tasks:
            tasks.start_soon(self.assistant.run, events)
            for event in script:
                await anyio.sleep_until(event.at)
                await send.send(event)
            send.close()

    @property
    def said(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]

    @property
    def ends(self) -> list[TurnEnded]:
        return [event for event in self.events if isinstance(event, TurnEnded)]


def heard(at: float, text: str, language: str = "en") -> Heard:
    return Heard(at=at, text=text, language=language, speech_ended=at)
