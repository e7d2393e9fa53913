"""`run`: the microphone loop. What waiting needs is loaded first, the rest behind it."""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

import anyio

from voice_assistant import app, catalog
from voice_assistant.audio.frames import Frame
from voice_assistant.audio.microphone import Microphone
from voice_assistant.audio.mute import MutePlayer
from voice_assistant.audio.speaker import Speaker
from voice_assistant.commands.common import put, settings_of
from voice_assistant.ears import AFTER_WAKE, SILENCE, Ears
from voice_assistant.errors import DeviceError
from voice_assistant.events import Event, Failed, Gaps, Level, Listening, Ready
from voice_assistant.late import LateRecognizer
from voice_assistant.ports import Loudspeaker
from voice_assistant.settings import Settings
from voice_assistant.terminal import Terminal
from voice_assistant.workers import Worker, first_error, on_loop, run_thread

GAPS_SECONDS = 10.0
"""Between two looks whether sound was lost."""

if TYPE_CHECKING:
    from voice_assistant.app.household import Household

NO_FRAME = 3.0
"""Seconds without a frame after which the rest is loaded all the same."""


def run(arguments: argparse.Namespace) -> None:
    """Listen and answer until told to end; in text where there is no microphone."""
    settings = settings_of(arguments)
    app.recognizer_model(settings, catalog.load())
    try:
        with first_error():
            anyio.run(_run, settings, "json" in arguments)
    except DeviceError as error:
        from voice_assistant.commands.ask import chat

        sys.stderr.write(f"{error} You can type instead.\n")
        chat(arguments)


async def _run(settings: Settings, as_json: bool) -> None:
    started = anyio.current_time()

    def now() -> float:
        return anyio.current_time() - started

    with ExitStack() as stack:
        screen = None if as_json else stack.enter_context(Terminal())
        emit = screen.take if screen else _put
        failed = on_loop(lambda sentence: emit(Failed(at=now(), error=sentence)))
        microphone = stack.enter_context(Microphone(settings.sound.microphone, notify=failed))
        started = anyio.current_time()
        player = _loudspeaker(settings, stack, failed)
        loading = stack.enter_context(Worker("recognizer"))
        models = catalog.load()
        recognizer = LateRecognizer(loading, lambda: app.recognizer(settings, models))
        ears = app.ears(settings, models, recognizer)
        send, events = anyio.create_memory_object_stream[Event](math.inf)
        async with anyio.create_task_group() as tasks:
            take = player.reference.take if isinstance(player, Speaker) else lambda: SILENCE
            begun = anyio.Event()
            hear = partial(
                _hear, microphone, ears, take, on_loop(send.send_nowait), on_loop(begun.set)
            )
            tasks.start_soon(partial(run_thread, hear, stop=microphone.close, name="ears"))
            if settings.listening.mode == "push" or sys.stdin.isatty():
                tasks.start_soon(_keys, ears)
            with anyio.move_on_after(NO_FRAME):
                await begun.wait()
                emit(Listening(at=now()))
            from voice_assistant.app.household import acquaint, household

            async with household(settings, emit=emit, now=now, player=player, ears=ears) as home:
                await acquaint(ears, home, player)
                await recognizer.ready()
                emit(Ready(at=now(), text=home.hello()))
                tasks.start_soon(home.rehearse)
                async with anyio.create_task_group() as idle:
                    idle.start_soon(_warm, home, ears)
                    idle.start_soon(home.study)
                    idle.start_soon(_watch, microphone, player, emit, now)
                    if screen and screen.is_live:
                        idle.start_soon(_count_down, screen, home)
                    await home.assistant.run(events)
                    idle.cancel_scope.cancel()


async def _warm(home: Household, ears: Ears) -> None:
    """Make ready what was misheard is compared with, and only then have it asked for: the ears
    would wait for it in the middle of a request."""
    await home.warm()
    ears.suggest = home.router.suggest


async def _count_down(screen: Terminal, home: Household) -> None:
    """Show how the timers run."""
    while True:
        screen.count(home.timers())
        await anyio.sleep(1)


def _put(event: Event) -> None:
    if not isinstance(event, Level):
        put({**event.as_json(), "at": round(event.at, 3)})


def _loudspeaker(
    settings: Settings, stack: ExitStack, failed: Callable[[str], None]
) -> Loudspeaker:
    """The loudspeaker; without one, what would be said is only shown."""
    try:
        speaker = stack.enter_context(Speaker(settings.sound.speaker, notify=failed))
    except DeviceError as error:
        failed(f"{error} I will only write my answers.")
        return MutePlayer()
    app.set_volumes(speaker, settings)
    return speaker


def _hear(
    microphone: Microphone,
    ears: Ears,
    played: Callable[[], Frame],
    send: Callable[[Event], None],
    begun: Callable[[], None],
) -> None:
    """The ear thread."""
    for number, frame in enumerate(microphone.frames()):
        if number == 0:
            begun()
        for event in ears.feed(frame, played()):
            send(event)


async def _watch(
    microphone: Microphone,
    player: Loudspeaker,
    emit: Callable[[Event], None],
    now: Callable[[], float],
) -> None:
    """Tell when the devices lost sound (xruns)."""
    told = (0, 0)
    while True:
        await anyio.sleep(GAPS_SECONDS)
        lost = microphone.overruns, player.underruns if isinstance(player, Speaker) else 0
        if lost != told:
            told = lost
            emit(Gaps(at=now(), microphone=lost[0], loudspeaker=lost[1]))


async def _keys(ears: Ears) -> None:
    """Push to talk: Enter opens the ears, a closed microphone too."""
    if os.name == "posix":
        # In the background of a shell a read would stop the whole program; so it fails instead.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    with suppress(OSError), Worker("keyboard") as keyboard:
        while await _line(keyboard):
            ears.deafen(False)
            ears.listen(AFTER_WAKE, woken=True)


async def _line(keyboard: Worker) -> bytes | str:
    """What was typed; empty at the end of the input. No thread waits for it where that can be: one
    in the middle of a read keeps a program from ending."""
    if os.name != "posix":
        return await keyboard.call(sys.stdin.readline)
    await anyio.wait_readable(sys.stdin)
    return os.read(sys.stdin.fileno(), 1024)
