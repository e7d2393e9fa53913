"""The turns that share context: what was said, and which skills are in the middle of something."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from voice_assistant.clock import Clock
from voice_assistant.engines import Recognizer

CONTEXT = timedelta(minutes=2)
"""How long "and in Paris?" still refers to the turn before."""

UNTAKEN = frozenset({"chat", "unknown", "clarify"})
"""Stages of the router at which no skill of its own took a turn: what follows refers past it."""

REMEMBERED = 50
"""Turns kept for "what did you hear?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A finished turn, as it is remembered."""

    when: datetime
    text: str
    route: Any
    said: tuple[str, ...]
    """What left the loudspeaker, not what was generated."""
    receipts: tuple[Any, ...] = ()
    interrupted: bool = False
    error: str | None = None
    refused: bool = False
    """Whether the household's rules answered in the place of the skill."""
    aside: bool = False
    """Whether it was about the turn before it, and changes nothing about what "it" is."""
    seconds: float = 0.0
    """How long it took, all that sounded included."""


class Listener(Protocol):
    """What can be told to listen without the wake word: the ears."""

    def listen(self, seconds: float) -> None:
        """Listen for speech that starts within `seconds`."""
        ...


@dataclass(eq=False)
class Session:
    """The conversation with one household. Lives on the event loop only."""

    clock: Clock
    listen: Callable[[float], None] = lambda seconds: None
    expect: Callable[[Recognizer | None], None] = lambda recognizer: None
    """Has answers heard by another recogniser, until None."""
    minutes: Callable[[str], float] = lambda skill: 30.0
    """How long a skill's open session lives without a word."""
    turns: deque[Exchange] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    ended: Callable[[Exchange], None] = lambda exchange: None
    """Told of each turn that is over."""
    undone: set[int] = field(default_factory=set)
    """The receipts (by `id`) that were taken back."""
    returning: list[str] = field(default_factory=list)
    """Skills whose open session was interrupted and is to be returned to."""
    _held: dict[str, datetime] = field(default_factory=dict)

    @property
    def active(self) -> list[str]:
        """Skills with an open session, the one in front first."""
        if not self._held:  # it is asked some ten times for each utterance
            return []
        now = self.clock.now()
        self._held = {
            skill: touched
            for skill, touched in self._held.items()
            if now - touched < timedelta(minutes=self.minutes(skill))
        }
        return list(reversed(self._held))

    @property
    def in_front(self) -> tuple[str, ...]:
        """Skills whose session was opened and not closed. For the ears, which ask on a thread of
        their own: it changes nothing."""
        return tuple(self._held)

    @property
    def previous(self) -> Exchange | None:
        """The turn before, while it still gives context."""
        if self.turns and self.clock.now() - self.turns[-1].when < CONTEXT:
            return self.turns[-1]
        return None

    @property
    def recent(self) -> list[Exchange]:
        """The turns that still give context, the last one first."""
        if not self.turns:
            return []
        now = self.clock.now()
        return [each for each in reversed(self.turns) if now - each.when < CONTEXT]

    @property
    def context(self) -> Exchange | None:
        """The turn that "it" refers to: the last that a skill took, and did not only tell of the
        one before. Where it failed, and was said again in other words, that is not the turn before."""
        recent = self.recent
        taken = (each for each in recent if each.route and each.route.stage not in UNTAKEN)
        return next((each for each in taken if not each.aside), recent[0] if recent else None)

    def remember(self, exchange: Exchange) -> None:
        """A turn is over."""
        self.turns.append(exchange)
        self.ended(exchange)

    def hold(self, skill: str) -> None:
        """Open a session of `skill`, or bring it to the front."""
        self._held.pop(skill, None)
        self._held[skill] = self.clock.now()

    def release(self, skill: str) -> None:
        """Close the session of `skill`."""
        self._held.pop(skill, None)
