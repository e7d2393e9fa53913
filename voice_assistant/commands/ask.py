"""`ask` and `chat`: turns in text, through the same assistant as by voice."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from time import perf_counter
from typing import Any

import anyio

from voice_assistant import app
from voice_assistant.app.household import Household, household
from voice_assistant.commands.common import put, settings_of, tell, words_of
from voice_assistant.events import Event, Heard, Said
from voice_assistant.normal import joined, language_of
from voice_assistant.workers import Worker


def ask(arguments: argparse.Namespace) -> None:
    """Answer one request."""
    words = words_of(arguments)

    async def texts() -> AsyncIterator[str]:
        yield words

    anyio.run(_converse, arguments, texts())


def chat(arguments: argparse.Namespace) -> None:
    """Answer requests from standard input, one a line, until it ends."""

    async def texts() -> AsyncIterator[str]:
        with Worker("keyboard") as keyboard:
            while line := await keyboard.call(_read_line):
                if line.strip():
                    yield line.strip()

    anyio.run(_converse, arguments, texts())


def _read_line() -> str:
    """The next line typed or piped, with its end; empty when there are no more."""
    if sys.stdin.isatty():
        sys.stderr.write("> ")
        sys.stderr.flush()
    return sys.stdin.buffer.readline().decode("utf-8", "replace")


async def _converse(arguments: argparse.Namespace, texts: AsyncIterator[str]) -> None:
    settings = settings_of(arguments)
    said: list[str] = []

    def emit(event: Event) -> None:
        if isinstance(event, Said):
            said.append(event.text)

    async with AsyncExitStack() as stack:
        speak = vars(arguments).get("speak", False)
        player = stack.enter_context(app.loudspeaker(settings, wanted=speak))
        home = await stack.enter_async_context(household(settings, emit=emit, player=player))
        tasks = await stack.enter_async_context(anyio.create_task_group())
        home.assistant.begin(tasks)
        async for text in texts:
            said.clear()
            began = perf_counter()
            await _one(home, text)
            answer = _answer(home, text, said, 1000 * (perf_counter() - began))
            if "json" in arguments:
                put(answer)
            else:
                tell(answer["display"] or answer["reply"])
        tasks.cancel_scope.cancel()


async def _one(home: Household, text: str) -> None:
    language = home.settings.language
    if language == "auto":
        language = language_of(text, "en")
    if not home.assistant.busy and not home.router.is_complete(text, language):
        if not home.router.lexicon(language).is_trained():
            sys.stderr.write("The skills have changed: I learn their sentences first, once ...\n")
        await home.learn(language)
    home.assistant.notice(Heard(at=anyio.current_time(), text=text, language=language))
    await home.assistant.settled()


def _answer(home: Household, text: str, said: list[str], ms: float) -> dict[str, Any]:
    turn = home.assistant.latest
    assert turn is not None
    return {
        "text": text,
        "reply": joined(said, turn.language),
        "skill": turn.route.skill,
        "intent": turn.route.intent,
        "stage": turn.route.stage,
        "language": turn.language,
        "display": turn.display,
        "actions": [{"action": r.action, **r.result} for r in turn.receipts],
        "error": turn.error,
        "ms": round(ms, 1),
    }
