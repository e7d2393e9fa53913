"""The mixer: voice, media, earcons and alarms, each with its volume, summed into one output.

Pure: `pull` is all that moves it, so a sound card, a file or a test can be what pulls. A puller may
hold a few blocks before they are heard; `rewind` takes those back, so that silence, ducking and
volume act at once on what the ear has reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from voice_assistant.audio.clips import FADE_SECONDS, ClipChannel
from voice_assistant.audio.fader import Fader, gain, limited
from voice_assistant.audio.frames import Samples
from voice_assistant.audio.media import MediaChannel

DUCK_DB = -18.0
"""Media under speech: still there, and no hindrance to understanding."""
DUCK_SECONDS = 0.06
UNDUCK_SECONDS = 0.12
VOLUME_SECONDS = 0.03

ChannelName = Literal["voice", "media", "earcons", "alarms"]


class Channel(Protocol):
    """Something that has sound to add, and can take back what was not heard yet."""

    position: int

    @property
    def idle(self) -> bool:
        """True when nothing is left to read, and everything was heard."""
        ...

    def read(self, n: int) -> Samples | None:
        """The next `n` samples, shape (n, 2), or None when there is nothing to play."""
        ...

    def rewind(self, position: int) -> None:
        """Go back to where reading stood before."""
        ...

    def heard(self, position: int) -> None:
        """Everything before `position` has left the loudspeaker."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of output and where the channels stood before and after it."""

    samples: Samples
    """Shape (n, 2)."""
    at: int
    """Output position of the first sample."""
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(slots=True)
class _Strip:
    """One channel's controls."""

    channel: Channel
    volume: float = 1.0
    ducked: bool = False
    held: bool = False
    fader: Fader = field(default_factory=Fader)

    @property
    def level(self) -> float:
        """Where volume and duck point, as a factor."""
        return self.volume * (gain(DUCK_DB) if self.ducked else 1.0)

    def move(self, at: int, length: int) -> None:
        """Go where the controls point."""
        self.fader.move(0.0 if self.held else self.level, at=at, length=length)

    def read(self, n: int, at: int) -> Samples | None:
        if self.held and self.fader.arrived(at):
            return None  # waiting, not merely silent
        samples = self.channel.read(n)
        return None if samples is None else self.fader.applied(samples, at)


class Mixer:
    """Four channels into one stereo output."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.voice = ClipChannel(rate)
        self.media = MediaChannel(rate)
        self.earcons = ClipChannel(rate)
        self.alarms = ClipChannel(rate)
        self._strips: Mapping[ChannelName, _Strip] = {
            "voice": _Strip(self.voice),
            "media": _Strip(self.media),
            "earcons": _Strip(self.earcons),
            "alarms": _Strip(self.alarms),
        }
        self._at = 0

    @property
    def idle(self) -> bool:
        """True while there is nothing to hear and nothing to come by itself."""
        return all(strip.held or strip.channel.idle for strip in self._strips.values())

    def pull(self, n: int) -> Block:
        """The next `n` samples of everything."""
        before = self._positions()
        mix: Samples | None = None
        for strip in self._strips.values():
            if (part := strip.read(n, self._at)) is not None:
                mix = part if mix is None else mix + part
        samples = np.zeros((n, 2), np.float32) if mix is None else limited(mix)
        block = Block(samples, self._at, before, self._positions())
        self._at += n
        return block

    def rewind(self, block: Block) -> None:
        """Take back this block and all after it: nobody heard them."""
        self._at = block.at
        for strip, position in zip(self._strips.values(), block.before, strict=True):
            strip.channel.rewind(position)

    def heard(self, block: Block) -> None:
        """This block has left the loudspeaker."""
        for strip, position in zip(self._strips.values(), block.after, strict=True):
            strip.channel.heard(position)

    def set_volume(self, name: ChannelName, db: float) -> None:
        """A channel's own level; 0 dB is as it comes."""
        strip = self._strips[name]
        strip.volume = gain(db)
        strip.move(self._at, self._samples(VOLUME_SECONDS))

    def duck(self, ducked: bool) -> None:
        """Media out of the way, or back."""
        strip = self._strips["media"]
        strip.ducked = ducked
        strip.move(self._at, self._samples(DUCK_SECONDS if ducked else UNDUCK_SECONDS))

    @property
    def media_level(self) -> float:
        """How loud media are to be, as a factor: by their volume and by ducking."""
        return self._strips["media"].level

    def hold(self, name: ChannelName, held: bool) -> None:
        """Let a channel wait where it is, or go on from there."""
        strip = self._strips[name]
        if strip.held != held:
            strip.held = held
            strip.move(self._at, self._samples(FADE_SECONDS))

    def held(self, name: ChannelName) -> bool:
        """True while a channel waits."""
        return self._strips[name].held

    def _positions(self) -> tuple[int, ...]:
        return tuple(strip.channel.position for strip in self._strips.values())

    def _samples(self, seconds: float) -> int:
        return round(seconds * self.rate)
