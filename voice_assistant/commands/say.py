"""`say`: speak a text, aloud or into a file."""

from __future__ import annotations

import argparse
from contextlib import aclosing
from pathlib import Path

import anyio

from voice_assistant import app, catalog
from voice_assistant.audio.files import write_wav
from voice_assistant.audio.frames import Clip
from voice_assistant.commands.common import settings_of, words_of
from voice_assistant.errors import UsageError
from voice_assistant.normal import language_of
from voice_assistant.voice import Voice, lines
from voice_assistant.workers import Worker


def say(arguments: argparse.Namespace) -> None:
    """Speak."""
    text = words_of(arguments)
    if arguments.out and not arguments.out.casefold().endswith(".wav"):
        raise UsageError("--out writes WAV: let the file's name end in .wav.")
    anyio.run(_say, arguments, text)


async def _say(arguments: argparse.Namespace, text: str) -> None:
    settings = settings_of(arguments)
    language = settings.language if settings.language != "auto" else language_of(text, "en")
    voices = app.synthesizers(settings, catalog.load())
    with (
        Worker("voice") as worker,
        app.loudspeaker(settings, wanted=arguments.out is None) as speaker,
    ):
        voice = Voice(voices, worker, pace=settings.speaking.pace)
        made: list[Clip] = []
        async with aclosing(lines(text)) as sentences:
            async for line in sentences:
                async with aclosing(voice.clips(line, language)) as clips:
                    async for clip in clips:
                        if speaker:
                            await speaker.play(clip)
                        else:
                            made.append(clip)
        if arguments.out:
            write_wav(Path(arguments.out), made)
