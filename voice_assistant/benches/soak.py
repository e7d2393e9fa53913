"""`bench soak`: an hour of a household at the speed of the machine.

Every minute somebody asks for the time, others talk, something hums, and it is quiet. Nothing of
that may be lost, nothing may pile up, and listening must cost as much at the end as at the start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import process_time

import anyio
import numpy as np

from voice_assistant import app, catalog
from voice_assistant.app.household import acquaint, household
from voice_assistant.audio.frames import FRAME_SECONDS, RATE, Frame
from voice_assistant.audio.tape import TapePlayer
from voice_assistant.bench import Row
from voice_assistant.benches._speech import frames, in_room, person, row, said
from voice_assistant.commands.hear import Fast
from voice_assistant.events import Event, TurnEnded
from voice_assistant.settings import Listening, Llm, Settings

MINUTES = 60
SETTLED = 10
"""Minutes after which all caches are full."""

QUIET_SECONDS, ANSWER_SECONDS = 30.0, 10.0
QUIET_DB = 55.0


@dataclass
class Hour:
    """What an hour showed, by the minute."""

    passed: int = 0
    """Frames that were fed."""
    heard: float = 0.0
    """Seconds that the ears counted."""
    answered: int = 0
    peak: list[float] = field(default_factory=list)
    """Megabytes that the process took at most so far."""
    idle: list[float] = field(default_factory=list)
    """Percent of a core, in the quiet part."""


def run() -> Iterator[Row]:
    """An hour's rows, where a recogniser and a voice are installed."""
    if person() is not None and catalog.load().best("recognizer", "en") is not None:
        yield from rows(hour(MINUTES), SETTLED)


def rows(found: Hour, settled: int) -> Iterator[Row]:
    """The figures of some minutes; what came before `settled` of them is warming up."""
    minutes = len(found.peak)
    dropped = found.passed - round(found.heard / FRAME_SECONDS)
    yield Row(f"frames dropped in {minutes} minutes", dropped, f"of {found.passed}", goal="0")
    yield Row("requests answered in them", found.answered, f"of {minutes}", goal="all")
    grown = found.peak[-1] - found.peak[settled - 1]
    yield Row("memory more than after the first of them", grown, "MB", goal="<= 5")
    first, last = (sum(part) / settled for part in (found.idle[:settled], found.idle[-settled:]))
    yield Row(
        "idle listening, the last of them", last, "% of a core", first, last / first, "<= 1.1"
    )


def hour(minutes: int) -> Hour:
    """What happens in some minutes, in a process and a household of their own."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import live; live({minutes})"],
            stdout=subprocess.PIPE,
            check=True,
            env={**os.environ, "VOICE_ASSISTANT_HOME": home},
        )
    return Hour(**json.loads(done.stdout))


def live(minutes: int) -> None:
    """Live through some minutes and print what they showed."""
    found = Hour()
    anyio.run(_live, minutes, found)
    sys.stdout.write(json.dumps(asdict(found)))


async def _live(minutes: int, found: Hour) -> None:
    from resource import RUSAGE_SELF, getrusage

    settings = Settings(
        language="en", llm=Llm(enabled=False), listening=Listening(follow_up_seconds=0)
    )
    models, player = catalog.load(), TapePlayer()
    busy, quiet = _minute()

    def emit(event: Event) -> None:
        found.answered += isinstance(event, TurnEnded) and event.error is None

    with app.recognizer(settings, models) as recognizer:
        ears = app.ears(settings, models, recognizer)
        stage = Fast(ears, player)
        async with (
            household(settings, emit=emit, now=stage.now, player=player, ears=ears) as home,
            anyio.create_task_group() as tasks,
        ):
            await acquaint(ears, home, player)
            ears.suggest = home.router.suggest
            home.assistant.begin(tasks)
            for _ in range(minutes):
                await stage.play(busy, home.assistant)
                began = process_time()
                await stage.play(quiet, home.assistant)
                found.idle.append(100 * (process_time() - began) / QUIET_SECONDS)
                found.peak.append(getrusage(RUSAGE_SELF).ru_maxrss / 1e3)
                found.passed += len(busy) + len(quiet)
            found.heard = ears.now
            tasks.cancel_scope.cancel()


def _minute() -> tuple[list[Frame], list[Frame]]:
    """A request with its answer's time, talk and a hum; and the quiet after them."""
    voice = person()
    assert voice is not None
    hum = 0.05 * np.sin(2 * np.pi * 100 * np.arange(5 * RATE) / RATE).astype(np.float32)
    talk = said(voice, "The train was late again, so we walked home along the river.")
    asked = said(voice, "Hey Jarvis, what time is it?")
    busy = row(1.0, asked, ANSWER_SECONDS, talk, 2.0, hum, 2.0)
    room = in_room(row(busy, QUIET_SECONDS), QUIET_DB)
    whole = list(frames(room))
    first = len(busy) * len(whole) // len(room)
    return whole[:first], whole[first:]
