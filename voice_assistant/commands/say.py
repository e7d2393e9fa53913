"""`say`: speak a text, aloud or into a file."""

from __future__ import annotations

import argparse
from contextlib import aclosing
from pathlib import Path

import anyio

from voice_assistant import app, catalog
from voice_assistant.audio.files import write_wav
from voice_assistant.audio.frames import Clip
from voice_assistant.commands.common import settings_of, wav_name, words_of
from voice_assistant.normal import language_of
from voice_assistant.voice import Voice, lines
from voice_assistant.workers import Worker


def say(arguments: argparse.Namespace) -> None:
    """Speak."""
    text = words_of(arguments)
    out = None if arguments.out is None else wav_name(arguments.out)
    anyio.run(_say, arguments, text, out)


async def _say(arguments: argparse.Namespace, text: str, out: Path | None) -> None:
    settings = settings_of(arguments)
    language = settings.language if settings.language != "auto" else language_of(text, "en")
    voices = app.synthesizers(settings, catalog.load())
    with (
        Worker("voice") as worker,
        app.loudspeaker(settings, wanted=out is None) as speaker,
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
        if out:
            write_wav(out, made)
