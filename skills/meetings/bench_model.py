"""The part of `bench meetings` that needs a language model: some minutes of two cores."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace

import anyio

from voice_assistant import catalog as catalogs
from voice_assistant.bench import Row
from voice_assistant.engines.child import ChildModel
from voice_assistant.model_mind import ModelMind
from voice_assistant.workers import Worker

from .bench import UNSEEN, Script, found_in, judged_unseen, scripts
from .reading import read

MODEL, THREADS = "qwen2.5-coder-1.5b", 2


def with_model() -> Iterator[Row]:
    """The same figures of the scripts that no weight was learned from, where that model is installed."""
    catalog = catalogs.load()
    if importlib.util.find_spec("llama_cpp") is None or not catalog.installed(MODEL):
        return
    options = {"path": catalog.path(MODEL), "threads": THREADS, "cache": None}
    for name in UNSEEN:
        with judged_unseen(name):
            with ChildModel(MODEL, "voice_assistant.engines.llama", options) as engine:
                cases = anyio.run(_read_all, engine, scripts(name))
            yield from found_in(cases, f"{name}, {MODEL}", ">= 85")


async def _read_all(engine: ChildModel, cases: list[Script]) -> list[Script]:
    """The scripts with what the model found in them."""
    with Worker("bench") as worker:
        mind = ModelMind(MODEL, lambda: engine, worker)
        await worker.call(lambda: None)  # behind the loading
        for case in cases:
            async with aclosing(read(case.meeting, mind)) as growing:
                async for findings in growing:
                    case.meeting = replace(case.meeting, findings=findings)
    return cases
