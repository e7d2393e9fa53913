"""The ports: what the assistant needs of an engine, and nothing more.

An engine is synchronous, single-threaded and a context manager (`with engine:` frees what it
holds); its author never sees the event loop. Heavy imports belong inside `__init__` (loading), not
at the top of the file. Only `app/` names a concrete engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from voice_assistant.audio.frames import Clip, Frame


class Engine(Protocol):
    """What every engine has in common."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class WakeWord(Engine, Protocol):
    """Notices its phrases in the sound of a room."""

    sensitivity: float
    """0 (rarely wakes) to 1 (wakes easily); may be changed while it listens."""

    @property
    def late(self) -> float:
        """Seconds of sound before the notice that may hold the beginning of the request."""
        ...

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        ...

    def reset(self) -> None:
        """Forget the sound so far."""
        ...


class VoiceDetector(Engine, Protocol):
    """Tells speech from other sound."""

    def feed(self, frame: Frame) -> float:
        """The probability, 0 to 1, that somebody speaks in this frame."""
        ...

    def reset(self) -> None:
        """Forget the sound so far."""
        ...


class VoiceEncoder(Engine, Protocol):
    """Tells voices apart: what each is like, as a vector."""

    seconds: float
    """Sound that one vector is of."""

    def embed(self, samples: NDArray[np.int16], starts: NDArray[np.int64]) -> NDArray[np.float32]:
        """A unit vector for the sound that begins at each of `starts`, in samples at RATE."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said, as far as a recogniser can tell."""

    text: str
    language: str
    alternatives: tuple[str, ...] = ()
    """Other readings, likeliest first, without `text`."""
    confidence: float = 1.0
    """0 to 1."""


NEARLY = 2.5
"""How much less probable (natural logarithm) than what was heard a likely request may be."""


class Recognition(Protocol):
    """One utterance being recognised."""

    def feed(self, frame: Frame) -> str | None:
        """Take a frame; the partial text when it changed and the engine can tell, else None."""
        ...

    def finish(self) -> Transcript:
        """The whole utterance. May be called several times, with more frames fed in between
        (speculative decoding in a pause)."""
        ...

    def weigh(self, texts: Sequence[str], less: float = NEARLY) -> Transcript:
        """What `finish` gave last, or one of `texts` where it is at most so much less probable
        (natural logarithm) than what was read, also in sound that was then held to be noise. An
        engine that cannot tell keeps to what it heard."""
        ...


class Recognizer(Engine, Protocol):
    """A loaded recognition model."""

    @property
    def languages(self) -> tuple[str, ...]:
        """What it hears."""
        ...

    @property
    def sharpness(self) -> float:
        """How far apart the log-probabilities lie that it gives, beside those of Whisper tiny: a
        larger model is surer of what it hears, rightly or not."""
        ...

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Recognition:
        """A new utterance; `hints` are phrases and names that are likely in it, `language` is what
        it is said in, where that is known."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry of a chat: `role` is system, user or assistant."""

    role: str
    content: str


class LanguageModel(Engine, Protocol):
    """A loaded language model."""

    name: str

    def generate(
        self,
        chat: Sequence[Message],
        *,
        limit: int,
        grammar: str | None = None,
        abort: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """Pieces of the reply, at most `limit` tokens. `grammar` is GBNF. `abort` is asked often,
        also while the prompt is evaluated; once it is true the iterator ends soon."""
        ...

    def keep(self, chat: Sequence[Message], *, abort: Callable[[], bool] = lambda: False) -> None:
        """Read these leading messages of many chats now, and remember them across restarts. Where
        `abort` ended it, the next call goes on if nothing else was read meanwhile."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Prosody:
    """How something is spoken."""

    pace: float = 1.0
    """1 is the voice's own; 0.8 is slower."""
    pitch: float = 0.0
    """Semitones up or down."""
    gain: float = 0.0
    """dB."""
    voice: str | None = None
    """A voice by its name in the catalogue, where it is installed."""


class Synthesizer(Engine, Protocol):
    """A voice. It renders samples; it never owns a device."""

    languages: tuple[str, ...]

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        """The sound of one sentence, in one or more clips; the final one has `last=True`."""
        ...
