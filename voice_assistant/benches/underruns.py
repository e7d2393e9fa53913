"""Whether the loudspeaker ever has nothing to play while a language model writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import anyio
import numpy as np

from voice_assistant import catalog as catalogs
from voice_assistant.audio.frames import Clip
from voice_assistant.audio.speaker import BLOCK_SECONDS, Speaker
from voice_assistant.bench import Row
from voice_assistant.benches._soundserver import loudspeaker
from voice_assistant.engines import Message
from voice_assistant.engines.child import ChildModel
from voice_assistant.workers import Worker

SECONDS = 60.0
THREADS = 2
PROMPT = 400
"""Characters that are read before each reply: a second of work for a small model on two cores."""
LOUDNESS = 0.001
"""Of the noise that is played: enough to keep the device awake, too little to be heard."""


def run() -> Iterator[Row]:
    """The gaps of a minute with each installed model."""
    catalog = catalogs.load()
    models = [m for m in catalog.models.values() if m.kind == "llm" and catalog.installed(m.name)]
    with loudspeaker():
        for model in models:
            with Speaker() as speaker:
                gaps, tokens = gaps_while(speaker, catalog.path(model.name), SECONDS)
            blocks = round(SECONDS / BLOCK_SECONDS)
            name = f"{model.name}: gaps in {blocks} callbacks while {tokens} tokens were made"
            yield Row(name, gaps, "underruns", goal="0")


def gaps_while(speaker: Speaker, model: Path, seconds: float) -> tuple[int, int]:
    """Underruns, and tokens made meanwhile, in so many seconds of sound."""
    with (
        ChildModel("bench", "voice_assistant.engines.llama", {"path": model, "threads": THREADS})
        as engine,
        Worker("bench model") as worker,
    ):  # fmt: skip
        before, over = speaker.underruns, _Over()
        tokens = worker.submit(_write, engine, over)
        try:
            anyio.run(partial(speaker.play, _noise(speaker.rate, seconds)))
            gaps = speaker.underruns - before
        finally:
            over.now = True
        return gaps, tokens.result()


class _Over:
    """Whether enough was written. Read by the worker's thread."""

    now = False


def _write(engine: ChildModel, over: _Over) -> int:
    """Prompts are read and replies written without a rest; how many tokens were."""
    made, chat = 0, [Message(role="user", content="the hill, the house and the dog, " * 40)]
    while not over.now:
        chat[0] = Message(role="user", content=f"{made} {chat[0].content[-PROMPT:]}")
        made += sum(1 for _ in engine.generate(chat, limit=150, abort=lambda: over.now))
    return made


def _noise(rate: int, seconds: float) -> Clip:
    dice = np.random.default_rng(1)
    return Clip(dice.normal(0, LOUDNESS, round(rate * seconds)).astype(np.float32), rate)
