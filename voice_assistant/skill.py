"""The public API of skills: everything a skill may import from the assistant.

A skill is a folder `skills/NAME/` with `skill.py` (one `Skill` subclass) and one YAML file a
language (`en.yaml`, `zh.yaml`) that says what people say to it and what it says back:

    intents:
      set:
        sentences:                    # strict templates, hassil's syntax; {slots} are typed
          - "(set|start) [a|another] timer for {duration} [called {name}]"
        examples:                     # how people also put it: teaches the statistical match
          - "i need ten minutes on the clock"
        when: always                  # or session: only while this skill's session is open,
                                      # or follow: only just after a turn of this skill
        tests:
          - text: "start a timer for ten minutes"
            slots: {duration: 600}
    lists:
      colour: [red, blue]
    rules:
      please: "[please]"
    phrases:                          # what the skill says; several are taken in turn
      set: ["{length}, starting now.", "Your timer for {length} is running."]

The handler of an intent carries its name:

    class Timers(Skill):
        @intent("set")
        async def set(self, turn: Turn, duration: timedelta | None = None) -> Answer: ...

A handler returns what is to be said (`str`), pieces as they are made (`AsyncIterator`), a `Reply`
when there is more to tell than words, or None for silence. It may `await turn.ask(...)`.
"""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, TypeAlias, TypeVar

from voice_assistant.audio.frames import Clip, Samples
from voice_assistant.audio.media import Cue
from voice_assistant.clock import Clock
from voice_assistant.engines import Message, Prosody
from voice_assistant.errors import NotAllowed, SkillError, VoiceAssistantError
from voice_assistant.jobs import Job, Jobs
from voice_assistant.mind import Mind
from voice_assistant.ports import MediaPlayer
from voice_assistant.settings import checked
from voice_assistant.store import Store
from voice_assistant.turn import NeverMind, Route, Turn

