"""`hear`: sound files in place of the microphone, through the very same ears and assistant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Self

import anyio
from anyio.lowlevel import checkpoint

from voice_assistant import app, catalog
from voice_assistant.app.household import acquaint, household
from voice_assistant.assistant import Assistant
from voice_assistant.audio.files import read_frames, wav_writer
from voice_assistant.audio.frames import FRAME_SECONDS, Frame, Samples
from voice_assistant.audio.tape import TAPE_RATE, TapePlayer
from voice_assistant.commands.common import put, settings_of, tell, wav_name
from voice_assistant.ears import AFTER_WAKE, SILENCE, Ears
from voice_assistant.events import Event, Heard, Level, Woken
from voice_assistant.terminal import line_of
from voice_assistant.workers import Worker, on_loop

COMPUTING = 0.001
"""Seconds between two looks whether a turn has something to play."""


def hear(arguments: argparse.Namespace) -> None:
    """Answer each file; print what happens, one event a line."""
    anyio.run(_hear, arguments)


async def _hear(arguments: argparse.Namespace) -> None:
    settings, models = settings_of(arguments), catalog.load()
    reply_audio = None if arguments.reply_audio is None else wav_name(arguments.reply_audio)
    files = [list(read_frames(Path(file))) for file in arguments.files]
    with ExitStack() as stack:
        player = TapePlayer(sink=_recorder(reply_audio, stack))
        app.set_volumes(player, settings)
        recognizer = stack.enter_context(app.recognizer(settings, models))
        ears = app.ears(settings, models, recognizer)
        realtime = arguments.pace == "realtime"
        stage = Realtime(ears, player) if realtime else Fast(ears, player)
        stack.enter_context(stage)
        waits = settings.listening.mode == "wake" and not arguments.no_wake
        log = _Log(as_json="json" in arguments, waits=waits)
        async with (
            household(settings, emit=log.add, now=stage.now, player=player, ears=ears) as home,
            anyio.create_task_group() as tasks,
        ):
            await acquaint(ears, home, player)
            ears.suggest = home.router.suggest
            # As it is in a household that has been up for a minute: loading is no part of an answer.
            await home.warm()
            if realtime:
                await home.rehearse()
            home.assistant.begin(tasks)
            for file, frames in zip(arguments.files, files, strict=True):
                if arguments.no_wake:
                    ears.listen(AFTER_WAKE, woken=True)
                await stage.play(frames, home.assistant)
                await stage.finish(home.assistant)
                log.end(file)
            tasks.cancel_scope.cancel()


class _Log:
    """Prints what happens, one event a line; of a file in which nothing was asked, why."""

    def __init__(self, *, as_json: bool, waits: bool) -> None:
        """`waits`: nothing is listened to before the wake word."""
        self._as_json = as_json
        self._waits = waits
        self._woken = False
        self._asked = False

    def add(self, event: Event) -> None:
        """What just happened."""
        self._woken |= isinstance(event, Woken)
        self._asked |= isinstance(event, Heard) and bool(event.text)
        if isinstance(event, Level):
            return
        if self._as_json:
            put({**event.as_json(), "at": round(event.at, 3)})
        elif line := line_of(event):
            tell(line.plain)

    def end(self, file: str) -> None:
        """A file is through."""
        if not self._asked:
            why = "no words were heard"
            if self._waits and not self._woken:
                why = "the wake word was not heard (--no-wake listens without it)"
            sys.stderr.write(f"{file}: nothing was asked: {why}.\n")
        self._woken = self._asked = False


def _recorder(path: Path | None, stack: ExitStack) -> Callable[[Samples], None] | None:
    """What writes the loudspeaker's sound to a WAV file while it is made."""
    if path is None:
        return None
    write = stack.enter_context(wav_writer(path, TAPE_RATE))
    return lambda samples: write(samples.mean(axis=1))


class Fast:
    """As fast as the machine can. The clock counts the sound and the computing behind it, as if
    the frames had come in real time; while a turn computes, as much sound passes as would."""

    def __init__(self, ears: Ears, player: TapePlayer) -> None:
        self._ears = ears
        self._player = player
        self._sound = 0.0
        self._clock = 0.0
        self._began = perf_counter()

    def now(self) -> float:
        """Seconds, as a microphone would have counted them."""
        return self._clock + perf_counter() - self._began

    async def play(self, frames: Iterable[Frame], assistant: Assistant) -> None:
        """Let sound pass. The clock starts with the first of it: loading is no part of an answer."""
        if not self._sound:
            self._began = perf_counter()
        for frame in frames:
            await self._pass(frame, assistant)

    async def finish(self, assistant: Assistant) -> None:
        """Let silence pass until what was heard is answered."""
        while self._ears.hearing or assistant.busy:
            await self._pass(SILENCE, assistant)

    async def _pass(self, frame: Frame, assistant: Assistant) -> None:
        self._sound += FRAME_SECONDS
        self._clock, self._began = max(self.now(), self._sound), perf_counter()
        self._player.advance()
        for event in self._ears.feed(frame):
            assistant.notice(event)
        await checkpoint()
        # Polled: a skill may wait for anything, and nothing tells when it has begun to sound.
        while (  # noqa: ASYNC110
            assistant.computing
            and not self._player.sounding
            and self.now() < self._sound + FRAME_SECONDS
        ):
            await anyio.sleep(COMPUTING)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


class Realtime:
    """At the pace of a microphone, with the ears on a thread of their own."""

    def __init__(self, ears: Ears, player: TapePlayer) -> None:
        self._ears = ears
        self._player = player
        self._thread = Worker("ears")
        self._began = 0.0
        self._passed = 0
        self._taken = 0
        """Frames whose events the assistant knows: the ears fall behind while they decode."""
        self._hearing = False
        """Whether somebody was in the middle of an utterance in the last of them."""

    def now(self) -> float:
        """Seconds since the first frame."""
        return anyio.current_time() - self._began

    async def play(self, frames: Iterable[Frame], assistant: Assistant) -> None:
        """Let sound pass."""
        self._began = self._began or anyio.current_time()
        for frame in frames:
            await self._pass(frame, assistant)

    async def finish(self, assistant: Assistant) -> None:
        """Let silence pass until what was heard is answered."""
        played = self._passed
        while self._taken < played or self._hearing or assistant.busy:
            await self._pass(SILENCE, assistant)

    async def _pass(self, frame: Frame, assistant: Assistant) -> None:
        self._passed += 1
        await anyio.sleep_until(self._began + self._passed * FRAME_SECONDS)
        self._player.advance()
        notice, taken = on_loop(assistant.notice), on_loop(self._taken_up)
        self._thread.post(partial(self._listen, frame, notice, taken))

    def _listen(
        self, frame: Frame, notice: Callable[[Event], None], taken: Callable[[bool], None]
    ) -> None:
        for event in self._ears.feed(frame):
            notice(event)
        taken(self._ears.hearing)

    def _taken_up(self, hearing: bool) -> None:
        """A frame is through, and so is what was heard in it: this comes to the loop after that."""
        self._taken += 1
        self._hearing = hearing

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.close()
