"""What happens between the microphone and the loudspeaker, one frozen class an event.

Ears emit the first group, the assistant the second. `as_json` is the line that
`voice-assistant hear --json` prints (the command line is a contract).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened."""

    at: float
    """Seconds of audio since the microphone opened."""

    def as_json(self) -> dict[str, Any]:
        """The event as plain data; its name in snake_case under `event`."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return {"event": name, **fields}


# --- from the microphone loop ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening(Event):
    """The first frame of the microphone reached the ears: the wake word is noticed from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Event):
    """Everything behind the ears is loaded, but for the language model."""

    text: str
    """How to begin, for the screen."""


# --- from the ears -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken(Event):
    """The wake word (or a key) was noticed."""

    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted(Event):
    """Somebody began to speak to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial(Event):
    """What the recogniser believes so far."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """An utterance ended. An empty text means that nothing was said."""

    text: str
    language: str = "en"
    alternatives: tuple[str, ...] = ()
    confidence: float = 1.0
    expected: bool = False
    """By the recogniser that a question asked for: it is the answer, whatever its words."""
    continues: bool = False
    """The utterance before went on after a pause: this is all of it, and takes its place."""
    speech_ended: float = 0.0
    """Seconds of audio at which the last speech sounded: where first sound is measured from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Event):
    """How loud the microphone is, for a meter."""

    db: float
    """Root mean square, dB below full scale."""


# --- from the assistant ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnStarted(Event):
    """An utterance is being answered."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Event):
    """Which skill answers."""

    text: str
    skill: str | None
    intent: str | None
    stage: str
    confidence: float
    slots: Mapping[str, Any] = field(default_factory=dict)
    ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Named `route`, as the command line's contract has it."""
        return {**Event.as_json(self), "event": "route"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSound(Event):
    """The first sample of a reply left for the loudspeaker."""

    ms: float
    """Milliseconds since the speech ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """A sentence left the loudspeaker."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Event):
    """Something that is to stay in sight, such as that a meeting is recorded."""

    text: str
    """Empty: it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption(Event):
    """What somebody said in a meeting that is recorded: for the eye, not for the assistant."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnded(Event):
    """The turn is over; nothing of it sounds any more."""

    interrupted: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Event):
    """Something outside a turn went wrong: one clear sentence."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps(Event):
    """Sound was lost, so often since the start: the machine was too busy, or a device is bad."""

    microphone: int
    loudspeaker: int

    @property
    def text(self) -> str:
        """For the eye."""
        where = f"{self.microphone} times at the microphone, {self.loudspeaker} at the loudspeaker"
        return f"Sound was lost: {where}."
