"""`route`: which skill would answer, doing nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import perf_counter

import anyio

from voice_assistant.app.household import household
from voice_assistant.commands.common import put, settings_of, tell, words_of
from voice_assistant.errors import UsageError, VoiceAssistantError
from voice_assistant.normal import language_of
from voice_assistant.router import Utterance


def route(arguments: argparse.Namespace) -> None:
    """Route each utterance by itself, without context."""
    anyio.run(_route, arguments)


async def _route(arguments: argparse.Namespace) -> None:
    settings = settings_of(arguments)
    ready = set[str]()
    async with household(settings) as home:
        for text in _texts(arguments):
            language = settings.language
            if language == "auto":
                language = language_of(text, "en")
            if language not in ready:  # as a running assistant is when somebody speaks
                ready.add(language)
                await home.learn(language)
                if arguments.file:  # it would take longer than to route one text
                    await home.compile(language)
            began = perf_counter()
            found = await home.router.route(
                Utterance(text=text, language=language), home.assistant.session
            )
            ms = 1000 * (perf_counter() - began)
            if "json" not in arguments:
                tell(f"{text}: {found.skill or 'nobody'} {found.intent or ''} ({found.stage})")
                continue
            put(
                {
                    "text": text,
                    "skill": found.skill,
                    "intent": found.intent,
                    "slots": found.slots,
                    "stage": found.stage,
                    "confidence": round(found.confidence, 3),
                    "ms": round(ms, 3),
                }
            )


def _texts(arguments: argparse.Namespace) -> list[str]:
    if bool(arguments.text) == bool(arguments.file):
        raise UsageError("What shall be routed? Give a text, or a file with '--file'.")
    if arguments.text:
        return [words_of(arguments)]
    piped = arguments.file == "-"
    data = sys.stdin.buffer.read() if piped else Path(arguments.file).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise VoiceAssistantError(f"{arguments.file} is not a text in UTF-8.") from error
    return [line for line in text.splitlines() if line.strip()]
