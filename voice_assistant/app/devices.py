"""The devices and the ears upon them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voice_assistant.app.engines import detector, wake_word
from voice_assistant.audio.echo import canceller
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.catalog import Catalog
from voice_assistant.ears import Ears
from voice_assistant.engines import Recognizer
from voice_assistant.settings import Settings
from voice_assistant.wakewords import leftovers, mentions
from voice_assistant.workers import Worker

if TYPE_CHECKING:
    from voice_assistant.audio.decoder import DecodedFile
    from voice_assistant.audio.microphone import Microphone


@contextmanager
def loudspeaker(settings: Settings, *, wanted: bool = True) -> Iterator[MixerPlayer | None]:
    """The loudspeaker at its volumes, or None where none is wanted."""
    if not wanted:
        yield None
        return
    from voice_assistant.audio.speaker import Speaker

    with Speaker(settings.sound.speaker) as speaker:
        set_volumes(speaker, settings)
        yield speaker


def set_volumes(player: MixerPlayer, settings: Settings) -> None:
    """Bring the channels to the volumes of the settings."""
    player.set_volume("voice", settings.sound.speech_volume)
    player.set_volume("media", settings.sound.media_volume)
    player.set_volume("alarms", settings.sound.alarm_volume)
    player.set_volume("earcons", settings.sound.earcon_volume)


def microphone(settings: Settings) -> Microphone:
    """The microphone itself, for a command that records without the ears."""
    from voice_assistant.audio.microphone import Microphone

    return Microphone(settings.sound.microphone)


def track(rate: int, worker: Worker, path: Path | str, start: float = 0.0) -> DecodedFile:
    """A music file, or the address of a stream, as a source of the media channel."""
    from voice_assistant.audio.decoder import DecodedFile

    return DecodedFile(path, rate, worker, start=start)


def ears(settings: Settings, catalog: Catalog, recognizer: Recognizer) -> Ears:
    """Ears that wait for the wake word; `acquaint` tells them what a whole command is."""
    return Ears(
        wake=wake_word(settings, catalog, recognizer),
        detector=detector(catalog),
        recognizer=recognizer,
        clean=leftovers(settings.listening.wake_words),
        mentions=mentions(settings.listening.wake_words),
        echo=canceller(settings.sound.echo_cancel, settings.sound.microphone),
        patience=settings.listening.patience,
        open=settings.listening.mode == "open",
    )
