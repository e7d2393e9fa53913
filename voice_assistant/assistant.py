"""THE WALK: events in, turns started and interrupted, replies spoken.

Three rules keep barge-in right. Every queue behind "heard" is born and dies with its turn.
`interrupt` is unconditional: silence first, then cancel, no await between. What the history records
is what left the loudspeaker.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import anyio
from anyio.abc import TaskGroup

from voice_assistant.audio.earcons import softer
from voice_assistant.audio.frames import Clip
from voice_assistant.backchannel import is_backchannel
from voice_assistant.events import (
    Event,
    Failed,
    Heard,
    Partial,
    SpeechStarted,
    TurnEnded,
    TurnStarted,
    Woken,
)
from voice_assistant.handling import Handling
from voice_assistant.jobs import Job
from voice_assistant.mouth import Mouth
from voice_assistant.ports import Attention, Loudspeaker
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Exchange
from voice_assistant.skill import Answer, Skill
from voice_assistant.turn import Route, Turn
from voice_assistant.workers import first_error

UNWIND = 0.1
"""Seconds that a turn waits at most for the one it interrupted to be over."""


@dataclass(eq=False, kw_only=True)
class Assistant:
    """From what was heard to what is said. Lives on the event loop."""

    handling: Handling
    mouth: Mouth
    player: Loudspeaker
    ears: Attention
    scheduler: Scheduler
    language: str = "en"
    """Of what is said unasked: a timer that rings."""
    woken: Clip
    """The earcon that says: I am listening."""
    follow_up_seconds: float = 0.0
    foresee: Callable[[str, str], Coroutine[Any, Any, None]] | None = None
    """Told what is being said, and in which language, before it is said to the end."""
    turn: Turn | None = None
    """What is being answered."""
    latest: Turn | None = None
    """The last turn that an utterance began."""
    _half: Turn | None = None
    """The one that what goes on after a pause takes the place of; None after an answer."""
    _unwinding: Turn | None = None
    """The turn that was interrupted last."""
    _weighing: bool = False
    """Whether an answer to a question is being looked at."""
    _tasks: TaskGroup | None = None
    _settled: anyio.Event = field(default_factory=anyio.Event)

    def __post_init__(self) -> None:
        self.session = self.handling.session
        self.session.listen = self._await_answer
        self.session.expect = self.ears.expect

    def _await_answer(self, seconds: float) -> None:
        """A question was put: open the ears for its answer."""
        self.ears.listen(seconds)
        self._wake_waiters()

    # --- events in -----------------------------------------------------------------------

    async def run(self, events: AsyncIterable[Event]) -> None:
        """Answer until the events end."""
        async with anyio.create_task_group() as tasks:
            self.begin(tasks)
            tasks.start_soon(self.scheduler.run, self.fire, self.missed)
            async for event in events:
                self.notice(event)
            await self.settled()
            tasks.cancel_scope.cancel()

    def begin(self, tasks: TaskGroup) -> None:
        """Turns run in `tasks` from now on."""
        self._tasks = tasks

    def notice(self, event: Event) -> None:
        """Take an event; never waits."""
        self.mouth.emit(event)
        match event:
            case Woken():
                self.player.chime(softer(self.woken) if self.mouth.voice.quiet() else self.woken)
                self._give_way()
            case Partial(text=text, language=language) if self.foresee and not self.turn:
                self._start(self.foresee, text, language)
            case SpeechStarted() if self.turn and self.turn.asking:
                self.player.flush()  # answering before the question ends
                self.turn.hush()
            case SpeechStarted():
                self._give_way()
            case Heard(text=text, language=language) if not text or (
                self.turn and not self.turn.asking and is_backchannel(text, language)
            ):
                self._carry_on()
            case Heard(continues=True) if self._half is None:
                self._carry_on()  # it was the answer to a question, and stands
            case Heard(continues=False) if self.turn and self.turn.asking:
                self._weighing, self._half = True, None
                self._start(self._answered, self.turn, event)
            case Heard(expected=True):
                self._carry_on()  # an answer that comes too late is no request
            case Heard(continues=continues):
                half = self._half if continues else None
                self.interrupt()
                self.latest = self._turn(event.text, event.language, event.speech_ended)
                self._half = self.latest
                self._begin(self.latest, lambda turn: self.handling.request(turn, event, half))

    def interrupt(self) -> None:
        """Barge-in. Silence first, then unwind; no await between, so nothing slips past."""
        self.player.flush()
        if turn := self.turn:
            turn.interrupted = True
            turn.scope.cancel()
            self.turn, self._unwinding = None, turn
            if turn.route.skill in self.session.active:
                self.session.returning.append(turn.route.skill)

    async def settled(self) -> None:
        """Wait until nothing is being answered, or a question waits for its answer."""
        while self.computing:
            await self._settled.wait()

    @property
    def computing(self) -> bool:
        """Whether something is being answered, other than by a question that waits."""
        return self._weighing or bool(self.turn and not self.turn.asking)

    @property
    def busy(self) -> bool:
        """Whether a turn is not over."""
        return self._weighing or self.turn is not None

    def takes(self, text: str, language: str) -> bool:
        """Whether a text is a whole request, or the yes or no that a question waits for."""
        answered = self.turn is not None and self.turn.takes(text, language)
        return answered or self.handling.router.is_complete(text, language, self.session)

    def _give_way(self) -> None:
        """Somebody may be speaking to us: be quiet, and keep the place."""
        self.player.hold()
        self.player.duck()

    def _carry_on(self) -> None:
        """It was nothing."""
        self.player.release()
        self.player.unduck()

    async def _answered(self, asking: Turn, heard: Heard) -> None:
        """A question waits: hand over the answer, unless it is plainly another request."""
        try:
            route = None if heard.expected else await self.handling.route(heard, asking)
        finally:
            self._weighing = False
        if route is None or (route.stage == "question" and self.turn is asking):
            self._carry_on()
            asking.hear(heard.text)
            return
        self.interrupt()
        self.latest = self._turn(heard.text, heard.language, heard.speech_ended)
        self.latest.route = route
        self._begin(self.latest, self.handling.carry_out)

    # --- turns ---------------------------------------------------------------------------

    def _turn(self, text: str, language: str, speech_ended: float | None = None) -> Turn:
        return Turn(
            text=text,
            language=language,
            session=self.session,
            speak=self.mouth.say,
            phrases=self.handling.phrase,
            speech_ended=speech_ended,
            began=anyio.current_time(),
        )

    def _begin(self, turn: Turn, work: Callable[[Turn], Awaitable[None]]) -> None:
        self.turn = turn
        self._start(self._take, turn, work)

    def _start(self, function: Callable[..., Coroutine[Any, Any, None]], *args: Any) -> None:
        assert self._tasks is not None, "run() comes first"
        self._tasks.start_soon(function, *args)

    async def _take(self, turn: Turn, work: Callable[[Turn], Awaitable[None]]) -> None:
        """One turn, from beginning to end; whatever fails in it costs this turn only."""
        turn.touch()
        try:
            with turn.scope, first_error():
                if self._unwinding:
                    with anyio.move_on_after(UNWIND):
                        await self._unwinding.over.wait()
                self.mouth.emit(TurnStarted(at=self.mouth.now(), text=turn.text))
                with turn.hung:
                    await self.handling.guarded(turn, work)
                if turn.hung.cancelled_caught:
                    turn.error = f"The skill '{turn.route.skill}' did not answer in time."
                    await self.handling.apologise(turn)
        finally:
            self._end(turn)

    def _end(self, turn: Turn) -> None:
        exchange = Exchange(
            when=self.session.clock.now(),
            text=turn.text,
            route=turn.route,
            said=tuple(turn.said),
            receipts=tuple(turn.receipts),
            interrupted=turn.interrupted,
            error=turn.error,
            refused=turn.refused,
            aside=turn.aside,
            seconds=anyio.current_time() - turn.began,
        )
        self.session.remember(exchange)
        self.mouth.emit(
            TurnEnded(at=self.mouth.now(), interrupted=turn.interrupted, error=turn.error)
        )
        if self.turn is turn:
            self.turn = None
            self._carry_on()
            self.ears.attend(False)
            self._return_to_session(turn)
        turn.over.set()
        self._wake_waiters()

    def _wake_waiters(self) -> None:
        self._settled.set()
        self._settled = anyio.Event()

    def _return_to_session(self, turn: Turn) -> None:
        """Go on with the story that an unrelated request interrupted; else listen on."""
        active = self.session.active
        back = [
            name for name in self.session.returning if name in active and name != turn.route.skill
        ]
        self.session.returning.clear()
        stage, spoken = turn.route.stage, turn.speech_ended is not None
        if back and stage not in ("halt", "resume"):
            new = self._turn("", turn.language)
            new.route = Route(skill=back[-1], intent=None, text="", stage="resume")
            self._begin(new, self.handling.resume)
        elif spoken and turn.said and turn.listen and stage != "halt":
            self.ears.listen(self.follow_up_seconds)

    # --- jobs that are due ----

    async def fire(self, job: Job) -> None:
        """A scheduled job is due: its skill speaks, over whatever was being said."""
        await self._scheduled(job.skill, lambda skill, turn: skill.due(turn, job))

    async def missed(self, jobs: list[Job]) -> None:
        """Jobs that fell due while the assistant was off."""
        for name in dict.fromkeys(job.skill for job in jobs):
            mine = [job for job in jobs if job.skill == name]
            await self._scheduled(name, partial(_missed, mine))

    async def _scheduled(self, name: str, ask: Callable[[Skill, Turn], Awaitable[Answer]]) -> None:
        if name not in self.handling.skills.working():
            self.mouth.emit(
                Failed(at=self.mouth.now(), error=f"The skill '{name}' of a due job is missing.")
            )
            return
        self.interrupt()
        turn = self._turn("", self.language)
        turn.route = Route(skill=name, intent=None, text="", stage="due")

        async def work(turn: Turn) -> None:
            await self.mouth.say(turn, await ask(self.handling.skill_of(name), turn))

        self._begin(turn, work)
        while self.turn is turn:
            await self._settled.wait()


async def _missed(jobs: list[Job], skill: Skill, turn: Turn) -> Answer:
    return await skill.missed(turn, jobs)
