"""THE WALK: events in, turns started and interrupted, replies spoken.

Three rules keep barge-in right. Every queue behind "heard" is born and dies with its turn.
`interrupt` is unconditional: silence first, then cancel, no await between. What the history records
is what left the loudspeaker.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from inspect import signature
from typing import Any

import anyio
from anyio.abc import TaskGroup

from voice_assistant.answers import choice
from voice_assistant.audio.earcons import softer
from voice_assistant.audio.frames import Clip
from voice_assistant.backchannel import is_backchannel
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.events import (
    Event,
    Failed,
    Heard,
    Partial,
    Routed,
    SpeechStarted,
    TurnEnded,
    TurnStarted,
    Woken,
)
from voice_assistant.mouth import Mouth
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import Skills
from voice_assistant.ports import Attention, Loudspeaker
from voice_assistant.router import Router, Utterance
from voice_assistant.scheduler import Job, Scheduler
from voice_assistant.session import Exchange, Session
from voice_assistant.skill import Answer, Handler, NeverMind, Receipt, Skill
from voice_assistant.turn import Route, Turn
from voice_assistant.workers import first_error

UNWIND = 0.1
"""Seconds that a turn waits at most for the one it interrupted to be over."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, kw_only=True)
class Assistant:
    """From what was heard to what is said. Lives on the event loop."""

    router: Router
    skills: Skills
    phrases: Phrases
    session: Session
    mouth: Mouth
    player: Loudspeaker
    ears: Attention
    scheduler: Scheduler
    emit: Callable[[Event], None]
    now: Callable[[], float]
    """Seconds of audio since the microphone opened."""
    language: str = "en"
    """Of what is said unasked: a timer that rings."""
    woken: Clip
    """The earcon that says: I am listening."""
    follow_up_seconds: float = 0.0
    refuse: Callable[[str, Route], str | None] = lambda text, route: None
    """The household's rules: the sentence that refuses a request, or None."""
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
    _returning: list[str] = field(default_factory=list)
    """Skills whose open session was interrupted and is to be returned to."""
    _tasks: TaskGroup | None = None
    _settled: anyio.Event = field(default_factory=anyio.Event)

    def __post_init__(self) -> None:
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
        self.emit(event)
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
                self._begin(self.latest, lambda turn: self._request(turn, event, half))

    def interrupt(self) -> None:
        """Barge-in. Silence first, then unwind; no await between, so nothing slips past."""
        self.player.flush()
        if turn := self.turn:
            turn.interrupted = True
            turn.scope.cancel()
            self.turn, self._unwinding = None, turn
            if turn.route.skill in self.session.active:
                self._returning.append(turn.route.skill)

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
        return answered or self.router.is_complete(text, language, self.session)

    def _give_way(self) -> None:
        """Somebody may be speaking to us: be quiet, and keep the place."""
        self.player.hold()
        self.player.duck()

    def _carry_on(self) -> None:
        """It was nothing."""
        self.player.release()
        self.player.unduck()

    # --- turns ---------------------------------------------------------------------------

    def _turn(self, text: str, language: str, speech_ended: float | None = None) -> Turn:
        return Turn(
            text=text,
            language=language,
            session=self.session,
            speak=self.mouth.say,
            phrases=self._phrase,
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
                self.emit(TurnStarted(at=self.now(), text=turn.text))
                with turn.hung:
                    await self._guarded(turn, work)
                if turn.hung.cancelled_caught:
                    turn.error = f"The skill '{turn.route.skill}' did not answer in time."
                    await self._apologise(turn)
        finally:
            self._end(turn)

    async def _guarded(self, turn: Turn, work: Callable[[Turn], Awaitable[None]]) -> None:
        try:
            with first_error():
                await work(turn)
        except NeverMind as never:
            await self.mouth.say(turn, str(never) or self.phrases.of("never_mind", turn.language))
        except VoiceAssistantError as error:
            turn.error = str(error)
            await self.mouth.say(turn, str(error))
        except Exception as error:  # noqa: BLE001 - a skill may fail in any way
            _log.exception("skill %s", turn.route.skill)
            turn.error = f"The skill '{turn.route.skill}' failed: {error!r}"
            await self._apologise(turn)

    async def _apologise(self, turn: Turn) -> None:
        turn.touch()
        await self.mouth.say(turn, self.phrases.of("failed", turn.language))

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
            seconds=anyio.current_time() - turn.began,
        )
        self.session.remember(exchange)
        self.emit(TurnEnded(at=self.now(), interrupted=turn.interrupted, error=turn.error))
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
        back = [name for name in self._returning if name in active and name != turn.route.skill]
        self._returning.clear()
        if back and turn.route.stage not in ("halt", "resume"):
            new = self._turn("", turn.language)
            new.route = Route(skill=back[-1], intent=None, text="", stage="resume")
            self._begin(new, self._resume)
        elif turn.speech_ended is not None and turn.route.stage != "halt" and turn.said:
            self.ears.listen(self.follow_up_seconds)

    # --- work ----------------------------------------------------------------------------

    async def _request(self, turn: Turn, heard: Heard, half: Turn | None) -> None:
        """Route what was heard and let the skill answer it, in the place of half of it."""
        turn.route = await self._route(heard)
        turn.touch()  # the skill's patience begins now
        if half is not None:
            await self._take_back(half.receipts)
        await self._carry_out(turn)

    async def _route(self, heard: Heard, asking: Turn | None = None) -> Route:
        began = anyio.current_time()
        utterance = Utterance(
            text=heard.text,
            language=heard.language,
            alternatives=heard.alternatives,
            confidence=heard.confidence,
        )
        understood = asking.understands(heard.text, heard.language) if asking else None
        route = await self.router.route(
            utterance, self.session, asking=asking is not None, understood=understood
        )
        self.emit(
            Routed(
                at=self.now(),
                text=route.text,
                skill=route.skill,
                intent=route.intent,
                stage=route.stage,
                confidence=route.confidence,
                slots=route.slots,
                ms=1000 * (anyio.current_time() - began),
            )
        )
        return route

    async def _carry_out(self, turn: Turn) -> None:
        """Do what the route says, and then what the utterance asked for besides."""
        if turn.route.instead:
            before = self.session.context
            await self._take_back(before.receipts if before else ())
        if turn.route.choices:
            turn.route = await self._which(turn, turn.route.choices)
        await self._do(turn, turn.route)
        while turn.route.then is not None:
            turn.route = turn.route.then
            await self._do(turn, turn.route)

    async def _which(self, turn: Turn, choices: tuple[Route, ...]) -> Route:
        """Ask which of two requests was meant."""
        named = {
            self.router.describe(each.skill or "", each.intent or "", turn.language): each
            for each in choices
        }
        first, second = named
        question = self.phrases.of("which", turn.language).format(first=first, second=second)
        return named[await turn.ask(question, choice(named.keys()))]

    async def _take_back(self, receipts: Sequence[Receipt]) -> None:
        """Undo what an earlier turn did, as far as that goes: it was not what was meant."""
        for receipt in reversed(receipts):
            if receipt.undo is not None and id(receipt) not in self.session.undone:
                self.session.undone.add(id(receipt))
                await receipt.undo()

    async def _do(self, turn: Turn, route: Route) -> None:
        if route.stage == "halt":
            await self._halt(turn)
        elif no := self.refuse(turn.text, route) or self.refuse(route.text, route):
            turn.refused = True
            await self.mouth.say(turn, no)
        elif (handler := self._handler(route)) is None:
            await self.mouth.say(turn, self.phrases.of("unknown", turn.language))
        elif _lacks(handler, route.slots):
            await self.mouth.say(turn, self.phrases.of("unclear", turn.language))
        else:
            await self.mouth.say(turn, await handler(turn, **route.slots))

    def _handler(self, route: Route) -> Handler | None:
        each = self.skills.loaded.get(route.skill or "")
        return each.handlers.get(route.intent or "") if each else None

    async def _answered(self, asking: Turn, heard: Heard) -> None:
        """A question waits: hand over the answer, unless it is plainly another request."""
        try:
            route = None if heard.expected else await self._route(heard, asking)
        finally:
            self._weighing = False
        if route is None or (route.stage == "question" and self.turn is asking):
            self._carry_on()
            asking.hear(heard.text)
            return
        self.interrupt()
        self.latest = self._turn(heard.text, heard.language, heard.speech_ended)
        self.latest.route = route
        self._begin(self.latest, self._carry_out)

    async def _halt(self, turn: Turn) -> None:
        """What was sounding is silent already; otherwise stop what the first skill has to stop."""
        stopped = bool(self._returning)
        self._returning.clear()
        names = [*self.session.active, *self.skills.working()]
        before = self.session.context
        names.sort(key=lambda name: before is None or name != before.route.skill)  # "cancel it"
        for each in (self.skills.loaded[name] for name in dict.fromkeys(names)):
            turn.route = replace(turn.route, skill=each.name)  # whose words it may say
            if each.skill is not None and await each.skill.halt(turn):
                stopped = True
                break
            turn.route = replace(turn.route, skill=None)
        if not stopped and turn.speech_ended is None:
            await self.mouth.say(turn, self.phrases.of("nothing_to_stop", turn.language))

    async def _resume(self, turn: Turn) -> None:
        await self.mouth.say(turn, await self._skill_of(turn.route.skill).resume(turn))

    def _skill_of(self, name: str | None) -> Skill:
        skill = self.skills.loaded[name or ""].skill
        assert skill is not None
        return skill

    async def fire(self, job: Job) -> None:
        """A scheduled job is due: its skill speaks, over whatever was being said."""
        await self._scheduled(job.skill, lambda skill, turn: skill.due(turn, job))

    async def missed(self, jobs: list[Job]) -> None:
        """Jobs that fell due while the assistant was off."""
        for name in dict.fromkeys(job.skill for job in jobs):
            mine = [job for job in jobs if job.skill == name]
            await self._scheduled(name, partial(_missed, mine))

    async def _scheduled(self, name: str, ask: Callable[[Skill, Turn], Awaitable[Answer]]) -> None:
        if name not in self.skills.working():
            self.emit(Failed(at=self.now(), error=f"The skill '{name}' of a due job is missing."))
            return
        self.interrupt()
        turn = self._turn("", self.language)
        turn.route = Route(skill=name, intent=None, text="", stage="due")

        async def work(turn: Turn) -> None:
            await self.mouth.say(turn, await ask(self._skill_of(name), turn))

        self._begin(turn, work)
        while self.turn is turn:
            await self._settled.wait()

    def _phrase(self, turn: Turn, key: str) -> str:
        return self.phrases.of(key, turn.language, turn.route.skill or "")


async def _missed(jobs: list[Job], skill: Skill, turn: Turn) -> Answer:
    return await skill.missed(turn, jobs)


def _lacks(handler: Handler, slots: Mapping[str, Any]) -> bool:
    """Whether a skill cannot do without something that was not said, or not so that it could be
    read: the statistical match tells what is wanted, and not always of what."""
    needed = list(signature(handler).parameters.values())[1:]
    return any(
        each.default is each.empty and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
        for each in needed
        if each.name not in slots
    )
