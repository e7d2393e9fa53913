"""What all of the skill stands on: the archive, the meeting that goes on, and the last answer."""

from __future__ import annotations

from collections.abc import Iterable

from voice_assistant.skill import Home, Skill, Turn

from . import paper
from .archive import Archive
from .asking import Found
from .captions import Captions
from .importing import Engines, Importer
from .meeting import Meeting
from .minutes import Line
from .sitting import Sitting, Writing

SPOKEN = 5
"""Lines read in one go; all of them are on the card."""


class Base(Skill):
    """The state of the skill."""

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

    def latest(self, topic: str | None = None) -> Meeting | None:
        """The latest meeting, or the latest about something."""
        return self.archive.find(topic or "")

    def aloud(self, lines: Iterable[Line], turn: Turn) -> str:
        """Lines one after the other, each a sentence."""
        said = [paper.item(line, turn.language) for line in lines]
        rest = len(said) - SPOKEN
        text = " ".join(said[:SPOKEN])
        return f"{text} {turn.phrase('more', count=rest)}" if rest > 0 else text
