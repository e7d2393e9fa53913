"""`voice-assistant models`: the catalogue as a table, and what can be done with it."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

from voice_assistant import downloads
from voice_assistant.catalog import Catalog, Model, fits, machine_memory
from voice_assistant.errors import ModelError


def list_models(catalog: Catalog, *, as_json: bool = False) -> None:
    """Print every model: one JSON object a line, or a table."""
    models = sorted(catalog.models.values(), key=lambda m: (m.kind, -m.quality))
    if as_json:
        for model in models:
            sys.stdout.write(json.dumps(_as_json(catalog, model), ensure_ascii=False) + "\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "model", "download", "memory", "licence"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what it is, languages")
    for kind, entries in itertools.groupby(models, key=lambda m: m.kind):
        table.add_row("", f"[bold]{kind}")
        for model in entries:
            table.add_row(
                "[green]●" if catalog.installed(model.name) else " " if fits(model) else "[red]!",
                model.name,
                _megabytes(model.size),
                _megabytes(model.memory * 1e6),
                model.license,
                f"{model.description} [dim]{_languages(model)}",
            )
    console = Console()
    console.print(table)
    console.print(
        "\n● installed, ! more memory than this machine should give. "
        f"This machine has {machine_memory() / 1000:.1f} GB of memory; models are in "
        f"{catalog.folder}.\nInstall one: voice-assistant models pull NAME",
        highlight=False,
    )


def pull(catalog: Catalog, names: Iterable[str]) -> None:
    """Install models, with a progress bar; those that are there and sound are left alone."""
    console = Console(stderr=True)
    for name in names:
        model = catalog.model(name)
        if catalog.installed(name) and not catalog.verify(name):
            console.print(f"{name} is installed.", highlight=False)
            continue
        if not fits(model):
            console.print(
                f"{name} needs about {model.memory} MB of memory: too much for this machine's "
                f"{machine_memory()} MB. It is fetched, but not chosen by itself.",
                highlight=False,
            )
        with _bar(console, model) as progress:
            downloads.pull(catalog, name, progress=progress, say=console.print)
        console.print(f"{name} is installed.", highlight=False)


def starters(catalog: Catalog) -> list[str]:
    """The models that `./start` fetches."""
    return [model.name for model in catalog.models.values() if model.starter]


def verify(catalog: Catalog, names: Iterable[str] = ()) -> None:
    """Check the files of the installed models; a ModelError names what is wrong and the cure."""
    console = Console(stderr=True)
    broken = []
    for name in list(names) or [n for n in catalog.models if catalog.begun(n)]:
        bad = catalog.verify(name)
        if bad:
            broken.append(name)
        console.print(f"{name}: {', '.join(bad) + ' is wrong' if bad else 'good'}", highlight=False)
    if broken:
        names = " ".join(broken)
        raise ModelError(f"Damaged: {names}. Type 'voice-assistant models pull {names}'.")


def remove(catalog: Catalog, name: str) -> None:
    """Delete a model."""
    freed = catalog.model(name).size
    catalog.remove(name)
    Console(stderr=True).print(f"{name} is deleted: {_megabytes(freed)} freed.", highlight=False)


@contextmanager
def _bar(console: Console, model: Model) -> Iterator[Callable[[int], None]]:
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(TextColumn("{task.description}"), *columns, console=console) as progress:
        task = progress.add_task(model.name, total=model.size)
        yield lambda done: progress.update(task, completed=done)


def _as_json(catalog: Catalog, model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "engine": model.engine,
        "languages": model.languages,
        "size": model.size,
        "memory_mb": model.memory,
        "license": model.license,
        "installed": catalog.installed(model.name),
        "fits": fits(model),
        "description": model.description,
    }


def _languages(model: Model) -> str:
    shown = ", ".join(model.languages[:3])
    more = len(model.languages) - 3
    return f"{shown} +{more}" if more > 0 else shown


def _megabytes(size: float) -> str:
    return f"{size / 1e6:.0f} MB" if size else "-"
