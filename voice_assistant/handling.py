"""What a turn does: route what was heard, let the skill's handler answer it, say its answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any

import anyio

from voice_assistant.answers import choice
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.events import Heard, Routed
from voice_assistant.mouth import Mouth
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import Skills
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Session
from voice_assistant.skill import Handler, Receipt, Skill
from voice_assistant.turn import NeverMind, Route, Turn
from voice_assistant.workers import first_error

_log = logging.getLogger(__name__)


@dataclass(eq=False, kw_only=True)
class Handling:
    """From what was heard to what a skill did about it. Lives on the event loop."""

    router: Router
    skills: Skills
    phrases: Phrases
    session: Session
    mouth: Mouth
    refuse: Callable[[str, Route], str | None] = lambda text, route: None
    """The household's rules: the sentence that refuses a request, or None."""

    async def guarded(self, turn: Turn, work: Callable[[Turn], Awaitable[None]]) -> None:
        """Do a turn's work; whatever fails in it is said, and costs this turn only."""
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
            await self.apologise(turn)

    async def apologise(self, turn: Turn) -> None:
        """Say that something went wrong."""
        turn.touch()
        await self.mouth.say(turn, self.phrases.of("failed", turn.language))

    async def request(self, turn: Turn, heard: Heard, half: Turn | None) -> None:
        """Route what was heard and let the skill answer it, in the place of half of it."""
        turn.route = await self.route(heard)
        turn.touch()  # the skill's patience begins now
        if half is not None:
            await self._take_back(half.receipts)
        await self.carry_out(turn)

    async def route(self, heard: Heard, asking: Turn | None = None) -> Route:
        """Which skill answers what was heard, beside a question of `asking` that waits."""
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
        self.mouth.emit(
            Routed(
                at=self.mouth.now(),
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

    async def carry_out(self, turn: Turn) -> None:
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

    async def _halt(self, turn: Turn) -> None:
        """What was sounding is silent already; otherwise stop what the first skill has to stop."""
        stopped = bool(self.session.returning)
        self.session.returning.clear()
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

    async def resume(self, turn: Turn) -> None:
        """Go on with what an unrelated request interrupted."""
        await self.mouth.say(turn, await self.skill_of(turn.route.skill).resume(turn))

    def skill_of(self, name: str | None) -> Skill:
        """A skill that works."""
        skill = self.skills.loaded[name or ""].skill
        assert skill is not None
        return skill

    def phrase(self, turn: Turn, key: str) -> str:
        """The next phrase of the skill that answers."""
        return self.phrases.of(key, turn.language, turn.route.skill or "")


def _lacks(handler: Handler, slots: Mapping[str, Any]) -> bool:
    """Whether a skill cannot do without something that was not said, or not so that it could be
    read: the statistical match tells what is wanted, and not always of what."""
    needed = list(signature(handler).parameters.values())[1:]
    return any(
        each.default is each.empty and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
        for each in needed
        if each.name not in slots
    )
