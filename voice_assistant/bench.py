"""Benchmarks: each goal of the project is a row, measured on this machine, ratios in one run.

A bench is a function `run() -> Iterator[Row]`: ours are the modules of `benches/`, a skill's is its
`bench.py`.
"""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voice_assistant import benches
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.plugins import found


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    """The same figure of what it is compared with, in the same run."""
    ratio: float | None = None
    goal: str = ""
    """What the figure should be, as the goal states it: "<= 0.4"."""


Bench = Callable[[], Iterator[Row]]


def names() -> dict[str, str]:
    """Every bench and the module that holds it."""
    modules = (m.name for m in pkgutil.iter_modules(benches.__path__))
    ours = {m: f"{benches.__name__}.{m}" for m in modules if not m.startswith("_")}
    packages = {name: module.rpartition(".")[0] for name, module in found().items()}
    theirs = {
        name: f"{package}.bench"
        for name, package in packages.items()
        if importlib.util.find_spec(f"{package}.bench")
    }
    return ours | theirs


def bench(name: str) -> Bench:
    """The bench called `name`; an error lists what there is."""
    known = names()
    if name not in known:
        raise VoiceAssistantError(f"There is no bench '{name}'. There are: {', '.join(known)}.")
    run: Bench = importlib.import_module(known[name]).run
    return run
