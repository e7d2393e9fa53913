"""What all of the skill stands on: the archive, the meeting that goes on, and the last answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from voice_assistant.skill import Home, Skill, Turn

from . import paper
from .archive import Archive
from .asking import Found, answer
from .captions import Captions
from .importing import Engines, Importer
from .meeting import Meeting
from .minutes import Line
from .sitting import Sitting, Writing

_DAYS = (
    (1, re.compile(r"\byesterday|昨天|昨晚")),
    (0, re.compile(r"\btoday's\b|\bthis morning|今天的?会|今早")),
)
"""How many days ago a meeting was that is called so."""

KNOWN = 5
"""Meetings whose people are understood by name."""

SPOKEN = 5
"""Lines read in one go; all of them are on the card."""


class Base(Skill):
    """The state of the skill."""

    settings: ClassVar[Mapping[str, Any]] = {"me": str, "audio": str, "captions": bool}

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        services = home.services
        self.archive = Archive(home.folder)
        self.engines = Engines(
            recognizer=services["scribe"],
            detector=services["detector"],
            encoder=services["voice_encoder"],
        )
        self.importer = Importer(self.archive, self.engines)
        self.tap = services.get("tap")
        self.sitting = Sitting(self.archive, self.tap.open, self._captions()) if self.tap else None
        self.writing = Writing(
            self.archive, self.importer, services["background"], home.clock.elapsed
        )
        self._known: tuple[str, ...] = ()
        self._members: list[str] = []
        self.found: Found | None = None
        """The last answer: what "play that" means."""

    def _captions(self) -> Captions | None:
        """What is said while it is recorded, for the screen, unless the settings say no."""
        show = self.home.services.get("caption")
        if show is None or not self.home.settings.get("captions", True):
            return None
        return Captions(self.archive, self.engines, self.home.services["background"], show)

    async def start(self) -> None:
        """Write down what was recorded and not written down, where there are ears."""
        if self.tap is None:
            return
        for name in self.archive.ids():
            meeting = self.archive.load(name)
            if not meeting.done and not meeting.source:
                self.writing.add(meeting)

    async def stop(self) -> None:
        """Keep what is being recorded."""
        if self.sitting:
            self.sitting.close()

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Who spoke in the latest meetings."""
        latest = tuple(self.archive.ids()[-KNOWN:])
        if latest != self._known:
            spoke = (name for each in latest for name in self.archive.load(each).speakers)
            self._known, self._members = latest, list(dict.fromkeys(n.lower() for n in spoke))
        return {"member": self._members}

    def latest(self, topic: str | None = None, said: str = "") -> Meeting | None:
        """The latest meeting: of all, of the day that is said, or called or about something."""
        if topic:
            return self.archive.find(topic) or self._matching(topic.casefold())
        ago = next((days for days, words in _DAYS if words.search(said.casefold())), None)
        if ago is None:
            return self.archive.find()
        day = (self.now().date() - timedelta(days=ago)).isoformat()
        return next((each for each in self.archive.all() if each.day == day), None)

    def _matching(self, topic: str) -> Meeting | None:
        """The latest meeting with somebody, or else about something."""
        with_them = (m for m in self.archive.all() if topic in map(str.casefold, m.speakers))
        about = (each.meeting for each in answer(topic, self.archive.all()))
        return next(with_them, None) or next(about, None)

    def absent(self, turn: Turn) -> str:
        """What to say where there is no such meeting."""
        return turn.phrase("no_such" if self.archive.ids() else "none")

    def aloud(self, lines: Iterable[Line], turn: Turn) -> str:
        """Lines one after the other, each a sentence."""
        said = [paper.item(line, turn.language) for line in lines]
        rest = len(said) - SPOKEN
        text = " ".join(said[:SPOKEN])
        return f"{text} {turn.phrase('more', count=rest)}" if rest > 0 else text
