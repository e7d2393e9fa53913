"""The mixer as turns and skills see it: play and flush, duck, chime, media. Who pulls the mixer (a
sound card, a file) is a subclass's affair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import anyio
from anyio.lowlevel import checkpoint

from voice_assistant.audio.clips import FADE_SECONDS
from voice_assistant.audio.frames import Clip
from voice_assistant.audio.media import STOP_SECONDS, Cue
from voice_assistant.audio.mixer import ChannelName, Mixer
from voice_assistant.audio.reference import Reference
from voice_assistant.workers import Lock, on_loop


def _nothing() -> None: ...


class MixerPlayer:
    """A `Loudspeaker` on a `Mixer`. Everything here acts at once on what the ear has reached."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.reference = Reference(rate)
        self.mixer = Mixer(rate)
        self._lock = Lock()
        self._followers: list[Callable[[float], object]] = []
        self._counting: list[Callable[[], object]] = []
        self._told = self.mixer.media_level

    # --- the voice ------------------------------------------------------------------------

    async def play(self, clip: Clip, *, started: Callable[[], object] = _nothing) -> None:
        """Return when the clip has been heard (less what the device still buffers), or was flushed.

        A clip that is not the last of its sentence lets go as soon as it begins, so that the next
        is there when it ends. `started` is called on the loop when the first sample left.
        Cancelled, it drops its clip.
        """
        done = anyio.Event()

        def begun() -> None:
            started()
            if not clip.last:
                done.set()

        clip = self.mixer.voice.resampled(clip)
        with self._changed():
            piece = self.mixer.voice.add(clip, started=on_loop(begun), ended=on_loop(done.set))
        try:
            await done.wait()
        finally:
            if not done.is_set():
                with self._changed():
                    self.mixer.voice.remove(piece)
        if piece.flushed:
            await checkpoint()  # whoever flushed has cancelled us: this is where it shows

    def flush(self) -> float:
        """Silence the voice, now, without waiting on the device; the seconds of the clip that were
        heard."""
        with self._changed():
            fade = 0 if self.mixer.held("voice") else FADE_SECONDS
            self.mixer.hold("voice", held=False)
            return self.mixer.voice.flush(fade)

    def hold(self) -> None:
        """Let the voice wait where it is (was that a cough?) until `release` or `flush`."""
        with self._changed():
            self.mixer.hold("voice", held=True)

    def release(self) -> None:
        """Let the voice go on."""
        with self._changed():
            self.mixer.hold("voice", held=False)

    # --- earcons and alarms ---------------------------------------------------------------

    def chime(self, clip: Clip) -> None:
        """Play an earcon over everything; nobody waits for it."""
        clip = self.mixer.earcons.resampled(clip)
        with self._changed():
            self.mixer.earcons.add(clip)

    async def ring(self, clip: Clip) -> None:
        """Play a stretch of an alarm; return when it was heard. Cancelled, it falls silent."""
        ended = anyio.Event()
        clip = self.mixer.alarms.resampled(clip)
        with self._changed():
            piece = self.mixer.alarms.add(clip, ended=on_loop(ended.set))
        try:
            await ended.wait()
        finally:
            if not ended.is_set():
                with self._changed():
                    self.mixer.alarms.remove(piece)

    # --- volumes --------------------------------------------------------------------------

    def duck(self) -> None:
        """Media out of the way of speech."""
        with self._changed():
            self.mixer.duck(ducked=True)
        self._tell()

    def unduck(self) -> None:
        """Media back to its volume."""
        with self._changed():
            self.mixer.duck(ducked=False)
        self._tell()

    def set_volume(self, name: ChannelName, db: float) -> None:
        """A channel's own level; 0 dB is as it comes."""
        with self._changed():
            self.mixer.set_volume(name, db)
        if name == "media":
            self._tell()

    def follow_media(self, told: Callable[[float], object]) -> None:
        """Have `told` called with the factor of the media's level, now and whenever it changes."""
        self._followers.append(told)
        told(self.mixer.media_level)

    def count_media(self, told: Callable[[], object]) -> None:
        """Have `told` called about every second of media that was heard, whoever plays them."""
        self._counting.append(told)

    def _counted(self, passing: Callable[[], object]) -> Callable[[], object]:
        def passed() -> None:
            passing()
            for told in self._counting:
                told()

        return passed

    def _on_loop(self, cue: Cue) -> Cue:
        """The same, whoever is told being called on the loop."""
        return replace(
            cue,
            started=on_loop(cue.started),
            ended=on_loop(cue.ended),
            passing=on_loop(self._counted(cue.passing)),
            dropped=on_loop(cue.dropped),
        )

    def _tell(self) -> None:
        if self._told != self.mixer.media_level:
            self._told = self.mixer.media_level
            for told in self._followers:
                told(self._told)

    # --- media ----------------------------------------------------------------------------

    def play_media(self, cue: Cue) -> None:
        """Play this now in place of other media; call it on the loop, where the callbacks run."""
        with self._changed():
            if self.mixer.held("media"):
                self.mixer.media.stop(fade=0)
                self.mixer.hold("media", held=False)
            self.mixer.media.play(self._on_loop(cue))

    def queue_media(self, cue: Cue) -> None:
        """Play this after the present track, on the very next sample or crossing into it."""
        with self._lock:
            self.mixer.media.queue(self._on_loop(cue))

    def pause_media(self) -> None:
        """Let media wait where it is."""
        with self._changed():
            self.mixer.hold("media", held=True)

    def resume_media(self) -> None:
        """Let media go on."""
        with self._changed():
            self.mixer.hold("media", held=False)

    def stop_media(self) -> None:
        """End media; its `ended` is not called."""
        with self._changed():
            self.mixer.media.stop(fade=0 if self.mixer.held("media") else STOP_SECONDS)
            self.mixer.hold("media", held=False)

    def seek_media(self, seconds: float) -> None:
        """Go on in the present track from there."""
        with self._changed():
            self.mixer.media.seek(seconds)

    def forget_media_queue(self) -> None:
        """The present track is the last."""
        with self._lock:
            self.mixer.media.forget_queue()

    @property
    def media_seconds(self) -> float:
        """Where the present track is."""
        return self.mixer.media.seconds

    @property
    def media_idle(self) -> bool:
        """True when there are no media, playing or paused."""
        return self.mixer.media.idle

    @property
    def media_sounding(self) -> bool:
        """True while media play, and do not wait."""
        return not (self.mixer.media.idle or self.mixer.held("media"))

    # --- for subclasses -------------------------------------------------------------------

    @contextmanager
    def _changed(self) -> Iterator[None]:
        """Around a change of the mixer: what was mixed ahead of the ear is taken back before."""
        with self._lock:
            yield
