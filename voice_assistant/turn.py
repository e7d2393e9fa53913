"""One utterance and its answer, as a skill sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, TypeVar

import anyio
from anyio import CancelScope, create_memory_object_stream
from anyio.streams.memory import MemoryObjectSendStream

from voice_assistant.engines import Recognizer
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.normal import core, normalise
from voice_assistant.session import Session

T = TypeVar("T")


class NeverMind(VoiceAssistantError):
    """The user did not answer a question, or took the request back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which skill answers an utterance, and how that was found."""

    skill: str | None
    intent: str | None
    text: str
    """The reading of the utterance that was routed."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    stage: str = "none"
    """Which stage of the router decided: halt, question, session, template, match, model ..."""
    confidence: float = 0.0
    then: Route | None = None
    """A second request in the same utterance, for when the first is done."""
    choices: tuple[Route, ...] = ()
    """What it may have meant, where that must be asked."""
    instead: bool = False
    """Whether it takes the place of the turn before: what that did is undone first."""


UNROUTED = Route(skill=None, intent=None, text="")

PATIENCE = 20.0
"""Seconds a skill may take for its next words before it costs its turn."""


@dataclass(eq=False, kw_only=True)
class Turn:
    """One thing heard (or fallen due) and the answer to it. Lives on the event loop only."""

    text: str
    language: str
    session: Session
    route: Route = UNROUTED
    speak: Callable[[Turn, Any], Awaitable[None]]
    """How the assistant says an answer; use `say`."""
    phrases: Callable[[Turn, str], str] = lambda turn, key: key
    """The next phrase of the answering skill under a key."""
    said: list[str] = field(default_factory=list)
    """Sentences that left the loudspeaker."""
    receipts: list[Any] = field(default_factory=list)
    display: str | None = None
    interrupted: bool = False
    sounded: bool = False
    """Whether anything of it was played."""
    rang_out: bool = False
    """Whether its ring ended by itself, unheeded."""
    error: str | None = None
    refused: bool = False
    """Whether the household's rules answered in the place of the skill."""
    aside: bool = False
    """Set by a skill that tells of the turn before: what is said next refers to that one still."""
    listen: bool = True
    """Whether to listen on without the wake word afterwards."""
    began: float = 0.0
    """Loop time at which it began."""
    speech_ended: float | None = None
    """Seconds of audio at which the user fell silent; None for text."""
    scope: CancelScope = field(default_factory=CancelScope)
    over: anyio.Event = field(default_factory=anyio.Event)
    """Set when nothing of it goes on any more."""
    hung: CancelScope = field(default_factory=lambda: CancelScope(deadline=-inf))
    """Ends the skill's work when nothing comes of it for PATIENCE."""
    _answer: MemoryObjectSendStream[str] | None = None
    _understand: Callable[[str, str], object] | None = None
    """How the answer to the question that waits is read."""
    _question: CancelScope | None = None

    @property
    def asked(self) -> str:
        """The request as it was said; or what that stands for, where it is not the whole of one or
        is two: "and in Paris?", "make it ten"."""
        said = normalise(self.text, self.language)
        whole = self.route.text in ("", said, core(said, self.language))
        return self.text if whole else self.route.text

    def touch(self, seconds: float = 0.0) -> None:
        """Something came of the skill; be patient from `seconds` ahead, or as long as was agreed."""
        patient = anyio.current_time() + seconds + PATIENCE
        self.hung.deadline = max(self.hung.deadline, patient)

    @property
    def asking(self) -> bool:
        """Whether a question waits for the user's answer."""
        return self._answer is not None

    def takes(self, text: str, language: str) -> bool:
        """Whether a text is a yes or no to a question that waits for one: other answers may go on,
        as "twenty" does in "twenty five"."""
        if self._understand is None or not self.asking:
            return False
        return isinstance(self._tried(self._understand, text, language), bool)

    def understands(self, text: str, language: str) -> bool | None:
        """Whether a text can be the answer that the question waits for; None where any can."""
        if self._understand is None:
            return None
        return self._tried(self._understand, text, language) is not None

    @staticmethod
    def _tried(understand: Callable[[str, str], object], text: str, language: str) -> object:
        """What an answer would be read as. Where reading it fails or ends the turn, it is the
        answer all the same: the skill reads it again, where that is contained."""
        try:
            return understand(text, language)
        except Exception:  # noqa: BLE001 - a skill may fail in any way
            return text

    def phrase(self, key: str, **values: object) -> str:
        """A phrase of the skill's YAML in the turn's language, filled in."""
        return self.phrases(self, key).format(**values)

    async def say(self, answer: Any) -> None:
        """Say something now, and return when it was heard."""
        await self.speak(self, answer)

    async def ask(
        self,
        question: str,
        understand: Callable[[str, str], T | None] | None = None,
        *,
        again: str | None = None,
        seconds: float = 8.0,
        recognizer: Recognizer | None = None,
    ) -> T:
        """Ask, and return the answer as `understand(text, language)` reads it (see answers.py).

        An answer may come before the question ends. When it is not understood the question is put
        once more (`again`), then the turn ends with NeverMind; so it does on silence and "never
        mind". Without `understand` the answer is returned as it was heard. An answer in another
        language than the household's is heard by the `recognizer` of that language, and is taken
        for the answer whatever its words.
        """
        self._understand = understand
        for attempt in (question, again or question):
            heard = await self._hear(attempt, seconds, recognizer)
            value = understand(heard, self.language) if understand else heard
            if value is not None:
                return value  # type: ignore[return-value]
        raise NeverMind("")

    async def _hear(self, question: str, seconds: float, recognizer: Recognizer | None) -> str:
        send, answers = create_memory_object_stream[str](1)
        self._answer = send
        self.session.expect(recognizer)
        with send, answers:
            try:
                with CancelScope() as self._question:
                    await self.say(question)
                self.session.listen(seconds)
                self.touch(seconds)
                with anyio.move_on_after(seconds):
                    return await answers.receive()
                raise NeverMind("")
            finally:
                self._answer = self._question = None
                self.session.expect(None)

    def hear(self, text: str) -> None:
        """Hand over the answer to the question that waits."""
        if self._answer is not None:
            self._answer.send_nowait(text)
            self.hush()
            self._answer = None

    def hush(self) -> None:
        """Stop putting the question: the user already answers it."""
        if self._question is not None:
            self._question.cancel()

    def hold(self) -> None:
        """Open (or keep open) a session of this skill: its session intents are heard first."""
        if self.route.skill:
            self.session.hold(self.route.skill)

    def release(self) -> None:
        """Close the session of this skill."""
        if self.route.skill:
            self.session.release(self.route.skill)
