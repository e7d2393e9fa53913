"""A household with music: real files, the real decoder and mixer, no loudspeaker, no threads."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
from anyio.lowlevel import checkpoint
from voice_assistant_skills.music.skill import Music

from tests.fakes import TryOut
from tests.skills.music.made import write
from voice_assistant.audio.decoder import DecodedFile
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.workers import InlineWorker

RATE = 8000
BLOCK = 800


def steady(path: Path, level: float, seconds: float, **tags) -> Path:
    """A file that is one level throughout, so that one hears which one plays."""
    sound = np.full((round(seconds * RATE), 2), level, np.float32)
    return write(path, sound, rate=RATE, codec="flac", **tags)


class Later(InlineWorker):
    """A worker that works when it is told to: whoever posts himself anew does not recurse."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def _put(self, job):
        self.waiting.append(job)

    def work(self, most=10_000):
        while self.waiting and (most := most - 1):
            self.waiting.pop(0)()


class House(TryOut):
    """One skill, its mixer, and somebody who pulls it."""

    def __init__(self, folder: Path, *, settings=None, cache=None, **home):
        self.player = MixerPlayer(RATE)
        self.opened: list[str] = []
        self.worker = Later()
        services = {"open_track": self._open, "worker": lambda name: self.worker}
        super().__init__(
            Music,
            folder,
            media=self.player,
            cache=cache or folder / "cache",
            services=services,
            settings={
                "folders": [str(folder / "Music")],
                "watch": False,
                "listen": False,
                "media_keys": False,
                "crossfade": 0,
            }
            | (settings or {}),
            **home,
        )
        self.skill.dice = Random(1)

    def _open(self, path, start=0.0):
        self.opened.append(Path(path).name)
        return DecodedFile(path, RATE, InlineWorker(), start=start)

    async def begin(self):
        await self.skill.start()
        self.worker.work()
        return self

    async def hear(self, seconds: float):
        """Let the loudspeaker play; what was heard, left channel."""
        heard = []
        for _ in range(round(seconds * RATE / BLOCK)):
            block = self.player.mixer.pull(BLOCK)
            self.player.mixer.heard(block)
            heard.append(block.samples[:, 0])
            await checkpoint()  # callbacks run on the loop
            await checkpoint()
        return np.concatenate(heard) if heard else np.zeros(0)

    @property
    def title(self):
        return self.skill.track.title if self.skill.track else None