__all__ = [
    "Answer",
    "Clip",
    "Clock",
    "Cue",
    "Home",
    "Job",
    "Jobs",
    "MediaPlayer",
    "Message",
    "Mind",
    "NeverMind",
    "NotAllowed",
    "Piece",
    "Prosody",
    "Receipt",
    "Reply",
    "Route",
    "Samples",
    "Skill",
    "SkillError",
    "Store",
    "Turn",
    "VoiceAssistantError",
    "intent",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a reply that is more than plain words; whole sentences, spoken in one manner."""

    text: str = ""
    language: str | None = None
    """The language of `text` when it is not the turn's."""
    prosody: Prosody = Prosody()
    sound: Clip | None = None
    """Sounds after the text (alone when there is none)."""
    under: Clip | None = None
    """Sounds beneath the text, softly, and fades when the text ends."""
    pause: float = 0.0
    """Seconds of silence afterwards."""
    mark: Any = None
    """Handed to `Reply.reached` once the piece has left the loudspeaker: a bookmark."""


Pieces: TypeAlias = AsyncIterator["str | Piece"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The result of an action that was carried out. Confirmations are made from it, never from
    the wish; "did you do it?" and "undo that" are answered from the last ones."""

    action: str
    """What was done, as `skill.verb`: "timers.set"."""
    result: Mapping[str, Any] = field(default_factory=dict)
    """Plain data about it: what, when, how much."""
    undo: Callable[[], Awaitable[str]] | None = None
    """Takes it back and returns the sentence that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer with more than words."""

    say: str | Pieces = ""
    display: str | None = None
    """A card for a screen, in Markdown."""
    receipts: tuple[Receipt, ...] = ()
    reached: Callable[[Any], None] | None = None
    """Called with the mark of each piece that was heard to its end."""
    likely: tuple[str, ...] = ()
    """What will probably be said next (the step after this one, this one again): the voice makes
    its first words ready while this reply is heard."""
    listen: bool = True
    """Whether what is said next may be a request without the wake word: not where other people's
    talk follows."""
    ring: Clip | None = None
    """A ring: sounds again and again after `say`, growing, until stopped or `ring_seconds`."""
    ring_seconds: float = 60.0


Answer: TypeAlias = "str | Pieces | Reply | None"
Handler: TypeAlias = Callable[..., Awaitable[Answer]]
_Handler = TypeVar("_Handler", bound=Handler)


def intent(name: str) -> Callable[[_Handler], _Handler]:
    """Mark a method as the handler of the intent `name` of the skill's YAML files."""

    def mark(handler: _Handler) -> _Handler:
        handler.__dict__.setdefault("intents", []).append(name)
        return handler

    return mark


@dataclass(frozen=True, kw_only=True)
class Home:
    """What a skill owns or may use outside a turn. Made for each skill by the assistant."""

    name: str
    folder: Path
    """Files the user may read: cards, lists, minutes. Made when first written to."""
    cache: Path | None = None
    """A folder for what can be made again: indexes, analyses. None where nothing is kept."""
    store: Store
    """Small state on disk, kept apart from other skills'."""
    scheduler: Jobs
    clock: Clock
    mind: Mind
    """The language model; `mind.ready` is false where there is none."""
    media: MediaPlayer | None = None
    """Music and other long sounds; None where there is no loudspeaker (text mode)."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """The section `[skills.NAME]` of the settings file."""
    place: Mapping[str, Any] = field(default_factory=dict)
    """Where the household is: `city`, `country` (ISO code), `latitude`, `longitude`, `zone`."""
    network: Callable[[str], None] = lambda host: None
    """Call with a host before talking to it: raises NotAllowed unless the settings allow it."""
    renamed: Callable[[], None] = lambda: None
    """Call when `vocabulary` has other names: they are understood from the next turn on."""
    services: Mapping[str, Any] = field(default_factory=dict)
    """Capabilities few skills need, by name: `catalog`, `http`, `knowledge`, `recognizer`,
    `background` (a thread for what takes long), `assistant` (what the assistant knows of itself)
    and what other skills offer; app/ground.py puts them together."""


class Skill:
    """One thing the assistant can do. `name` is the name of its folder."""

    name: ClassVar[str] = ""
    session_minutes: ClassVar[float] = 30.0
    """How long an open session of it is remembered without a word."""
    settings: ClassVar[Mapping[str, Any]] = {}
    """What may be set under [skills.NAME], each key with its type (`{"folders": tuple[str, ...]}`);
    the start ends with a complaint about anything else there. Its values are in `home.settings`."""

    def __init__(self, home: Home) -> None:
        self.home = home
        checked(home.settings, self.settings, f"skills.{home.name}.")

    async def start(self) -> None:
        """Get ready: read data, look for what was missed while off. Called once, before turns."""

    async def stop(self) -> None:
        """Put away. Called once, at the end or before a reload."""

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Slot values known only at run time, by slot name: titles, names, stations."""
        return {}

    async def due(self, turn: Turn, job: Job) -> Answer:
        """A job that this skill scheduled is due: what to say, ring or do."""
        raise SkillError(f"The skill '{self.name}' scheduled a job but does not handle it.")

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """Jobs that fell due while the assistant was off: what to say about them at the start."""
        return None

    async def resume(self, turn: Turn) -> Answer:
        """What came between is over: go on with the open session, or say nothing."""
        return None

    async def expect(self, text: str, language: str) -> None:
        """Somebody is saying something that may be talk: what takes long may begin."""

    async def halt(self, turn: Turn) -> bool:
        """The user said stop. True if something of this skill was stopped by it."""
        return False

    def problems(self) -> Iterable[str]:
        """What is wrong with its data, a line each that names the file: for `skills check`."""
        return ()

    def offers(self) -> Mapping[str, Any]:
        """Capabilities for other skills, which find them in `home.services` by these names."""
        return {}

    async def command(self, words: Sequence[str]) -> AsyncGenerator[Mapping[str, Any], None]:
        """What `voice-assistant NAME WORDS...` does, for a skill that has such a command: records
        for `--json`, whose `text` is shown to a person otherwise."""
        raise SkillError(f"The skill '{self.name}' has no command of its own.")
        yield {}

    def now(self) -> datetime:
        """This moment, in the household's time zone."""
        return self.home.clock.now()
