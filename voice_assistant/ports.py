"""What the assistant needs of its ears and its loudspeaker; the engines' ports are in engines/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from voice_assistant.audio.frames import Clip
from voice_assistant.audio.media import Cue
from voice_assistant.audio.mixer import ChannelName
from voice_assistant.engines import Recognizer


class Attention(Protocol):
    """What the ears can be told."""

    def listen(self, seconds: float) -> None:
        """Listen for speech that begins within `seconds`, without the wake word."""
        ...

    def expect(self, recognizer: Recognizer | None) -> None:
        """Have what is said without the wake word heard by another recogniser, until None."""
        ...

    def be_patient(self, patience: float) -> None:
        """Wait so many times as long as usual for somebody to go on."""
        ...

    def be_sensitive(self, sensitivity: float) -> None:
        """Wake at that sensitivity from now on, 0 to 1."""
        ...

    def deafen(self, deaf: bool) -> None:
        """Hear nothing at all, or hear again."""
        ...

    def attend(self, speaking: bool, saying: str = "") -> None:
        """Tell whether the assistant speaks now, and what."""
        ...


class Loudspeaker(Protocol):
    """The one place where sound goes out: the voice, earcons and rings of turns."""

    async def play(self, clip: Clip, *, started: Callable[[], object] = ...) -> None:
        """Return when the clip has been heard; `started` is called with its first sample."""
        ...

    async def ring(self, clip: Clip) -> None:
        """Play a stretch of an alarm; return when it was heard. Cancelled, it falls silent."""
        ...

    def flush(self) -> float:
        """Silence the voice, now; the seconds of the clip that were heard."""
        ...

    def hold(self) -> None:
        """Let the voice wait where it is, silently."""
        ...

    def release(self) -> None:
        """Let the voice go on."""
        ...

    def duck(self) -> None:
        """Media out of the way of speech."""
        ...

    def unduck(self) -> None:
        """Media back to its volume."""
        ...

    def chime(self, clip: Clip) -> None:
        """Sound an earcon, at once and without waiting."""
        ...


class MediaPlayer(Protocol):
    """The loudspeaker as skills with music or long sounds use it; see audio/player.py."""

    rate: int
    """Samples a second that a source delivers."""

    def play_media(self, cue: Cue) -> None:
        """Play this now in place of other media; who is told is called on the loop."""
        ...

    def queue_media(self, cue: Cue) -> None:
        """Play this after the present track, on the very next sample or crossing into it."""
        ...

    def set_volume(self, name: ChannelName, db: float) -> None:
        """A channel's own level; 0 dB is as it comes."""
        ...

    def count_media(self, told: Callable[[], object]) -> None:
        """Have `told` called about every second of media that was heard, whoever plays them."""
        ...

    def follow_media(self, told: Callable[[float], object]) -> None:
        """Have `told` called on the loop with the factor of the media's level, now and whenever it
        changes (ducked, turned up or down): for music that sounds elsewhere."""
        ...

    def pause_media(self) -> None:
        """Let media wait where it is."""
        ...

    def resume_media(self) -> None:
        """Let media go on."""
        ...

    def stop_media(self) -> None:
        """End media."""
        ...

    def seek_media(self, seconds: float) -> None:
        """Go on in the present track from there."""
        ...

    def forget_media_queue(self) -> None:
        """Make the present track the last."""
        ...

    @property
    def media_seconds(self) -> float:
        """Where the present track is."""
        ...

    @property
    def media_idle(self) -> bool:
        """True when there are no media, playing or paused."""
        ...
